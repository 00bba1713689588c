-- What happens after a payment: refunds that two people decide, disputes that the donor's bank opens, and what the provider
-- itself says that it holds for us. A gift is paid once, and may go back in several parts.
drop index donations.transaction_of_donation;
create unique index transaction_of_donation on donations.provider_transactions (organisation_id, donation_id, kind)
  where donation_id is not null and kind in ('gift', 'gift-failed');
create index transactions_back on donations.provider_transactions (organisation_id, donation_id)
  where donation_id is not null and kind in ('refund', 'refund-failed', 'dispute', 'dispute-won');

-- Of an amount that goes back, what comes out of the costs: in the proportion in which it was given, a part of a cent to the
-- costs. So it is the same in whatever order things are learnt, and no fund ever gives back more than it was given.
create function donations.costs_part(p_amount bigint, p_gift bigint, p_costs_share bigint) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (sign(p_amount) * ceil(abs(p_amount)::numeric * p_costs_share / (p_gift + p_costs_share)))::bigint
$$;
grant execute on function donations.costs_part to meent_app;

create table donations.refunds (
  organisation_id int not null,
  id uuid not null, -- also the key under which the provider is asked, however often
  donation_id uuid not null,
  pool_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  decided_by uuid not null,
  decided_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(), -- in real time, as roles are given and ended
  approved_by uuid,
  approved_at timestamptz,
  asked_at timestamptz, -- written before the provider is asked for the first time: from here on it may have happened
  provider_refund_id text collate "C", -- its answer
  refused text, -- its refusal: for certain nothing happened
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, donation_id) references donations.donations (organisation_id, id),
  foreign key (organisation_id, decided_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, approved_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, withdrawn_by) references auth.persons (organisation_id, id),
  constraint maker_is_not_approver check (decided_by <> approved_by),
  constraint approval_is_whole check ((approved_by is null) = (approved_at is null)),
  constraint withdrawal_is_whole check ((withdrawn_by is null) = (withdrawn_at is null)),
  constraint asked_when_approved check (asked_at is null or approved_at is not null),
  constraint answered_when_asked check (num_nonnulls(provider_refund_id, refused) <= case when asked_at is null then 0 else 1 end)
);
create index refunds_of_donation on donations.refunds (organisation_id, donation_id);
create index refunds_of_pool on donations.refunds (organisation_id, pool_id, id);
create index refunds_to_ask on donations.refunds (organisation_id, approved_at)
  where approved_at is not null and provider_refund_id is null and refused is null and withdrawn_at is null;
grant select, insert on donations.refunds to meent_app;
grant update (approved_by, approved_at, asked_at, provider_refund_id, refused, withdrawn_by, withdrawn_at)
  on donations.refunds to meent_app;

create table donations.disputes (
  organisation_id int not null,
  id text collate "C" not null, -- the provider's
  donation_id uuid not null,
  lost bigint not null default 0 check (lost >= 0), -- what was given up for lost, in all
  looked_at timestamptz, -- in real time: events that came since ask for another look
  primary key (organisation_id, id),
  foreign key (organisation_id, donation_id) references donations.donations (organisation_id, id)
);
create index disputes_of_donation on donations.disputes (organisation_id, donation_id);
grant select, insert on donations.disputes to meent_app;
grant update (lost, looked_at) on donations.disputes to meent_app;

alter table donations.provider_transactions
  add column refund_id uuid, -- ours that it pays; null of one made in the provider's own pages
  add column dispute_id text collate "C",
  add foreign key (organisation_id, refund_id) references donations.refunds (organisation_id, id),
  add foreign key (organisation_id, dispute_id) references donations.disputes (organisation_id, id);

-- What a dispute still argues about: taken, not given back, and not given up.
create function donations.open_of_dispute(p_organisation int, p_dispute text) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select greatest(0, coalesce(-sum(t.amount), 0) - (select d.lost from donations.disputes d
                                                   where d.organisation_id = p_organisation and d.id = p_dispute))::bigint
    from donations.provider_transactions t
   where t.organisation_id = p_organisation and t.dispute_id = p_dispute and t.parked is null
     and t.donation_id = (select d.donation_id from donations.disputes d where d.organisation_id = p_organisation and d.id = p_dispute)
     and t.kind in ('refund', 'refund-failed', 'dispute', 'dispute-won')
$$;
grant execute on function donations.open_of_dispute to meent_app;

-- What of a gift can still be given back: what was given and is available, less what went back or is about to.
create function donations.left_of(p_organisation int, p_donation uuid) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select greatest(0, coalesce(sum(t.amount) filter (where t.made_available_at is not null or t.kind <> 'gift'), 0)
       - (select coalesce(sum(r.amount), 0) from donations.refunds r
           where r.organisation_id = p_organisation and r.donation_id = p_donation and r.withdrawn_at is null))::bigint
    from donations.provider_transactions t
   where t.organisation_id = p_organisation and t.donation_id = p_donation and t.parked is null
     and not exists (select from donations.refunds r where r.organisation_id = p_organisation and r.id = t.refund_id
                        and r.withdrawn_at is null)
$$;
grant execute on function donations.left_of to meent_app;

-- Did this person alone give the roles with which somebody decided this refund?
create function donations.decider_given_alone(p_organisation int, p_refund uuid, p_person uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select auth.given_alone(p_organisation, r.decided_by, p_person, array['operator', 'treasurer'], r.pool_id,
                            r.recorded_at, auth.day_of(r.decided_at))
      from donations.refunds r where r.organisation_id = p_organisation and r.id = p_refund), false)
$$;
grant execute on function donations.decider_given_alone to meent_app;

create function donations.guard_refund() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_moved bigint;
begin
  if tg_op = 'INSERT' then
    -- One at a time for each gift.
    perform 1 from donations.donations d
      where d.organisation_id = new.organisation_id and d.id = new.donation_id and d.pool_id = new.pool_id
        and d.currency = new.currency for no key update;
    if not found then
      raise exception 'a refund is of a gift, in its pool and currency' using errcode = 'MT001';
    end if;
    if num_nonnulls(new.approved_at, new.asked_at, new.provider_refund_id, new.refused, new.withdrawn_at) > 0 then
      raise exception 'a refund begins as a decision and nothing more' using errcode = 'MT001';
    end if;
    if not auth.holds(new.organisation_id, new.decided_by, array['operator', 'treasurer'], new.pool_id) then
      raise exception 'a refund is decided by an operator or treasurer of its pool' using errcode = 'MT001';
    end if;
    if new.amount > donations.left_of(new.organisation_id, new.donation_id) then
      raise exception 'a gift is never given back more than once' using errcode = 'MT001';
    end if;
    new.recorded_at := clock_timestamp();
    return new;
  end if;

  if (old.approved_at is not null and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at))
     or (old.asked_at is not null and new.asked_at is distinct from old.asked_at)
     or (old.provider_refund_id is not null and new.provider_refund_id is distinct from old.provider_refund_id)
     or (old.refused is not null and new.refused is distinct from old.refused)
     or old.withdrawn_at is not null then
    raise exception 'each step of a refund is taken once' using errcode = 'MT001';
  end if;
  if old.approved_at is null and new.approved_at is not null then
    if not auth.holds(new.organisation_id, new.approved_by, array['approver'], new.pool_id) then
      raise exception 'a refund is approved by an approver of its pool' using errcode = 'MT001';
    end if;
    if donations.decider_given_alone(new.organisation_id, new.id, new.approved_by) then
      raise exception 'whoever gave the deciding role alone does not approve' using errcode = 'MT001';
    end if;
  end if;
  if new.withdrawn_at is not null then
    if not auth.holds(new.organisation_id, new.withdrawn_by, array['operator', 'treasurer', 'approver'], new.pool_id) then
      raise exception 'a refund is withdrawn by whoever may decide or approve it' using errcode = 'MT001';
    end if;
    select sum(t.amount) filter (where t.kind = 'refund-failed') + sum(t.amount) filter (where t.kind = 'refund') into v_moved
      from donations.provider_transactions t
     where t.organisation_id = new.organisation_id and t.donation_id = new.donation_id and t.refund_id = new.id
       and t.parked is null and t.kind in ('refund', 'refund-failed', 'dispute', 'dispute-won');
    if new.asked_at is not null and new.refused is null and v_moved is distinct from 0 then
      raise exception 'a refund that the provider may be paying is not withdrawn' using errcode = 'MT001';
    end if;
  end if;
  return new;
end
$$;
create trigger guard_refund before insert or update on donations.refunds
  for each row execute function donations.guard_refund();

-- What the provider said that it held for us, and what the ledger said at that moment. A difference is found, never mended.
create table donations.balance_readings (
  organisation_id int not null,
  id uuid not null,
  read_at timestamptz not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  provider_pending bigint not null,
  provider_available bigint not null,
  ledger_pending bigint not null,
  ledger_available bigint not null,
  primary key (organisation_id, id)
);
call platform.make_append_only('donations.balance_readings');
grant select, insert on donations.balance_readings to meent_app;

-- What the simulated provider remembers of refunds and disputes: see 0901. Nothing here refers to its tables.
create schema if not exists simulation;
grant usage on schema simulation to meent_app;
create table simulation.refunds (
  id text collate "C" primary key,
  charge_id text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  status text not null check (status in ('succeeded', 'failed')),
  metadata text not null,
  reason text,
  balance_transaction_id text not null,
  failure_balance_transaction_id text,
  fails_at timestamptz, -- when it turns out not to arrive
  created_at timestamptz not null
);
create index refunds_by_charge on simulation.refunds (charge_id);
create index refunds_failing on simulation.refunds (fails_at) where fails_at is not null;
grant select, insert, update on simulation.refunds to meent_app;

create table simulation.disputes (
  id text collate "C" primary key,
  charge_id text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  status text not null check (status in ('needs_response', 'won', 'lost')),
  ends text not null check (ends in ('won', 'lost')), -- how it will end, unless somebody ends it before
  ends_at timestamptz, -- null: ended
  created_at timestamptz not null
);
create index disputes_by_charge on simulation.disputes (charge_id);
create index disputes_ending on simulation.disputes (ends_at) where ends_at is not null;
grant select, insert, update on simulation.disputes to meent_app;

-- Payments that a donor's bank is going to dispute.
create table simulation.disputes_to_come (
  charge_id text collate "C" primary key,
  amount bigint not null check (amount > 0),
  ends text not null check (ends in ('won', 'lost')),
  opens_at timestamptz not null
);
grant select, insert, delete on simulation.disputes_to_come to meent_app;
