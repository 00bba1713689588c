-- A thank-you from the recipient who wants to: written to the donors of their pool, shown when staff has looked, taken away
-- whenever its writer likes. Words are personal data: only `meent_personal` reads them, and it cannot see who wrote them.
create schema thanks;
grant usage on schema thanks to meent_app, meent_personal;

create table thanks.thanks (
  organisation_id int not null references organisations.organisations,
  id uuid not null, -- random: it is shown, and must not say when it was made
  enrolment_id uuid not null,
  pool_id uuid not null, -- of the enrolment
  locale text not null check (locale in ('nl', 'en')),
  -- One paragraph without markup or links; the rest of what is refused is the application's, and staff's.
  text text check (length(text) between 10 and 500 and text !~ '[[:cntrl:]<>]' and text !~* '(https?:|www\.)'),
  nickname text check (length(nickname) between 1 and 40 and nickname !~ '[[:cntrl:]<>]'),
  state text not null default 'waiting' check (state in ('waiting', 'shown', 'refused', 'taken-away')),
  because text check (because in ('personal-data', 'hurtful', 'advertising', 'not-a-thank-you')),
  written_at timestamptz not null,
  month date not null generated always as (date_trunc('month', written_at at time zone 'Europe/Amsterdam')::date) stored,
  helped_by uuid, -- whoever wrote it for a recipient who cannot sign in
  look_by date, -- the last day on which staff is in time; null: nothing waits for staff
  decided_by uuid,
  decided_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, enrolment_id) references enrolments.enrolments (organisation_id, id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  foreign key (organisation_id, helped_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, decided_by) references auth.persons (organisation_id, id),
  constraint one_a_month unique (organisation_id, enrolment_id, month),
  constraint decided_by_somebody check ((decided_by is null) = (decided_at is null)),
  constraint shown_after_a_look check (state not in ('shown', 'refused') or decided_by is not null),
  constraint other_eyes check (helped_by <> decided_by),
  constraint waits_for_staff check ((state = 'waiting') = (look_by is not null)),
  constraint says_why check ((state = 'refused') = (because is not null)),
  constraint words_until_taken_away check ((text is not null or state in ('refused', 'taken-away'))
    and (state <> 'taken-away' or text is null) and (text is not null or nickname is null))
);
create unique index one_that_waits on thanks.thanks (organisation_id, enrolment_id) where state = 'waiting';
create index thanks_shown on thanks.thanks (organisation_id, pool_id, decided_at, id) where state = 'shown';
create index thanks_for_staff on thanks.thanks (organisation_id, look_by, id) where state = 'waiting';
grant insert on thanks.thanks to meent_app;
grant select (organisation_id, id, enrolment_id, pool_id, locale, state, because, written_at, month, helped_by, look_by,
              decided_by, decided_at) on thanks.thanks to meent_app;
grant update (state, because, look_by, decided_by, decided_at) on thanks.thanks to meent_app;
grant select (organisation_id, id, text, nickname) on thanks.thanks to meent_personal;

-- It begins as waiting, goes along its life cycle, and is erased by being taken away. Words never become other words.
create function thanks.guard_thanks() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a thank-you is taken away, not removed' using errcode = 'MT001';
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' or new.decided_by is not null then
      raise exception 'a thank-you begins as waiting' using errcode = 'MT001';
    end if;
    perform from enrolments.enrolments e
      where e.organisation_id = new.organisation_id and e.id = new.enrolment_id and e.pool_id = new.pool_id;
    if not found then
      raise exception 'a thank-you is to the donors of one''s own pool' using errcode = 'MT001';
    end if;
    return new;
  end if;
  if (new.organisation_id, new.id, new.enrolment_id, new.pool_id, new.locale, new.written_at, new.helped_by) is distinct from
     (old.organisation_id, old.id, old.enrolment_id, old.pool_id, old.locale, old.written_at, old.helped_by) then
    raise exception 'a thank-you stays whose and what it is' using errcode = 'MT001';
  end if;
  if (new.text is not null and new.text is distinct from old.text)
     or (new.nickname is not null and new.nickname is distinct from old.nickname) then
    raise exception 'the words of a thank-you are erased or stay as they are' using errcode = 'MT001';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
       ('waiting', 'shown'), ('waiting', 'refused'), ('shown', 'refused'),
       ('waiting', 'taken-away'), ('shown', 'taken-away'), ('refused', 'taken-away')) then
    raise exception 'a thank-you does not go from % to %', old.state, new.state using errcode = 'MT001';
  end if;
  if (new.decided_by, new.decided_at) is distinct from (old.decided_by, old.decided_at)
     and (new.state = old.state or new.state = 'taken-away') then
    raise exception 'who decided stays who decided' using errcode = 'MT001';
  end if;
  if new.state <> old.state and new.state in ('shown', 'refused')
     and not coalesce(auth.holds(new.organisation_id, new.decided_by, array['operator', 'administrator'], null), false) then
    raise exception 'a thank-you is judged by an operator or administrator' using errcode = 'MT001';
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
create trigger guard_thanks before insert or update or delete on thanks.thanks
  for each row execute function thanks.guard_thanks();

-- Words of what was refused are forgotten after thirty days: by then its writer has read why. Answers how many.
create function thanks.forget(p_organisation int) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_now timestamptz := now() + coalesce((select clock_offset_ms from platform.installation), 0) * interval '1 millisecond';
  v_some bigint;
begin
  update thanks.thanks set text = null, nickname = null
   where organisation_id = p_organisation and state = 'refused' and text is not null
     and decided_at < v_now - interval '30 days';
  get diagnostics v_some = row_count;
  return v_some;
end
$$;
revoke all on function thanks.forget from public;
grant execute on function thanks.forget to meent_app;
