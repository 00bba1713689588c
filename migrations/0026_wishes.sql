-- "What would you do with a basic income?": written without an account, shown when staff has looked, taken away by whoever
-- wrote it. Words are personal data: only `meent_personal` reads them, and what is taken away is erased, not marked.
create schema wishes;
grant usage on schema wishes to meent_app, meent_personal;

create table wishes.wishes (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  pool_id uuid, -- the pool that it leads to; null: any
  locale text not null check (locale in ('nl', 'en')),
  -- One paragraph without markup or links; the rest of what is refused is the application's, and staff's.
  text text check (length(text) between 10 and 280 and text !~ '[[:cntrl:]<>]' and text !~* '(https?:|www\.)'),
  nickname text check (length(nickname) between 1 and 40 and nickname !~ '[[:cntrl:]<>]'),
  withdrawal_token_sha256 bytea not null check (length(withdrawal_token_sha256) = 32),
  state text not null default 'waiting' check (state in ('waiting', 'shown', 'hidden', 'refused', 'taken-away')),
  because text check (because in ('personal-data', 'hurtful', 'advertising', 'not-a-wish', 'reported')),
  agreements int not null default 0 check (agreements >= 0), -- counted by a trigger alone
  written_at timestamptz not null,
  look_by date, -- the last day on which staff is in time; null: nothing waits for staff
  decided_by uuid,
  decided_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, withdrawal_token_sha256),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  foreign key (organisation_id, decided_by) references auth.persons (organisation_id, id),
  constraint decided_by_somebody check ((decided_by is null) = (decided_at is null)),
  constraint shown_after_a_look check (state not in ('shown', 'refused') or decided_by is not null),
  constraint waits_for_staff check ((state <> 'waiting' or look_by is not null)
    and (state not in ('refused', 'taken-away') or look_by is null)),
  constraint says_why check ((state in ('refused', 'hidden')) = (because is not null)),
  constraint reports_hide_and_do_not_refuse check (because <> 'reported' or state = 'hidden'),
  constraint words_until_taken_away check ((text is not null or state in ('refused', 'taken-away'))
    and (state <> 'taken-away' or text is null) and (text is not null or nickname is null))
);
create index wishes_shown on wishes.wishes (organisation_id, id) where state = 'shown';
create index wishes_most_agreed on wishes.wishes (organisation_id, agreements, id) where state = 'shown';
create index wishes_of_pool on wishes.wishes (organisation_id, pool_id, id) where state = 'shown';
create index wishes_for_staff on wishes.wishes (organisation_id, look_by, id) where look_by is not null;
create index wishes_hidden on wishes.wishes (organisation_id, id) where state = 'hidden';
grant insert on wishes.wishes to meent_app;
grant select (organisation_id, id, pool_id, locale, withdrawal_token_sha256, state, because, agreements, written_at, look_by,
              decided_by, decided_at) on wishes.wishes to meent_app;
grant update (state, because, look_by, decided_by, decided_at) on wishes.wishes to meent_app;
grant select (organisation_id, id, text, nickname) on wishes.wishes to meent_personal;

-- "Me too", once a place: a keyed hash of network and wish, different for each wish, kept for a while only.
create table wishes.agreements (
  organisation_id int not null,
  wish_id uuid not null,
  place bytea not null check (length(place) = 32),
  agreed_at timestamptz not null,
  primary key (organisation_id, wish_id, place),
  foreign key (organisation_id, wish_id) references wishes.wishes (organisation_id, id)
);
create index agreements_by_age on wishes.agreements (organisation_id, agreed_at);
grant select, insert on wishes.agreements to meent_app;

create table wishes.reports (
  organisation_id int not null,
  wish_id uuid not null,
  place bytea not null check (length(place) = 32),
  reason text not null check (reason in ('personal-data', 'hurtful', 'advertising', 'not-a-wish')),
  words text check (length(words) between 1 and 280),
  reported_at timestamptz not null,
  looked_at timestamptz check (looked_at >= reported_at),
  primary key (organisation_id, wish_id, place),
  foreign key (organisation_id, wish_id) references wishes.wishes (organisation_id, id)
);
create index reports_open on wishes.reports (organisation_id, wish_id) where looked_at is null;
create index reports_by_age on wishes.reports (organisation_id, looked_at) where looked_at is not null;
grant insert on wishes.reports to meent_app;
grant select (organisation_id, wish_id, place, reason, reported_at, looked_at) on wishes.reports to meent_app;
grant update (looked_at) on wishes.reports to meent_app;
grant select (organisation_id, wish_id, reported_at, looked_at, words) on wishes.reports to meent_personal;

-- A wish begins as waiting, goes along its life cycle, and is erased by being taken away. Words never become other words.
create function wishes.guard_wish() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a wish is taken away, not removed' using errcode = 'MT001';
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' or new.agreements <> 0 then
      raise exception 'a wish begins as waiting, with nobody who agrees' using errcode = 'MT001';
    end if;
    return new;
  end if;
  if (new.organisation_id, new.id, new.pool_id, new.locale, new.withdrawal_token_sha256, new.written_at) is distinct from
     (old.organisation_id, old.id, old.pool_id, old.locale, old.withdrawal_token_sha256, old.written_at) then
    raise exception 'a wish stays whose and what it is' using errcode = 'MT001';
  end if;
  if (new.text is not null and new.text is distinct from old.text)
     or (new.nickname is not null and new.nickname is distinct from old.nickname) then
    raise exception 'the words of a wish are erased or stay as they are' using errcode = 'MT001';
  end if;
  if new.agreements < old.agreements then
    raise exception 'who agreed is not taken back' using errcode = 'MT001';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
       ('waiting', 'shown'), ('waiting', 'refused'), ('shown', 'hidden'), ('hidden', 'shown'), ('hidden', 'refused'),
       ('waiting', 'taken-away'), ('shown', 'taken-away'), ('hidden', 'taken-away'), ('refused', 'taken-away')) then
    raise exception 'a wish does not go from % to %', old.state, new.state using errcode = 'MT001';
  end if;
  if (new.state <> old.state and (new.state in ('shown', 'refused') or (new.state = 'hidden' and new.because <> 'reported'))
      or new.decided_by is distinct from old.decided_by)
     and not coalesce(auth.holds(new.organisation_id, new.decided_by, array['operator', 'administrator'], null), false) then
    raise exception 'a wish is judged by an operator or administrator' using errcode = 'MT001';
  end if;
  if new.state = 'taken-away' then
    new.text := null;
    new.nickname := null;
    new.because := null;
    new.look_by := null;
  end if;
  return new;
end
$$;
create trigger guard_wish before insert or update or delete on wishes.wishes
  for each row execute function wishes.guard_wish();

create function wishes.erase_reactions() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from wishes.agreements a where a.organisation_id = new.organisation_id and a.wish_id = new.id;
  delete from wishes.reports r where r.organisation_id = new.organisation_id and r.wish_id = new.id;
  return null;
end
$$;
create trigger erase_reactions after update of state on wishes.wishes
  for each row when (new.state = 'taken-away' and old.state <> 'taken-away') execute function wishes.erase_reactions();

-- Locks the wish first: whoever reacts while it is being taken away is refused, and leaves nothing.
create function wishes.guard_reaction() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from wishes.wishes w
    where w.organisation_id = new.organisation_id and w.id = new.wish_id and w.state = 'shown' for no key update;
  if not found then
    raise exception 'only to a wish that is shown' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_reaction before insert on wishes.agreements for each row execute function wishes.guard_reaction();
create trigger guard_reaction before insert on wishes.reports for each row execute function wishes.guard_reaction();

create function wishes.count_agreement() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update wishes.wishes w set agreements = agreements + 1 where w.organisation_id = new.organisation_id and w.id = new.wish_id;
  return null;
end
$$;
create trigger count_agreement after insert on wishes.agreements for each row execute function wishes.count_agreement();

-- Places are forgotten after ninety days, reports as long after staff looked, words of a refused wish after thirty. Nothing else
-- is removed, and nothing earlier. Answers how many.
create function wishes.forget(p_organisation int) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_now timestamptz := now() + coalesce((select clock_offset_ms from platform.installation), 0) * interval '1 millisecond';
  v_some bigint;
  v_all bigint := 0;
begin
  delete from wishes.agreements where organisation_id = p_organisation and agreed_at < v_now - interval '90 days';
  get diagnostics v_some = row_count;
  v_all := v_all + v_some;
  delete from wishes.reports where organisation_id = p_organisation and looked_at < v_now - interval '90 days';
  get diagnostics v_some = row_count;
  v_all := v_all + v_some;
  update wishes.wishes set text = null, nickname = null
   where organisation_id = p_organisation and state = 'refused' and text is not null
     and decided_at < v_now - interval '30 days';
  get diagnostics v_some = row_count;
  return v_all + v_some;
end
$$;
revoke all on function wishes.forget from public;
grant execute on function wishes.forget to meent_app;
