-- Keeping donors: who follows which pool or gets the newsletter, and the news that is written for them.
create schema retention;
grant usage on schema retention to meent_app;

create table retention.follows (
  organisation_id int not null,
  donor_id uuid not null,
  pool_id uuid, -- null: the organisation's newsletter
  since timestamptz not null,
  unique nulls not distinct (organisation_id, donor_id, pool_id),
  foreign key (organisation_id, donor_id) references donors.donors (organisation_id, id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id)
);
create index follows_of_pool on retention.follows (organisation_id, pool_id, donor_id);
grant select, insert, delete on retention.follows to meent_app;

-- Whoever was erased follows nothing, and begins to follow nothing.
create function retention.guard_follow() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from donors.donors d where d.organisation_id = new.organisation_id and d.id = new.donor_id and d.erased_at is null
    for share;
  if not found then
    raise exception 'a donor who was erased follows nothing' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_follow before insert on retention.follows for each row execute function retention.guard_follow();
create function retention.forget_follows() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from retention.follows f where f.organisation_id = new.organisation_id and f.donor_id = new.id;
  return null;
end
$$;
create trigger forget_follows after update of erased_at on donors.donors
  for each row when (old.erased_at is null and new.erased_at is not null) execute function retention.forget_follows();

create table retention.news (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  pool_id uuid, -- null: the newsletter
  locale text not null check (locale in ('nl', 'en')),
  title text not null check (length(title) between 3 and 100 and title !~ '[[:cntrl:]<>]'),
  words text not null check (length(words) between 10 and 4000 and words !~ '[<>]'), -- paragraphs, divided by an empty line
  written_by uuid not null,
  published_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  foreign key (organisation_id, written_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, removed_by) references auth.persons (organisation_id, id),
  constraint removed_by_somebody check ((removed_by is null) = (removed_at is null))
);
create index news_latest on retention.news (organisation_id, published_at desc, id desc) where removed_at is null;
grant select, insert on retention.news to meent_app;
grant update (removed_by, removed_at) on retention.news to meent_app;

-- Everybody who followed when it was published was told.
create table retention.told (
  organisation_id int not null references organisations.organisations,
  about text not null check (length(about) between 1 and 100),
  told_at timestamptz not null,
  primary key (organisation_id, about)
);
grant select, insert on retention.told to meent_app;

create function retention.guard_news() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'news is taken down, not removed' using errcode = 'MT001';
  end if;
  if tg_op = 'UPDATE' then
    if (new.organisation_id, new.id, new.pool_id, new.locale, new.title, new.words, new.written_by, new.published_at) is distinct from
       (old.organisation_id, old.id, old.pool_id, old.locale, old.title, old.words, old.written_by, old.published_at)
       or old.removed_at is not null then
      raise exception 'news stays as it was mailed, and is taken down once' using errcode = 'MT001';
    end if;
  elsif new.removed_at is not null then
    raise exception 'news begins as published' using errcode = 'MT001';
  end if;
  if not coalesce(auth.holds(new.organisation_id, coalesce(new.removed_by, new.written_by),
                             array['operator'], new.pool_id), false) then
    raise exception 'news is written and taken down by an operator of its pool' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_news before insert or update or delete on retention.news
  for each row execute function retention.guard_news();
