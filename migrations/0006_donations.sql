-- Money in. A donation is what somebody meant to give; a provider transaction is what moved; the inbox is what
-- the provider told us. Whether a donation is received or available is read from the ledger, not kept here.
create schema donations;
grant usage on schema donations to meent_app;
create table donations.donations (
  organisation_id int not null,
  id uuid not null,
  pool_id uuid not null,
  amount bigint not null check (amount > 0),
  costs_share bigint not null default 0 check (costs_share >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  receipt_token_sha256 bytea not null check (length(receipt_token_sha256) = 32),
  locale text not null check (locale in ('nl', 'en')),
  provider text not null check (provider in ('stripe', 'simulated')),
  -- What the provider is asked, kept before asking: a repetition must say the same, word for word.
  pool_name text not null,
  return_base text not null,
  provider_checkout_id text,
  checkout_url text,
  checkout_expires_at timestamptz,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, receipt_token_sha256),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id)
);
create index donations_by_pool on donations.donations (organisation_id, pool_id, id);
grant select, insert on donations.donations to meent_app;
grant update (provider_checkout_id, checkout_url, checkout_expires_at) on donations.donations to meent_app;

-- Balance transactions of the provider: the only thing that moves cash accounts there.
create table donations.provider_transactions (
  organisation_id int not null,
  id text collate "C" not null,
  kind text not null,
  donation_id uuid,
  pool_id uuid,
  method text,
  amount bigint not null,
  fee bigint not null,
  net bigint not null,
  currency text not null,
  reference text, -- of a payout to our bank: what the bank's statement will say
  created_at timestamptz not null,
  available_on timestamptz not null,
  made_available_at timestamptz, -- when its entry `<id>:available` was posted, by the installation's clock
  parked text, -- why nothing was posted for it: a person looks at it
  primary key (organisation_id, id),
  foreign key (organisation_id, donation_id) references donations.donations (organisation_id, id)
);
create unique index transaction_of_donation on donations.provider_transactions (organisation_id, donation_id, kind)
  where donation_id is not null; -- a donation is paid once, and taken back at most once
create index transactions_pending on donations.provider_transactions (organisation_id, available_on)
  where made_available_at is null and parked is null;
grant select, insert on donations.provider_transactions to meent_app;
grant update (made_available_at, parked) on donations.provider_transactions to meent_app;

create table donations.inbox (
  organisation_id int not null,
  event_id text collate "C" not null check (length(event_id) between 3 and 255),
  type text not null,
  happened_at timestamptz not null,
  document_id uuid not null,
  received_at timestamptz not null default clock_timestamp(),
  processed_at timestamptz,
  primary key (organisation_id, event_id),
  foreign key (organisation_id, document_id) references archive.documents (organisation_id, id) deferrable initially deferred
);
create index inbox_unprocessed on donations.inbox (organisation_id, received_at) where processed_at is null;
grant select, insert on donations.inbox to meent_app;
grant update (processed_at) on donations.inbox to meent_app;

-- How far the provider's transactions have been read.
create table donations.provider_readings (
  organisation_id int primary key,
  read_until timestamptz not null
);
grant select, insert, update on donations.provider_readings to meent_app;

-- What donors chose to show. Personal data: erased without touching a donation.
create schema donors;
grant usage on schema donors to meent_personal;
create table donors.gifts (
  organisation_id int not null,
  donation_id uuid not null,
  nickname text check (length(nickname) between 1 and 60),
  message text check (length(message) between 1 and 500),
  primary key (organisation_id, donation_id)
);
grant select, insert, update, delete on donors.gifts to meent_personal;
