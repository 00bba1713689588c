-- What the simulated bank of demonstration mode remembers. As far as the product can tell, these rows stand at
-- another company: it hands over payment files and gets statements, nothing else. So no organisation_id and no
-- reference to a table of the product. Empty and unused where a real bank is set up.
create schema if not exists simulation;
grant usage on schema simulation to meent_app;

create table simulation.bank_accounts (
  iban text collate "C" primary key check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  holder text not null check (length(holder) between 1 and 70),
  currency text not null default 'EUR' check (currency = 'EUR'),
  opening bigint not null check (opening >= 0),
  opened_on date not null
);
call platform.make_append_only('simulation.bank_accounts');
grant select, insert on simulation.bank_accounts to meent_app;

-- Accounts elsewhere that no longer take money: a payment to one comes back the next business day.
create table simulation.bank_closed_accounts (
  iban text collate "C" primary key,
  reason text not null check (reason ~ '^[A-Z]{2}[0-9]{2}$') -- ISO 20022 ExternalReturnReason1Code
);
grant select, insert, update on simulation.bank_closed_accounts to meent_app;

-- Accepted files only: one that was refused for lack of money may be offered again.
create table simulation.bank_payment_files (
  iban text collate "C" not null references simulation.bank_accounts (iban),
  message_id text collate "C" not null,
  payment_information_id text not null,
  requested_on date not null,
  booked_on date not null,
  received_at timestamptz not null,
  primary key (iban, message_id)
);
call platform.make_append_only('simulation.bank_payment_files');
grant select, insert on simulation.bank_payment_files to meent_app;

create table simulation.bank_transfers (
  iban text collate "C" not null,
  message_id text collate "C" not null,
  position int not null check (position > 0),
  end_to_end_id text not null,
  amount bigint not null check (amount > 0),
  creditor_name text not null,
  creditor_iban text not null,
  remittance text not null,
  primary key (iban, message_id, position),
  unique (iban, message_id, end_to_end_id),
  foreign key (iban, message_id) references simulation.bank_payment_files (iban, message_id)
);
call platform.make_append_only('simulation.bank_transfers');
grant select, insert on simulation.bank_transfers to meent_app;

create sequence simulation.bank_reference;
grant usage on sequence simulation.bank_reference to meent_app;

-- Every movement of an account, past and to come. A booking for a later day shows on statements from that day on.
create table simulation.bank_bookings (
  id bigint generated always as identity primary key,
  reference text collate "C" not null unique check (length(reference) between 1 and 35)
    default 'SIM' || lpad(nextval('simulation.bank_reference')::text, 12, '0'),
  iban text collate "C" not null references simulation.bank_accounts (iban),
  booked_on date not null,
  amount bigint not null check (amount <> 0), -- as the account sees it: a debit is below zero
  kind text not null check (kind in ('batch-debit', 'credit', 'return')),
  end_to_end_id text,
  message_id text,
  payment_information_id text,
  counterparty_name text,
  counterparty_iban text,
  remittance text not null,
  return_reason text,
  recorded_at timestamptz not null, -- by the installation's clock
  check ((kind = 'batch-debit') = (amount < 0)),
  check ((kind = 'return') = (return_reason is not null))
);
create index bank_bookings_by_account on simulation.bank_bookings (iban, booked_on);
call platform.make_append_only('simulation.bank_bookings');
grant select, insert on simulation.bank_bookings to meent_app;

create table simulation.bank_statements (
  iban text collate "C" not null references simulation.bank_accounts (iban),
  sequence_number bigint not null check (sequence_number > 0),
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  opening bigint not null,
  closing bigint not null,
  created_at timestamptz not null,
  primary key (iban, sequence_number)
);
call platform.make_append_only('simulation.bank_statements');
grant select, insert on simulation.bank_statements to meent_app;

-- Each booking stands on one statement, for ever. That alone makes statements follow each other without a gap,
-- also when a booking is recorded after the statement of its day was made.
create table simulation.bank_statement_bookings (
  booking_id bigint primary key references simulation.bank_bookings (id),
  iban text collate "C" not null,
  sequence_number bigint not null,
  foreign key (iban, sequence_number) references simulation.bank_statements (iban, sequence_number)
);
create index bank_statement_bookings_by_statement on simulation.bank_statement_bookings (iban, sequence_number);
call platform.make_append_only('simulation.bank_statement_bookings');
grant select, insert on simulation.bank_statement_bookings to meent_app;
