-- Whose creature somebody is, is asked of the moment at which they did what is approved, and of the roles with which they could:
-- a role for another pool, one that had ended and one that came later say nothing. And what came back is paid again only
-- when an approver agreed who did not bring in the statement that says that it came back.

-- In real time, beside the installation's clock: roles are given and ended in real time. Rows of before have none.
alter table changes.changes add column recorded_at timestamptz;
alter table changes.changes alter column recorded_at set default clock_timestamp();
alter table disbursements.cycles add column proposal_recorded_at timestamptz;
alter table enrolments.enrolments add column recorded_at timestamptz;
alter table enrolments.enrolments alter column recorded_at set default clock_timestamp();
alter table reconciliation.statements add column recorded_at timestamptz;
alter table reconciliation.statements alter column recorded_at set default clock_timestamp();
-- A program that brings a statement in does it for whoever made its key.
alter table reconciliation.statements
  add column imported_by_key uuid,
  add foreign key (organisation_id, imported_by) references auth.persons (organisation_id, id),
  add foreign key (organisation_id, imported_by_key) references auth.keys (organisation_id, id),
  add constraint imported_by_one check (imported_by is null or imported_by_key is null);

-- Was every role with which they could do this, for this pool (null: the organisation), at that moment and on that day, given
-- by this one person alone?
create function auth.given_alone(
  p_organisation int, p_maker uuid, p_giver uuid, p_roles text[], p_pool uuid, p_at timestamptz, p_day date
) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(bool_and(g.granted_by is not distinct from p_giver and g.change_id is null), false)
    from auth.grants g
   where g.organisation_id = p_organisation and g.person_id = p_maker and g.role = any (p_roles)
     and (g.pool_id is null or g.pool_id = p_pool)
     and g.granted_at <= p_at and (g.ended_at is null or g.ended_at > p_at)
     and (g.last_day is null or g.last_day >= p_day)
$$;
create function auth.day_of(p_at timestamptz) returns date
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (p_at at time zone 'Europe/Amsterdam')::date
$$;

create function changes.proposer_given_alone(p_organisation int, p_change uuid, p_person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select auth.given_alone(p_organisation, c.proposed_by, p_person, changes.proposers(c.kind), null,
                            coalesce(c.recorded_at, c.proposed_at), auth.day_of(c.proposed_at))
      from changes.changes c where c.organisation_id = p_organisation and c.id = p_change), false)
$$;
create function disbursements.proposer_given_alone(p_organisation int, p_cycle uuid, p_person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select auth.given_alone(p_organisation, c.proposed_by, p_person, array['operator', 'approver'], c.pool_id,
                            coalesce(c.proposal_recorded_at, c.proposed_at), auth.day_of(c.proposed_at))
      from disbursements.cycles c where c.organisation_id = p_organisation and c.id = p_cycle), false)
$$;

create or replace function changes.guard_independence() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.decision not in ('approved', 'alone') then
    return new;
  end if;
  if not changes.holds(new.organisation_id, new.proposed_by, changes.proposers(new.kind)) then
    raise exception 'whoever proposed this may not, or no longer' using errcode = 'MT001';
  end if;
  if new.decision = 'approved' and changes.proposer_given_alone(new.organisation_id, new.id, new.decided_by) then
    raise exception 'whoever gave the proposing role alone does not approve' using errcode = 'MT001';
  end if;
  if new.decision = 'approved' and new.kind in ('own-iban', 'provider-keys')
     and not changes.holds(new.organisation_id, new.decided_by, array['approver']) then
    raise exception 'where money goes is approved by an approver' using errcode = 'MT001';
  end if;
  return new;
end
$$;

create or replace function disbursements.enrolled_a_newcomer(p_organisation int, p_cycle uuid, p_person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  -- First who enrolled them, with which role, of however many newcomers: then few are asked about.
  with enrolling as materialized (
    select e.enrolled_by, e.pool_id, auth.day_of(e.enrolled_at) as day, max(coalesce(e.recorded_at, e.enrolled_at)) as at
      from disbursements.payouts p
      join enrolments.enrolments e on e.organisation_id = p.organisation_id and e.id = p.enrolment_id
     where p.organisation_id = p_organisation and p.cycle_id = p_cycle
       and not exists (
         select from disbursements.payouts earlier
           join disbursements.cycles c on c.organisation_id = earlier.organisation_id and c.id = earlier.cycle_id
          where earlier.organisation_id = p.organisation_id and earlier.enrolment_id = p.enrolment_id
            and earlier.cycle_id <> p_cycle and c.approved_at is not null)
     group by 1, 2, 3)
  select exists (
    select from enrolling
     where enrolled_by = p_person
        or auth.given_alone(p_organisation, enrolled_by, p_person, array['operator'], pool_id, at, day))
$$;

create or replace function disbursements.guard_independence() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not auth.holds(new.organisation_id, new.approved_by, array['approver'], new.pool_id) then
    raise exception 'a cycle is approved by an approver of its pool' using errcode = 'MT001';
  end if;
  if disbursements.proposer_given_alone(new.organisation_id, new.id, new.approved_by) then
    raise exception 'whoever gave the proposing role alone does not approve' using errcode = 'MT001';
  end if;
  if disbursements.enrolled_a_newcomer(new.organisation_id, new.id, new.approved_by) then
    raise exception 'whoever enrolled somebody does not approve their first payment' using errcode = 'MT001';
  end if;
  return new;
end
$$;
drop function auth.given_alone(int, uuid, uuid, text[]);
grant execute on function auth.given_alone(int, uuid, uuid, text[], uuid, timestamptz, date), auth.day_of to meent_app;
grant execute on function changes.proposer_given_alone, disbursements.proposer_given_alone to meent_app;

create or replace function disbursements.guard_proposer() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not auth.holds(new.organisation_id, new.proposed_by, array['operator', 'approver'], new.pool_id) then
    raise exception 'a cycle is proposed by an operator or approver of its pool' using errcode = 'MT001';
  end if;
  new.proposal_recorded_at := clock_timestamp();
  return new;
end
$$;

-- Paying again what came back: agreed to by an approver, for each attempt once.
create table disbursements.retries (
  organisation_id int not null,
  attempt_id uuid not null, -- the one that came back
  approved_by uuid not null,
  approved_at timestamptz not null,
  primary key (organisation_id, attempt_id),
  foreign key (organisation_id, attempt_id) references disbursements.attempts (organisation_id, id),
  foreign key (organisation_id, approved_by) references auth.persons (organisation_id, id)
);
grant select, insert on disbursements.retries to meent_app;
call platform.make_append_only('disbursements.retries');

-- Did this person bring in the statement that says that it came back, or does whoever did owe them the role?
create function disbursements.brought_in_the_return(p_organisation int, p_attempt uuid, p_person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from reconciliation.bank_entries e
      join reconciliation.statements s on s.organisation_id = e.organisation_id and s.id = e.statement_id
      left join auth.keys k on k.organisation_id = s.organisation_id and k.id = s.imported_by_key
     cross join lateral (select coalesce(s.imported_by, k.created_by) as person) brought
     where e.organisation_id = p_organisation and e.matched_to = 'return' and e.matched_id = p_attempt::text
       and (brought.person = p_person
            or auth.given_alone(p_organisation, brought.person, p_person, array['operator', 'treasurer', 'administrator'], null,
                                coalesce(s.recorded_at, s.imported_at), auth.day_of(s.imported_at))))
$$;
grant execute on function disbursements.brought_in_the_return to meent_app;

create function disbursements.guard_retry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
       select from disbursements.attempts a
         join disbursements.payouts p on p.organisation_id = a.organisation_id and p.id = a.payout_id
         join disbursements.cycles c on c.organisation_id = p.organisation_id and c.id = p.cycle_id
        where a.organisation_id = new.organisation_id and a.id = new.attempt_id and a.outcome in ('returned', 'rejected')
          and auth.holds(new.organisation_id, new.approved_by, array['approver'], c.pool_id)) then
    raise exception 'what came back is paid again when an approver of its pool agreed' using errcode = 'MT001';
  end if;
  if disbursements.brought_in_the_return(new.organisation_id, new.attempt_id, new.approved_by) then
    raise exception 'whoever brought in a return does not agree to paying again' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_retry before insert on disbursements.retries
  for each row execute function disbursements.guard_retry();
create trigger refuse_while_frozen before insert on disbursements.retries
  for each row execute function disbursements.refuse_while_frozen();

create or replace function disbursements.guard_attempt_birth() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
       select from disbursements.batches b
         join disbursements.payouts p on p.organisation_id = b.organisation_id and p.cycle_id = b.cycle_id
        where b.organisation_id = new.organisation_id and b.id = new.batch_id
          and p.id = new.payout_id) then
    raise exception 'an attempt pays a payout of its own cycle' using errcode = 'MT001';
  end if;
  if exists (
       select from disbursements.attempts a
        where a.organisation_id = new.organisation_id and a.payout_id = new.payout_id and a.outcome is not null
          and not exists (select from disbursements.retries r
                           where r.organisation_id = a.organisation_id and r.attempt_id = a.id)) then
    raise exception 'what came back is paid again when an approver agreed' using errcode = 'MT001';
  end if;
  return new;
end
$$;

-- An outcome is what a booked entry of the bank says, and nothing else.
create function disbursements.guard_outcome() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
       select from reconciliation.bank_entries e
        where e.organisation_id = new.organisation_id and e.bank_account_id || '/' || e.reference = new.outcome_entry
          and ((new.outcome = 'settled' and e.matched_to = 'batch' and e.matched_id = new.batch_id::text)
            or (new.outcome = 'returned' and e.matched_to = 'return' and e.matched_id = new.id::text))) then
    raise exception 'an outcome is what an entry of the bank says' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_outcome before update of outcome on disbursements.attempts
  for each row when (new.outcome is not null and new.outcome is distinct from old.outcome)
  execute function disbursements.guard_outcome();
