-- Who can sign in and how, and what each may do. It takes the place of the demonstration's own tables, which held no
-- real person; its persons keep their ids and their roles.

-- `name` is what colleagues see beside an act, for as long as the trail lasts; donors and recipients have none here.
-- An e-mail address is sealed, and found again by its keyed hash: whoever reads the table alone reads no address.
alter table auth.persons
  alter column name set default '',
  add column email_sealed bytea,
  add column email_fingerprint bytea check (length(email_fingerprint) = 32),
  add column second_factor boolean not null default false, -- has a working TOTP; passkeys stand in their own table
  add column locale text not null default 'nl' check (locale in ('nl', 'en')),
  add column created_at timestamptz not null default clock_timestamp(),
  add column updated_at timestamptz not null default clock_timestamp(),
  add constraint sealed_and_found check ((email_sealed is null) = (email_fingerprint is null));
create unique index person_of_email on auth.persons (organisation_id, email_fingerprint);
grant update (name, enrolment_id, email_sealed, email_fingerprint, second_factor, locale, updated_at)
  on auth.persons to meent_app;

-- A role, for the whole organisation or for one pool; a stand-in's has a last day. Ended, never changed.
create table auth.grants (
  organisation_id int not null,
  id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('donor', 'recipient', 'campaigner', 'operator', 'approver', 'treasurer', 'auditor',
                                     'privacy-officer', 'administrator')),
  pool_id uuid, -- null: the whole organisation
  last_day date, -- null: until it is ended
  stand_in_for uuid,
  granted_by uuid, -- null: from the command line, or by signing up
  granted_at timestamptz not null default clock_timestamp(),
  change_id uuid, -- of a role that approves: the change that two people made of it
  ended_by uuid,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references auth.persons (organisation_id, id),
  foreign key (organisation_id, stand_in_for) references auth.persons (organisation_id, id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  constraint nobody_grants_themselves check (granted_by <> person_id),
  constraint a_stand_in_has_a_last_day check (stand_in_for is null or last_day is not null),
  check (ended_by is null or ended_at is not null)
);
create unique index one_grant_of_a_role on auth.grants (organisation_id, person_id, role, pool_id) nulls not distinct
  where ended_at is null and last_day is null;
create index grants_of_person on auth.grants (organisation_id, person_id) where ended_at is null;
insert into auth.grants (organisation_id, id, person_id, role)
  select organisation_id, gen_random_uuid(), person_id, role from auth.roles;
drop table auth.roles;
grant select, insert on auth.grants to meent_app;
grant update (ended_by, ended_at) on auth.grants to meent_app;

create function auth.guard_grant() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null or new.ended_at is null
     or to_jsonb(new) - array['ended_by', 'ended_at'] <> to_jsonb(old) - array['ended_by', 'ended_at'] then
    raise exception 'a grant is ended once, and never changed or removed' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_grant before update or delete on auth.grants
  for each row execute function auth.guard_grant();

-- A session knows how its person came in. Only a token's hash is stored; where from stands in the trail, as a place.
drop table auth.sessions;
create table auth.sessions (
  organisation_id int not null,
  id uuid not null,
  token_sha256 bytea not null unique check (length(token_sha256) = 32),
  person_id uuid not null,
  method text not null default 'email' check (method in ('email', 'passkey', 'oidc', 'demonstration')),
  second_factor_at timestamptz, -- when it was last shown, in real time: what is fresh follows from it
  acting_for uuid, -- the enrolment whose recipient is being helped
  acting_reason text check (length(acting_reason) between 3 and 500),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references auth.persons (organisation_id, id),
  constraint helped_for_a_reason check ((acting_for is null) = (acting_reason is null))
);
create index sessions_of_person on auth.sessions (organisation_id, person_id);
create index sessions_by_end on auth.sessions (organisation_id, expires_at);
grant select, insert, delete on auth.sessions to meent_app;
grant update (method, second_factor_at, acting_for, acting_reason, updated_at, expires_at) on auth.sessions to meent_app;

-- What was sent by mail or begun in a browser, until it is used: links, codes, challenges. Found by hash, sealed.
create table auth.verifications (
  organisation_id int not null,
  id text not null,
  identifier_fingerprint bytea not null check (length(identifier_fingerprint) = 32),
  value_sealed bytea not null,
  -- Whose address it was sent to: the link and the code of one mail end together.
  subject_fingerprint bytea check (length(subject_fingerprint) = 32),
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id)
);
create index verifications_by_identifier on auth.verifications (organisation_id, identifier_fingerprint);
create index verifications_by_subject on auth.verifications (organisation_id, subject_fingerprint);
create index verifications_by_end on auth.verifications (organisation_id, expires_at);
grant select, insert, update, delete on auth.verifications to meent_app;

-- Second factors: an authenticator's secret with its recovery codes, and passkeys.
create table auth.authenticators (
  organisation_id int not null,
  id uuid not null,
  person_id uuid not null,
  secret text not null, -- encrypted under SECRETS, as the codes are
  recovery_codes text not null,
  verified boolean not null default false,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  last_step bigint, -- the newest time step that was accepted: a code is good once
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, person_id),
  foreign key (organisation_id, person_id) references auth.persons (organisation_id, id)
);
create table auth.passkeys (
  organisation_id int not null,
  id uuid not null,
  person_id uuid not null,
  name text not null default '',
  credential_id text not null,
  public_key text not null,
  counter bigint not null default 0,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, credential_id),
  foreign key (organisation_id, person_id) references auth.persons (organisation_id, id)
);
create index passkeys_of_person on auth.passkeys (organisation_id, person_id);
grant select, insert, update, delete on auth.authenticators, auth.passkeys to meent_app;

-- Who somebody is at the municipality's own sign-in. No token of it is kept.
create table auth.identities (
  organisation_id int not null,
  id uuid not null,
  person_id uuid not null,
  issuer text not null,
  subject text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, issuer, subject),
  foreign key (organisation_id, person_id) references auth.persons (organisation_id, id)
);
grant select, insert, update, delete on auth.identities to meent_app;

-- Keys of programs: what each may do, until when. Only a hash is stored; ended, never removed, since acts name them.
create table auth.keys (
  organisation_id int not null,
  id uuid not null,
  key_sha256 bytea not null unique check (length(key_sha256) = 32),
  start text not null check (length(start) between 4 and 16), -- its first characters, to recognise it by
  name text not null check (length(name) between 2 and 80),
  scopes text[] not null check (cardinality(scopes) > 0),
  pool_id uuid,
  created_by uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  replaces uuid, -- the key that this one takes over from: both work until that one ends
  used_at timestamptz, -- to the hour: enough to see whether it is still needed
  ended_by uuid,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, created_by) references auth.persons (organisation_id, id),
  foreign key (organisation_id, replaces) references auth.keys (organisation_id, id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  constraint a_key_expires check (expires_at <= created_at + interval '400 days'),
  check ((ended_by is null) = (ended_at is null))
);
grant select, insert on auth.keys to meent_app;
grant update (expires_at, used_at, ended_by, ended_at) on auth.keys to meent_app;
