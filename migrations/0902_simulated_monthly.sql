-- What the simulated payment provider remembers of monthly gifts: subscriptions, their invoices and mandates, and the pages on
-- which a donor chooses another account. As in 0901, nothing of the product refers to it.
alter table simulation.checkout_sessions
  add column mode text not null default 'payment' check (mode in ('payment', 'subscription')),
  add column subscription_metadata text not null default '{}',
  add column subscription_id text;

create table simulation.products (
  id text collate "C" primary key,
  name text not null,
  created_at timestamptz not null
);
grant select, insert on simulation.products to meent_app;

create table simulation.subscriptions (
  id text collate "C" primary key,
  customer_id text not null,
  checkout_session_id text not null references simulation.checkout_sessions (id),
  status text not null check (status in ('active', 'past_due', 'canceled')),
  paused boolean not null default false,
  items text not null,
  metadata text not null,
  method text not null check (method in ('card', 'sepa_debit')), -- after a bank payment its account is debited
  payment_method_id text not null,
  mandate_id text,
  anchor timestamptz not null, -- the day of the month that instalments fall on
  period_start timestamptz not null,
  period_end timestamptz not null,
  canceled_at timestamptz,
  created_at timestamptz not null
);
create index subscriptions_due on simulation.subscriptions (period_end) where status <> 'canceled';
create index subscriptions_by_customer on simulation.subscriptions (customer_id);
grant select, insert, update on simulation.subscriptions to meent_app;

create table simulation.invoices (
  id text collate "C" primary key,
  position bigint generated always as identity,
  subscription_id text not null references simulation.subscriptions (id),
  payment_id text not null, -- what Stripe calls an invoice payment: one for each invoice here
  payment_intent_id text not null unique,
  status text not null check (status in ('open', 'paid', 'void', 'uncollectible')),
  billing_reason text not null,
  amount bigint not null check (amount > 0),
  lines text not null,
  metadata text not null, -- of the subscription, when it was made
  attempts int not null default 0,
  next_attempt_at timestamptz,
  period_start timestamptz not null,
  period_end timestamptz not null,
  paid_at timestamptz,
  created_at timestamptz not null
);
create index invoices_by_subscription on simulation.invoices (subscription_id);
create index invoices_to_try_again on simulation.invoices (next_attempt_at) where next_attempt_at is not null;
grant select, insert, update on simulation.invoices to meent_app;

alter table simulation.charges
  add column invoice_id text references simulation.invoices (id),
  add column bounces boolean not null default false, -- what becomes of a debit that is on its way
  add column mandate_id text, -- that it used, or made
  add column payment_method_id text; -- that is kept for the instalments to come

create table simulation.mandates (
  id text collate "C" primary key,
  reference text not null,
  payment_method_id text not null,
  created_at timestamptz not null
);
grant select, insert on simulation.mandates to meent_app;

create table simulation.portal_sessions (
  id text collate "C" primary key,
  customer_id text not null,
  return_url text not null,
  locale text,
  created_at timestamptz not null
);
grant select, insert on simulation.portal_sessions to meent_app;
