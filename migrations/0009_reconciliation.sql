-- Bank statements as booked by the bank, each entry once, and what each was matched to.
create schema reconciliation;
grant usage on schema reconciliation to meent_app;
create table reconciliation.statements (
  organisation_id int not null,
  id uuid not null,
  bank_account_id uuid not null,
  statement_id text not null,
  opening bigint not null,
  closing bigint not null,
  closing_date date not null,
  position int not null check (position > 0), -- 1, 2, 3, ... an account's statements follow each other without a gap
  document_id uuid not null,
  imported_by uuid,
  imported_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, bank_account_id, statement_id),
  unique (organisation_id, bank_account_id, position),
  foreign key (organisation_id, bank_account_id) references organisations.bank_accounts (organisation_id, id),
  foreign key (organisation_id, document_id) references archive.documents (organisation_id, id)
);
create table reconciliation.bank_entries (
  organisation_id int not null,
  bank_account_id uuid not null,
  reference text collate "C" not null check (length(reference) between 1 and 200),
  statement_id uuid not null,
  amount bigint not null,
  booked_on date not null,
  matched_to text not null check (matched_to in ('batch', 'return', 'provider-payout', 'suspense')),
  matched_id text,
  primary key (organisation_id, bank_account_id, reference),
  foreign key (organisation_id, statement_id) references reconciliation.statements (organisation_id, id)
);
call platform.make_append_only('reconciliation.statements');
call platform.make_append_only('reconciliation.bank_entries');
grant select, insert on reconciliation.statements, reconciliation.bank_entries to meent_app;
