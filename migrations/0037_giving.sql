-- What a donor sees before giving: who stands behind the pools, as whom a gift shows, and what the provider really charged.
create table organisations.profiles (
  organisation_id int not null references organisations.organisations,
  id uuid not null,
  address text not null check (length(address) between 5 and 200),
  registered text check (registered ~ '^[0-9]{8}$'), -- number at the chamber of commerce
  anbi_since date, -- null: donors cannot deduct their gifts
  policy_url text check (policy_url ~ '^https://[^\s]{3,190}$'), -- policy plan and yearly figures, which an ANBI has to publish
  board text[] not null check (cardinality(board) between 1 and 30 and array_position(board, null) is null),
  recorded_at timestamptz not null,
  primary key (organisation_id, id)
);
comment on table organisations.profiles is 'Who stands behind the pools, as told to donors; the newest counts, and what was told before stays.';
create index profiles_newest on organisations.profiles (organisation_id, recorded_at desc, id desc);
grant select, insert on organisations.profiles to meent_app;
call platform.make_append_only('organisations.profiles');

-- A gift by an organisation shows its name, so it has one.
alter table donors.gifts add column as_organisation boolean not null default false,
  add constraint organisation_has_a_name check (not as_organisation or nickname is not null);

-- The provider's latest gifts, from which its fee is estimated.
create index gifts_latest on donations.provider_transactions (organisation_id, created_at desc) include (method, amount, fee)
  where kind = 'gift';
