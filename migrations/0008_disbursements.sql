-- Money out: one cycle a pool and month, its payouts, their attempts, gathered in batches.
create schema disbursements;
grant usage on schema disbursements to meent_app;
create table disbursements.cycles (
  organisation_id int not null,
  id uuid not null,
  pool_id uuid not null,
  month date not null check (extract(day from month) = 1),
  payday date not null,
  planned_at timestamptz not null,
  proposed_by uuid,
  proposed_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, pool_id, month),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  check ((proposed_by is null) = (proposed_at is null)),
  check ((approved_by is null) = (approved_at is null)),
  check (approved_by is null or proposed_by is not null),
  constraint maker_is_not_approver check (approved_by <> proposed_by)
);
grant select, insert on disbursements.cycles to meent_app;
grant update (proposed_by, proposed_at, approved_by, approved_at) on disbursements.cycles to meent_app;

-- What was proposed or approved stays so: nobody changes the maker after the fact.
create function disbursements.guard_cycle() returns trigger
language plpgsql as $$
begin
  if (old.proposed_by is not null and (new.proposed_by, new.proposed_at) is distinct from (old.proposed_by, old.proposed_at))
     or (old.approved_by is not null and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at))
     or (new.pool_id, new.month, new.payday) is distinct from (old.pool_id, old.month, old.payday) then
    raise exception 'a cycle is proposed once and approved once' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_cycle before update on disbursements.cycles
  for each row execute function disbursements.guard_cycle();

-- Nothing is born further than its first step: a cycle is planned, a batch is not handed over, an attempt is open.
create function disbursements.guard_birth() returns trigger
language plpgsql as $$
begin
  if to_jsonb(new) - array['organisation_id', 'id'] @? '$.keyvalue() ? (@.key like_regex "^(proposed_by|approved_by|handed_over_by|outcome)$" && @.value != null)' then
    raise exception 'a row of % starts at its first step', tg_table_name using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_birth before insert on disbursements.cycles
  for each row execute function disbursements.guard_birth();

create table disbursements.payouts (
  organisation_id int not null,
  id uuid not null,
  cycle_id uuid not null,
  enrolment_id uuid not null,
  month date not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  primary key (organisation_id, id),
  unique (organisation_id, enrolment_id, month), -- nobody is paid a month twice, whatever cycle says so
  foreign key (organisation_id, cycle_id) references disbursements.cycles (organisation_id, id),
  foreign key (organisation_id, enrolment_id) references enrolments.enrolments (organisation_id, id)
);
create index payouts_by_cycle on disbursements.payouts (organisation_id, cycle_id);
grant select, insert on disbursements.payouts to meent_app;
call platform.make_append_only('disbursements.payouts');

-- The list is frozen by proposing it: nobody slips a payout in after somebody looked.
create function disbursements.guard_payout() returns trigger
language plpgsql as $$
begin
  if exists (select from disbursements.cycles c where c.organisation_id = new.organisation_id and c.id = new.cycle_id
                and c.proposed_at is not null) then
    raise exception 'a cycle that was proposed takes no more payouts' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_payout before insert on disbursements.payouts
  for each row execute function disbursements.guard_payout();

create table disbursements.batches (
  organisation_id int not null,
  id uuid not null,
  cycle_id uuid not null,
  bank_account_id uuid not null,
  message_id text not null check (length(message_id) between 1 and 35),
  execution_date date not null,
  payouts int not null check (payouts > 0),
  total bigint not null check (total > 0),
  currency text not null,
  document_id uuid not null,
  made_by uuid not null,
  made_at timestamptz not null,
  handed_over_by uuid,
  handed_over_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, message_id),
  foreign key (organisation_id, cycle_id) references disbursements.cycles (organisation_id, id),
  foreign key (organisation_id, document_id) references archive.documents (organisation_id, id),
  check ((handed_over_by is null) = (handed_over_at is null))
);
create trigger guard_birth before insert on disbursements.batches
  for each row execute function disbursements.guard_birth();
-- Handing over is said once.
create function disbursements.guard_batch() returns trigger
language plpgsql as $$
begin
  if old.handed_over_by is not null then
    raise exception 'a batch is handed over once' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_batch before update on disbursements.batches
  for each row execute function disbursements.guard_batch();
create index batches_by_cycle on disbursements.batches (organisation_id, cycle_id);
grant select, insert on disbursements.batches to meent_app;
grant update (handed_over_by, handed_over_at) on disbursements.batches to meent_app;

create table disbursements.attempts (
  organisation_id int not null,
  id uuid not null,
  payout_id uuid not null,
  batch_id uuid not null,
  end_to_end_id text not null check (length(end_to_end_id) between 1 and 35),
  outcome text check (outcome in ('settled', 'rejected', 'returned')),
  reason text, -- the bank's code
  outcome_at timestamptz,
  outcome_entry text, -- the bank entry that says so
  primary key (organisation_id, id),
  unique (organisation_id, end_to_end_id),
  foreign key (organisation_id, payout_id) references disbursements.payouts (organisation_id, id),
  foreign key (organisation_id, batch_id) references disbursements.batches (organisation_id, id),
  check ((outcome is null) = (outcome_at is null))
);
create trigger guard_birth before insert on disbursements.attempts
  for each row execute function disbursements.guard_birth();
create index attempts_by_batch on disbursements.attempts (organisation_id, batch_id);
-- Nobody is paid twice: while an attempt is open, unknown or settled there is no second one.
create unique index one_live_attempt on disbursements.attempts (organisation_id, payout_id)
  where outcome is null or outcome = 'settled';
grant select, insert on disbursements.attempts to meent_app;
grant update (outcome, reason, outcome_at, outcome_entry) on disbursements.attempts to meent_app;

-- An outcome is final, but for a settled payment that comes back.
create function disbursements.guard_attempt() returns trigger
language plpgsql as $$
begin
  if old.outcome is not null and not (old.outcome = 'settled' and new.outcome is not distinct from 'returned') then
    raise exception 'the outcome of an attempt is final' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_attempt before update on disbursements.attempts
  for each row execute function disbursements.guard_attempt();
