-- What givers are told back: that a pool they gave to can pay another income, and what they gave in a year. An annual overview
-- is a snapshot: made once, of a year that is over, and never changed by what is set or learnt later.
create schema giving;
grant usage on schema giving to meent_app, meent_personal;

-- How many incomes a pool could pay in all, those that began included, each time that became more. The first row of a pool is
-- where counting began.
create table giving.goals (
  organisation_id int not null,
  pool_id uuid not null,
  number int not null check (number >= 0),
  reached_at timestamptz not null,
  told_until uuid, -- donations up to this one have been gone through
  told_at timestamptz, -- all have
  primary key (organisation_id, pool_id, number),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id)
);
create index goals_to_tell on giving.goals (organisation_id, reached_at) where told_at is null;
grant select, insert on giving.goals to meent_app;
grant update (told_until, told_at) on giving.goals to meent_app;

create function giving.guard_goal() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if exists (select from giving.goals g where g.organisation_id = new.organisation_id and g.pool_id = new.pool_id
                  and g.number >= new.number) then
      raise exception 'a goal is reached once, and the next one is further' using errcode = 'MT001';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' or old.told_at is not null or new.told_until < old.told_until
     or (new.organisation_id, new.pool_id, new.number, new.reached_at)
        is distinct from (old.organisation_id, old.pool_id, old.number, old.reached_at) then
    raise exception 'a goal that was reached stays so, and is told once' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_goal before insert or update or delete on giving.goals
  for each row execute function giving.guard_goal();

create table giving.overviews (
  organisation_id int not null,
  donor_id uuid not null,
  year int not null check (year between 2014 and 9999),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  made_at timestamptz not null,
  primary key (organisation_id, donor_id, year),
  foreign key (organisation_id, donor_id) references donors.donors (organisation_id, id)
);
grant select, insert on giving.overviews to meent_personal;
call platform.make_append_only('giving.overviews');

-- The clock of the installation says which year is over in Amsterdam, not whoever writes.
create function giving.guard_overview() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_now timestamptz := now() + coalesce((select clock_offset_ms from platform.installation), 0) * interval '1 millisecond';
begin
  if new.year >= extract(year from v_now at time zone 'Europe/Amsterdam') then
    raise exception 'an overview is of a year that is over' using errcode = 'MT001';
  end if;
  if (new.content->>'year')::int is distinct from new.year then
    raise exception 'an overview is of the year that it says' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_overview before insert on giving.overviews for each row execute function giving.guard_overview();
