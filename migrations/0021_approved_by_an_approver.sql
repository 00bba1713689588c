-- Who approves, proposes, sends and founds is asked of the database too: a month is paid only when an approver of its pool
-- approved it, and roles that approve are founded by whoever migrates, never by the service's own login.

-- Does this person hold one of these roles today, for the whole organisation or for this pool? Whoever was disabled holds none.
create function auth.holds(p_organisation int, p_person uuid, p_roles text[], p_pool uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from auth.grants g, platform.installation i
     where g.organisation_id = p_organisation and g.person_id = p_person and g.role = any (p_roles)
       and (g.pool_id is null or g.pool_id = p_pool)
       and g.ended_at is null and (g.last_day is null or g.last_day
           >= ((now() + i.clock_offset_ms * interval '1 millisecond') at time zone 'Europe/Amsterdam')::date))
$$;
create or replace function changes.holds(p_organisation int, p_person uuid, p_roles text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select auth.holds(p_organisation, p_person, p_roles, null)
$$;

-- Who decided about money is somebody.
alter table disbursements.cycles
  add foreign key (organisation_id, proposed_by) references auth.persons (organisation_id, id),
  add foreign key (organisation_id, approved_by) references auth.persons (organisation_id, id);
alter table disbursements.batches
  add foreign key (organisation_id, made_by) references auth.persons (organisation_id, id),
  add foreign key (organisation_id, handed_over_by) references auth.persons (organisation_id, id);
alter table enrolments.enrolments
  add foreign key (organisation_id, enrolled_by) references auth.persons (organisation_id, id);

-- Is somebody paid for the first time in this cycle whom this person enrolled, or had enrolled by somebody they alone made
-- an operator? Nobody else looked at that recipient yet.
create function disbursements.enrolled_a_newcomer(p_organisation int, p_cycle uuid, p_person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  -- First who enrolled them, of however many newcomers: then few are asked about.
  with enrolling as materialized (
    select distinct e.enrolled_by
      from disbursements.payouts p
      join enrolments.enrolments e on e.organisation_id = p.organisation_id and e.id = p.enrolment_id
     where p.organisation_id = p_organisation and p.cycle_id = p_cycle
       and not exists (
         select from disbursements.payouts earlier
           join disbursements.cycles c on c.organisation_id = earlier.organisation_id and c.id = earlier.cycle_id
          where earlier.organisation_id = p.organisation_id and earlier.enrolment_id = p.enrolment_id
            and earlier.cycle_id <> p_cycle and c.approved_at is not null))
  select exists (
    select from enrolling
     where enrolled_by = p_person or auth.given_alone(p_organisation, enrolled_by, p_person, array['operator']))
$$;
grant execute on function disbursements.enrolled_a_newcomer to meent_app;

create or replace function disbursements.guard_independence() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not auth.holds(new.organisation_id, new.approved_by, array['approver'], new.pool_id) then
    raise exception 'a cycle is approved by an approver of its pool' using errcode = 'MT001';
  end if;
  if auth.given_alone(new.organisation_id, new.proposed_by, new.approved_by, array['operator', 'approver']) then
    raise exception 'whoever gave the proposing role alone does not approve' using errcode = 'MT001';
  end if;
  if disbursements.enrolled_a_newcomer(new.organisation_id, new.id, new.approved_by) then
    raise exception 'whoever enrolled somebody does not approve their first payment' using errcode = 'MT001';
  end if;
  return new;
end
$$;

create function disbursements.guard_proposer() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not auth.holds(new.organisation_id, new.proposed_by, array['operator', 'approver'], new.pool_id) then
    raise exception 'a cycle is proposed by an operator or approver of its pool' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_proposer before update of proposed_by on disbursements.cycles
  for each row when (old.proposed_by is null and new.proposed_by is not null)
  execute function disbursements.guard_proposer();

-- No file without an approved cycle, and nobody makes or hands over one who may not.
create function disbursements.guard_sender() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_cycle disbursements.cycles;
begin
  select * into v_cycle from disbursements.cycles c where c.organisation_id = new.organisation_id and c.id = new.cycle_id;
  if v_cycle.approved_at is null then
    raise exception 'a payment file is made of an approved cycle' using errcode = 'MT001';
  end if;
  if not auth.holds(new.organisation_id, case tg_op when 'INSERT' then new.made_by else new.handed_over_by end,
                    array['operator', 'treasurer'], v_cycle.pool_id) then
    raise exception 'a payment file is made and handed over by an operator or treasurer of its pool' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_sender before insert or update of handed_over_by on disbursements.batches
  for each row execute function disbursements.guard_sender();

create function disbursements.guard_attempt_birth() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
       select from disbursements.batches b
         join disbursements.payouts p on p.organisation_id = b.organisation_id and p.cycle_id = b.cycle_id
        where b.organisation_id = new.organisation_id and b.id = new.batch_id
          and p.id = new.payout_id) then
    raise exception 'an attempt pays a payout of its own cycle' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_attempt_birth before insert on disbursements.attempts
  for each row execute function disbursements.guard_attempt_birth();

-- An account that we know keeps its holder: going back to it under another name would show approvers what is not done.
create function changes.guard_known_account() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from organisations.bank_accounts a where a.organisation_id = new.organisation_id
                and a.iban = new.content->'to'->>'iban' and a.holder is distinct from new.content->'to'->>'holder') then
    raise exception 'this account is known under another name' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_known_account before insert or update of decision on changes.changes
  for each row when (new.kind = 'own-iban' and coalesce(new.decision, 'approved') = 'approved')
  execute function changes.guard_known_account();

-- Founding asks the login itself, which no `set role` changes: whoever owns the tables, as migrating does. The service's login
-- could otherwise end the roles that approve and found its own. A demonstration plays its own.
create function auth.founds() returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select pg_has_role(session_user, c.relowner, 'member') from pg_class c where c.oid = 'auth.grants'::regclass
$$;
grant execute on function auth.founds to meent_app;

create or replace function auth.guard_approving_role() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_holders int;
begin
  if new.role not in ('approver', 'administrator') then
    return new;
  end if;
  if new.change_id is not null then
    if not changes.approved_now(new.organisation_id, new.change_id, 'approving-role', new.person_id::text,
         jsonb_build_object('personId', new.person_id, 'role', new.role, 'poolId', new.pool_id, 'lastDay', new.last_day,
                            'standInFor', new.stand_in_for))
       or not exists (select from changes.changes c where c.organisation_id = new.organisation_id and c.id = new.change_id
                         and c.proposed_by is not distinct from new.granted_by) then
      raise exception 'a role that approves needs an approved change that says exactly that' using errcode = 'MT001';
    end if;
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('founding roles', new.organisation_id));
  select count(distinct g.person_id) into v_holders from auth.grants g
   where g.organisation_id = new.organisation_id
     and changes.holds(new.organisation_id, g.person_id, array['approver', 'administrator']);
  if new.granted_by is not null
     or ((v_holders >= 2 or not auth.founds()) and (select mode from platform.installation) is distinct from 'demonstration') then
    raise exception 'a role that approves is given by two people' using errcode = 'MT001';
  end if;
  return new;
end
$$;
