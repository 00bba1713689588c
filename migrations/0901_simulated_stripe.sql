-- What the simulated payment provider remembers, in a schema that the product's own code never reads: as far as
-- the product can tell, these rows stand at another company. Objects are kept as JSON in text, because they are
-- signed and compared byte for byte. Empty and unused where real payments are set up.
create schema if not exists simulation;
grant usage on schema simulation to meent_app;

-- One row: its lock lets only one instance at a time move the provider's clock, so no balance is paid out twice.
create table simulation.stripe_account (
  id int primary key check (id = 1),
  advanced_to timestamptz
);
insert into simulation.stripe_account (id) values (1);
grant select, update on simulation.stripe_account to meent_app;

-- A key is claimed by its insert, in the transaction that does the work.
create table simulation.idempotency_keys (
  key text collate "C" primary key,
  request text not null,
  response text not null,
  created_at timestamptz not null
);
grant select, insert, update on simulation.idempotency_keys to meent_app;

create table simulation.checkout_sessions (
  id text collate "C" primary key,
  status text not null check (status in ('open', 'complete', 'expired')),
  payment_status text not null check (payment_status in ('unpaid', 'paid')),
  payment_intent_id text unique,
  amount bigint not null check (amount > 0),
  currency text not null,
  client_reference_id text,
  locale text,
  submit_type text,
  success_url text not null,
  cancel_url text,
  methods text not null,
  line_items text not null,
  metadata text not null,
  intent_metadata text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index checkout_sessions_open on simulation.checkout_sessions (expires_at) where status = 'open';
grant select, insert, update on simulation.checkout_sessions to meent_app;

create table simulation.charges (
  id text collate "C" primary key,
  payment_intent_id text not null,
  checkout_session_id text not null references simulation.checkout_sessions (id),
  status text not null check (status in ('pending', 'succeeded', 'failed')),
  amount bigint not null check (amount > 0),
  currency text not null,
  method text not null,
  metadata text not null,
  balance_transaction_id text,
  failure_balance_transaction_id text,
  failure_code text,
  settles_at timestamptz, -- when a pending debit becomes certain
  created_at timestamptz not null
);
create index charges_by_session on simulation.charges (checkout_session_id);
create index charges_pending on simulation.charges (settles_at) where status = 'pending';
grant select, insert, update on simulation.charges to meent_app;

create table simulation.balance_transactions (
  id text collate "C" primary key,
  position bigint generated always as identity,
  type text not null,
  reporting_category text not null,
  amount bigint not null,
  fee bigint not null,
  currency text not null,
  status text not null check (status in ('pending', 'available')),
  source_id text not null,
  description text,
  payout_id text, -- the payout that carried it to the bank
  created_at timestamptz not null,
  available_on timestamptz not null
);
create index balance_transactions_newest on simulation.balance_transactions (created_at desc, position desc);
create index balance_transactions_pending on simulation.balance_transactions (available_on) where status = 'pending';
create index balance_transactions_unpaid on simulation.balance_transactions (currency) where payout_id is null;
create index balance_transactions_by_payout on simulation.balance_transactions (payout_id);
create index balance_transactions_by_source on simulation.balance_transactions (source_id);
grant select, insert, update on simulation.balance_transactions to meent_app;

create table simulation.payouts (
  id text collate "C" primary key,
  amount bigint not null check (amount > 0),
  currency text not null,
  status text not null check (status in ('in_transit', 'paid', 'failed')),
  balance_transaction_id text not null,
  failure_balance_transaction_id text,
  reference text not null,
  arrives_at timestamptz not null,
  created_at timestamptz not null
);
create index payouts_in_transit on simulation.payouts (arrives_at) where status = 'in_transit';
grant select, insert, update on simulation.payouts to meent_app;

-- The outbox: an event is written with the change that it tells of, and sent afterwards until it is accepted.
create table simulation.events (
  id text collate "C" primary key,
  position bigint generated always as identity,
  type text not null,
  body text not null,
  attempts int not null default 0,
  next_attempt_at timestamptz, -- null: accepted, or given up
  delivered_at timestamptz,
  created_at timestamptz not null
);
create index events_due on simulation.events (next_attempt_at) where next_attempt_at is not null;
grant select, insert, update on simulation.events to meent_app;

create table simulation.event_deliveries (
  id bigint generated always as identity primary key,
  event_id text not null references simulation.events (id),
  status_code int, -- null: no answer
  attempted_at timestamptz not null
);
create index event_deliveries_by_event on simulation.event_deliveries (event_id, id);
grant select, insert on simulation.event_deliveries to meent_app;
