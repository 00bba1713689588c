-- What one person may not do alone: another account of our own, the terms of a pool once somebody gave, a role that
-- approves, the payment provider's keys, ending a payment freeze. Each is a change that one person proposes and another
-- approves. The effects themselves are guarded here, each by the change that says exactly that and was approved in the
-- same transaction: neither a mistake of the application nor raw SQL under its login goes round.
create schema changes;
grant usage on schema changes to meent_app;

create table changes.changes (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  position bigint generated always as identity, -- to page by
  kind text not null check (kind in ('own-iban', 'pool-terms', 'approving-role', 'provider-keys', 'lift-freeze')),
  subject_id text not null check (length(subject_id) between 1 and 100), -- account, pool, person, provider, freeze
  content jsonb not null check (jsonb_typeof(content) = 'object'), -- never personal data
  reason text not null check (length(reason) between 3 and 500),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision text check (decision in ('approved', 'rejected', 'withdrawn', 'alone')),
  decision_reason text check (length(decision_reason) between 3 and 500),
  decided_in xid8, -- the transaction: an effect belongs to it, and to no later one
  primary key (organisation_id, id),
  unique (organisation_id, position),
  foreign key (organisation_id, proposed_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, decided_by) references auth.persons (organisation_id, id),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (decision is null)
     and (decided_by is null) = (decided_in is null)),
  constraint maker_is_not_approver check (decided_by <> proposed_by or decision in ('withdrawn', 'alone')),
  constraint withdrawn_by_its_maker check (decided_by = proposed_by or decision not in ('withdrawn', 'alone')),
  -- Nobody gave yet, so nobody is promised anything: an administrator sets the terms of a new pool.
  constraint only_terms_alone check (kind = 'pool-terms' or decision is distinct from 'alone'),
  constraint rejected_with_a_reason check ((decision_reason is not null) = (decision is not distinct from 'rejected')),
  constraint decided_within_fourteen_days
    check (decided_at >= proposed_at and (decision = 'withdrawn' or decided_at < proposed_at + interval '14 days'))
);
create index changes_open on changes.changes (organisation_id, kind, subject_id) where decided_at is null;
grant select, insert on changes.changes to meent_app;
grant update (decided_by, decided_at, decision, decision_reason) on changes.changes to meent_app;

-- The installation's clock, or real time where nothing is simulated: nobody dates a proposal or a decision.
create function changes.moment(p_given timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when (select mode from platform.installation) = 'demonstration' then p_given else clock_timestamp() end
$$;

-- Whoever proposes something about this subject stands in one queue.
create function changes.lock_subject(p_organisation int, p_kind text, p_subject text) returns void
language sql as $$
  select pg_advisory_xact_lock(hashtextextended('changes ' || p_kind || ' ' || p_subject, p_organisation))
$$;
grant execute on function changes.moment, changes.lock_subject to meent_app;

-- Does this person hold one of these roles, for the whole organisation, today?
create function changes.holds(p_organisation int, p_person uuid, p_roles text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from auth.grants g, platform.installation i
     where g.organisation_id = p_organisation and g.person_id = p_person and g.role = any (p_roles) and g.pool_id is null
       and g.ended_at is null and (g.last_day is null or g.last_day
           >= ((now() + i.clock_offset_ms * interval '1 millisecond') at time zone 'Europe/Amsterdam')::date))
$$;

create function changes.guard_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  decided constant text[] := array['decided_by', 'decided_at', 'decision', 'decision_reason', 'decided_in'];
begin
  if tg_op = 'DELETE' then
    raise exception 'a change is never removed' using errcode = 'MT001';
  end if;
  if tg_op = 'INSERT' then
    if new.decided_by is not null or new.decision is not null then
      raise exception 'a change starts undecided' using errcode = 'MT001';
    end if;
    new.proposed_at := changes.moment(new.proposed_at);
    perform changes.lock_subject(new.organisation_id, new.kind, new.subject_id);
    if exists (select from changes.changes c where c.organisation_id = new.organisation_id and c.kind = new.kind
                  and c.subject_id = new.subject_id and c.decided_at is null
                  and c.proposed_at + interval '14 days' > new.proposed_at) then
      raise exception 'there is an open change of this kind and subject' using errcode = 'MT001';
    end if;
    if new.kind = 'approving-role' and new.content->>'personId' = new.proposed_by::text then
      raise exception 'nobody proposes a role for themselves' using errcode = 'MT001';
    end if;
    return new;
  end if;
  if old.decision is not null or new.decision is null
     or to_jsonb(new) - decided <> to_jsonb(old) - decided then
    raise exception 'a change is proposed once and decided once' using errcode = 'MT001';
  end if;
  new.decided_at := changes.moment(new.decided_at);
  new.decided_in := pg_current_xact_id();
  if new.decision in ('approved', 'rejected') and not changes.holds(new.organisation_id, new.decided_by,
       case when new.kind = 'lift-freeze' then array['approver'] else array['approver', 'administrator'] end) then
    raise exception 'a change is decided by somebody whose role approves' using errcode = 'MT001';
  end if;
  if new.decision = 'approved' and new.kind = 'approving-role' and new.content->>'personId' = new.decided_by::text then
    raise exception 'nobody approves a role for themselves' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_change before insert or update or delete on changes.changes
  for each row execute function changes.guard_change();
create trigger never_emptied before truncate on changes.changes
  for each statement execute function platform.refuse_change();

-- The one question that every effect asks: its change, approved in this very transaction.
create function changes.approved_now(p_organisation int, p_id uuid, p_kind text, p_subject text, p_content jsonb)
returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from changes.changes c
     where c.organisation_id = p_organisation and c.id = p_id and c.kind = p_kind and c.subject_id = p_subject
       and c.content = p_content and c.decision = 'approved' and c.decided_in = pg_current_xact_id())
$$;

-- Accounts of our own. The first one of an organisation is its founding; every other has its change.
alter table organisations.bank_accounts
  add column change_id uuid,
  add foreign key (organisation_id, change_id) references changes.changes (organisation_id, id);
create unique index one_founding_account on organisations.bank_accounts (organisation_id) where change_id is null;
create unique index one_account_of_a_change on organisations.bank_accounts (organisation_id, change_id);

create function organisations.guard_bank_account() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and to_jsonb(new) - 'locked' <> to_jsonb(old) - 'locked' then
    raise exception 'an account of our own is never changed or removed' using errcode = 'MT001';
  end if;
  if tg_op = 'INSERT' and new.change_id is not null and not exists (
       select from changes.changes c
         join organisations.bank_accounts a on a.organisation_id = c.organisation_id and a.id::text = c.subject_id
        where c.organisation_id = new.organisation_id and c.id = new.change_id and c.kind = 'own-iban'
          and c.decision = 'approved' and c.decided_in = pg_current_xact_id() and a.currency = new.currency
          and c.content->'to' = jsonb_build_object('iban', new.iban, 'holder', new.holder)) then
    raise exception 'another account of our own needs an approved change that names it' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_bank_account before insert or update or delete on organisations.bank_accounts
  for each row execute function organisations.guard_bank_account();

-- The terms of a pool. What they were and became is written down by the trigger itself, for everybody to read.
alter table pools.pools
  add column terms_change_id uuid,
  add foreign key (organisation_id, terms_change_id) references changes.changes (organisation_id, id);
grant update (name, area, monthly_amount, term_months, payday_of_month, fee_bearer, bank_account_id, terms_change_id)
  on pools.pools to meent_app;
create table pools.term_changes (
  organisation_id int not null,
  pool_id uuid not null,
  change_id uuid not null,
  changed_at timestamptz not null,
  was jsonb not null,
  became jsonb not null,
  primary key (organisation_id, pool_id, change_id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  foreign key (organisation_id, change_id) references changes.changes (organisation_id, id)
);
call platform.make_append_only('pools.term_changes');
grant select on pools.term_changes to meent_app; -- written by the trigger alone

create function pools.terms_of(p pools.pools) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('name', p.name, 'area', p.area, 'monthlyAmount', p.monthly_amount, 'termMonths', p.term_months,
                            'paydayOfMonth', p.payday_of_month, 'feeBearer', p.fee_bearer)
$$;
grant execute on function pools.terms_of to meent_app;

create function pools.guard_terms() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_was jsonb := pools.terms_of(old);
  v_became jsonb := pools.terms_of(new);
  v_change changes.changes;
begin
  if to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then
    return new;
  end if;
  if (new.organisation_id, new.id, new.slug, new.kind, new.currency, new.created_at)
     is distinct from (old.organisation_id, old.id, old.slug, old.kind, old.currency, old.created_at)
     or new.terms_change_id is not distinct from old.terms_change_id then
    raise exception 'the terms of a pool change by a change that says so' using errcode = 'MT001';
  end if;
  select * into v_change from changes.changes c
   where c.organisation_id = new.organisation_id and c.id = new.terms_change_id
     and c.decision in ('approved', 'alone') and c.decided_in = pg_current_xact_id();
  if v_change.kind = 'pool-terms' and v_change.subject_id = new.id::text and new.bank_account_id = old.bank_account_id
     and v_change.content = jsonb_build_object('from', v_was, 'to', v_became) then
    if v_change.decision = 'alone' then
      -- A gift that is being written down holds the pool's row: we wait for it here, and then see it.
      perform from pools.pools p where p.organisation_id = new.organisation_id and p.id = new.id for update;
      if exists (select from donations.donations d where d.organisation_id = new.organisation_id and d.pool_id = new.id) then
        raise exception 'somebody gave to this pool on its terms: two people change them' using errcode = 'MT001';
      end if;
    end if;
  elsif v_change.kind = 'own-iban' and v_was = v_became and v_change.subject_id = old.bank_account_id::text
     and v_change.content->'to'->>'iban' = (select iban from organisations.bank_accounts a
           where a.organisation_id = new.organisation_id and a.id = new.bank_account_id and a.currency = new.currency) then
    null; -- the account's number is no part of what donors were told, but it is on record all the same
  else
    raise exception 'the terms of a pool change by an approved change that says exactly that' using errcode = 'MT001';
  end if;
  insert into pools.term_changes (organisation_id, pool_id, change_id, changed_at, was, became)
    values (new.organisation_id, new.id, new.terms_change_id, v_change.decided_at,
            v_was || jsonb_build_object('bankAccountId', old.bank_account_id),
            v_became || jsonb_build_object('bankAccountId', new.bank_account_id));
  return new;
end
$$;
create trigger guard_terms before update on pools.pools
  for each row execute function pools.guard_terms();
-- A new pool was never changed.
create function pools.guard_founding() returns trigger
language plpgsql as $$
begin
  if new.terms_change_id is not null then
    raise exception 'a pool is founded with its first terms' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_founding before insert on pools.pools
  for each row execute function pools.guard_founding();

-- A gift keeps who bore its fee when it was given, whatever the pool's terms become while it is on its way.
alter table donations.donations add column fee_bearer text check (fee_bearer in ('pool', 'costs'));
update donations.donations d set fee_bearer = p.fee_bearer
  from pools.pools p where p.organisation_id = d.organisation_id and p.id = d.pool_id;
alter table donations.donations alter column fee_bearer set not null;
create function donations.keep_fee_bearer() returns trigger
language plpgsql as $$
begin
  select p.fee_bearer into new.fee_bearer from pools.pools p
   where p.organisation_id = new.organisation_id and p.id = new.pool_id for key share;
  return new;
end
$$;
create trigger keep_fee_bearer before insert on donations.donations
  for each row execute function donations.keep_fee_bearer();

-- Roles that approve. The command line founds them while fewer than two people hold one; a demonstration plays its own.
alter table auth.grants add foreign key (organisation_id, change_id) references changes.changes (organisation_id, id);
create unique index one_grant_of_a_change on auth.grants (organisation_id, change_id);
create function auth.guard_approving_role() returns trigger
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
   where g.organisation_id = new.organisation_id and g.role in ('approver', 'administrator') and g.ended_at is null
     and coalesce(g.last_day >= (now() at time zone 'Europe/Amsterdam')::date, true);
  if new.granted_by is not null
     or (v_holders >= 2 and (select mode from platform.installation) is distinct from 'demonstration') then
    raise exception 'a role that approves is given by two people' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_approving_role before insert on auth.grants
  for each row execute function auth.guard_approving_role();

-- Keys of the payment provider, recognised by a keyed hash: the keys themselves stand in the environment alone.
create table organisations.provider_keys (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  provider text not null check (provider in ('stripe', 'simulated')),
  fingerprint bytea not null check (length(fingerprint) = 32),
  accepted_at timestamptz not null default clock_timestamp(),
  change_id uuid, -- null: the first ever, accepted at a start
  primary key (organisation_id, id),
  foreign key (organisation_id, change_id) references changes.changes (organisation_id, id)
);
create unique index one_founding_of_keys on organisations.provider_keys (organisation_id, provider) where change_id is null;
create unique index one_acceptance_of_a_change on organisations.provider_keys (organisation_id, change_id);
call platform.make_append_only('organisations.provider_keys');
grant select, insert on organisations.provider_keys to meent_app;
create function organisations.guard_provider_keys() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.accepted_at := clock_timestamp();
  if new.change_id is not null and not exists (
       select from changes.changes c
        where c.organisation_id = new.organisation_id and c.id = new.change_id and c.kind = 'provider-keys'
          and c.subject_id = new.provider and c.content->>'to' = encode(new.fingerprint, 'hex')
          and c.decision = 'approved' and c.decided_in = pg_current_xact_id()) then
    raise exception 'other keys need an approved change that names them' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_provider_keys before insert on organisations.provider_keys
  for each row execute function organisations.guard_provider_keys();

-- A payment freeze: pulled by one, lifted by two. While it lasts nothing is approved, put in a file or handed to the bank.
create table disbursements.freezes (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  frozen_by uuid not null,
  frozen_at timestamptz not null,
  reason text not null check (length(reason) between 3 and 500),
  lifted_at timestamptz,
  lift_change_id uuid,
  primary key (organisation_id, id),
  foreign key (organisation_id, frozen_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, lift_change_id) references changes.changes (organisation_id, id),
  check ((lifted_at is null) = (lift_change_id is null))
);
create unique index one_freeze on disbursements.freezes (organisation_id) where lifted_at is null;
grant select, insert on disbursements.freezes to meent_app;
grant update (lifted_at, lift_change_id) on disbursements.freezes to meent_app;

-- The freeze waits for payments that are being decided at this moment, and what comes after it finds it.
create function disbursements.guard_freeze() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' and new.lifted_at is null then
    perform pg_advisory_xact_lock(hashtextextended('payment freeze', new.organisation_id));
    return new;
  end if;
  if tg_op <> 'UPDATE' or old.lifted_at is not null or new.lifted_at is null
     or to_jsonb(new) - array['lifted_at', 'lift_change_id'] <> to_jsonb(old) - array['lifted_at', 'lift_change_id'] then
    raise exception 'a freeze is lifted once, and never changed or removed' using errcode = 'MT001';
  end if;
  if not changes.approved_now(new.organisation_id, new.lift_change_id, 'lift-freeze', new.id::text, '{}') then
    raise exception 'a freeze is lifted by two people' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_freeze before insert or update or delete on disbursements.freezes
  for each row execute function disbursements.guard_freeze();

-- Answers the freeze that lasts; until the end of the transaction nobody pulls another.
create function disbursements.open_freeze(p_organisation int) returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('payment freeze', p_organisation));
  return (select id from disbursements.freezes f where f.organisation_id = p_organisation and f.lifted_at is null);
end
$$;
grant execute on function disbursements.open_freeze to meent_app;
create function disbursements.refuse_while_frozen() returns trigger
language plpgsql as $$
begin
  if disbursements.open_freeze(new.organisation_id) is not null then
    raise exception 'payments are frozen' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger refuse_while_frozen before update of approved_by on disbursements.cycles
  for each row when (new.approved_by is not null) execute function disbursements.refuse_while_frozen();
create trigger refuse_while_frozen before insert or update of handed_over_by on disbursements.batches
  for each row execute function disbursements.refuse_while_frozen();
