-- The legal entity that holds the money, its bank accounts, and its pools.
create schema organisations;
grant usage on schema organisations to meent_app;
create table organisations.organisations (
  organisation_id int generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?$'),
  legal_name text not null check (length(legal_name) between 2 and 140),
  rsin text check (rsin ~ '^[0-9]{9}$'),
  contact text not null,
  created_at timestamptz not null default clock_timestamp()
);
create table organisations.bank_accounts (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  holder text not null check (length(holder) between 2 and 70),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  locked boolean not null default false check (not locked), -- only there to be locked: who holds the row decides on its cash
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, iban)
);
grant select, insert on organisations.organisations, organisations.bank_accounts to meent_app;
grant update (locked) on organisations.bank_accounts to meent_app; -- `select for update` needs a right to update

create schema pools;
grant usage on schema pools to meent_app;
create table pools.pools (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?$'),
  name text not null check (length(name) between 2 and 80),
  kind text not null check (kind in ('community', 'personal')),
  area text not null check (length(area) between 2 and 80),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  monthly_amount bigint not null default 100000 check (monthly_amount > 0),
  term_months int not null default 12 check (term_months between 1 and 120),
  payday_of_month int not null default 25 check (payday_of_month between 1 and 31),
  fee_bearer text not null default 'pool' check (fee_bearer in ('pool', 'costs')),
  bank_account_id uuid not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, slug),
  foreign key (organisation_id, bank_account_id) references organisations.bank_accounts (organisation_id, id)
);
-- Tax position, ANBI status and agreement with the municipality, each with its document and date: a pool
-- without them enrols nobody outside demonstration mode.
create table pools.legal_documents (
  organisation_id int not null,
  pool_id uuid not null,
  subject text not null check (subject in ('tax-position', 'anbi-status', 'municipality-agreement')),
  document text not null check (length(document) between 3 and 500),
  dated_on date not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, pool_id, subject, dated_on),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id)
);
grant select, insert on pools.pools, pools.legal_documents to meent_app;
grant update (state) on pools.pools to meent_app;
