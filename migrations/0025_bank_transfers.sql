-- Donors' own bank transfers: the reference that a donor puts with one, what arrived under it, and who said what became
-- of money that nobody recognised.

alter table donations.donations drop constraint donations_provider_check;
alter table donations.donations add constraint donations_provider_check
  check (provider in ('stripe', 'simulated', 'bank-transfer'));

-- A structured creditor reference (ISO 11649) of nine digits. R and F count as 27 and 15 where the check is made.
create table donations.transfer_references (
  organisation_id int not null,
  reference text collate "C" not null check (reference ~ '^RF[0-9]{11}$'),
  donation_id uuid not null,
  bank_account_id uuid not null, -- the account that was shown to the donor
  open_until date not null,
  primary key (organisation_id, reference),
  unique (organisation_id, donation_id),
  foreign key (organisation_id, donation_id) references donations.donations (organisation_id, id),
  foreign key (organisation_id, bank_account_id) references organisations.bank_accounts (organisation_id, id),
  constraint check_digits check ( -- 00 and 01 would be 97 and 98 again
    (substr(reference, 5) || '2715' || substr(reference, 3, 2))::bigint % 97 = 1
    and substr(reference, 3, 2) between '02' and '98')
);
call platform.make_append_only('donations.transfer_references');
grant select, insert on donations.transfer_references to meent_app;

create function donations.reference_is_of_transfer() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if not exists (select from donations.donations d where d.organisation_id = new.organisation_id
                    and d.id = new.donation_id and d.provider = 'bank-transfer') then
    raise exception 'donation % is not paid by bank transfer', new.donation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger reference_is_of_transfer before insert on donations.transfer_references
  for each row execute function donations.reference_is_of_transfer();

-- Why an entry of the bank that seems to be a donor's is in suspense; null when nothing in it is known.
alter table reconciliation.bank_entries drop constraint bank_entries_matched_to_check;
alter table reconciliation.bank_entries add constraint bank_entries_matched_to_check
  check (matched_to in ('batch', 'return', 'provider-payout', 'transfer', 'suspense'));
alter table reconciliation.bank_entries add column suspense_reason text check (suspense_reason in (
  'check-digits', 'unknown-reference', 'several-references', 'several-payments', 'expired', 'pool-closed',
  'other-currency', 'taken-back'));
alter table reconciliation.bank_entries add constraint reason_of_suspense
  check (suspense_reason is null or matched_to = 'suspense');
alter table reconciliation.bank_entries add constraint transfer_comes_in
  check (matched_to <> 'transfer' or (amount > 0 and matched_id is not null));

-- A person said what an entry in suspense was. Once, of the whole entry, and for good.
create table reconciliation.suspense_resolutions (
  organisation_id int not null,
  id uuid not null, -- the key of its entry in the ledger
  bank_account_id uuid not null,
  reference text collate "C" not null,
  pool_id uuid not null,
  donation_id uuid, -- null: nobody's gift in particular
  resolved_by uuid not null,
  resolved_at timestamptz not null,
  primary key (organisation_id, id),
  constraint resolved_once unique (organisation_id, bank_account_id, reference),
  foreign key (organisation_id, bank_account_id, reference)
    references reconciliation.bank_entries (organisation_id, bank_account_id, reference),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  foreign key (organisation_id, donation_id) references donations.donations (organisation_id, id)
);
call platform.make_append_only('reconciliation.suspense_resolutions');
grant select, insert on reconciliation.suspense_resolutions to meent_app;

create function reconciliation.resolves_suspense() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if not exists (select from reconciliation.bank_entries e where e.organisation_id = new.organisation_id
                    and e.bank_account_id = new.bank_account_id and e.reference = new.reference
                    and e.matched_to = 'suspense') then
    raise exception 'entry % is not in suspense', new.reference using errcode = 'check_violation';
  end if;
  if new.donation_id is not null and not exists (
       select from donations.donations d where d.organisation_id = new.organisation_id and d.id = new.donation_id
          and d.pool_id = new.pool_id and d.provider = 'bank-transfer') then
    raise exception 'donation % is not a transfer to pool %', new.donation_id, new.pool_id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger resolves_suspense before insert on reconciliation.suspense_resolutions
  for each row execute function reconciliation.resolves_suspense();

-- What arrived for a gift by transfer, or was taken back (below zero). The key makes an entry pay one donation, once.
create table donations.transfers (
  organisation_id int not null,
  bank_account_id uuid not null,
  entry_reference text collate "C" not null,
  donation_id uuid not null,
  gift bigint not null,
  costs_share bigint not null,
  ledger_key text not null,
  received_at timestamptz not null, -- when the bank booked it
  primary key (organisation_id, bank_account_id, entry_reference),
  foreign key (organisation_id, bank_account_id, entry_reference)
    references reconciliation.bank_entries (organisation_id, bank_account_id, reference),
  foreign key (organisation_id, donation_id) references donations.donations (organisation_id, id)
);
create index transfers_of_donation on donations.transfers (organisation_id, donation_id);
call platform.make_append_only('donations.transfers');
grant select, insert on donations.transfers to meent_app;

create function donations.transfer_is_the_banks() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if not exists (
    select from reconciliation.bank_entries e
      left join reconciliation.suspense_resolutions r on r.organisation_id = e.organisation_id
       and r.bank_account_id = e.bank_account_id and r.reference = e.reference
     where e.organisation_id = new.organisation_id and e.bank_account_id = new.bank_account_id
       and e.reference = new.entry_reference and e.amount = new.gift + new.costs_share
       and (e.matched_to = 'transfer' and e.matched_id = new.donation_id::text
            and new.ledger_key = e.bank_account_id || '/' || e.reference
         or r.donation_id = new.donation_id and new.ledger_key = r.id::text)) then
    raise exception 'no entry of the bank pays this to donation %', new.donation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger transfer_is_the_banks before insert on donations.transfers
  for each row execute function donations.transfer_is_the_banks();
