-- What every slice stands on: the installation and its clock, keys of requests already answered, the trail of
-- acts, the encrypted archive.

-- Said once, at the first start. A database that ever held a demonstration never becomes a real one.
create table platform.installation (
  singleton boolean primary key default true check (singleton),
  mode text not null check (mode in ('demonstration', 'real')),
  clock_offset_ms bigint not null default 0 check (clock_offset_ms >= 0),
  installed_at timestamptz not null default clock_timestamp(),
  seeded_at timestamptz, -- when the demonstration's story was told to its end
  check (mode = 'demonstration' or clock_offset_ms = 0)
);
grant select, insert on platform.installation to meent_app;
grant update (clock_offset_ms, seeded_at) on platform.installation to meent_app;

create function platform.guard_installation() returns trigger
language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or new.mode <> old.mode or new.clock_offset_ms < old.clock_offset_ms then
    raise exception 'the mode of an installation is fixed and its clock only moves forward' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_installation before update or delete on platform.installation
  for each row execute function platform.guard_installation();

-- An Idempotency-Key and what it led to, claimed in the transaction of the effect itself.
create table platform.idempotency_keys (
  organisation_id int not null,
  operation text not null,
  key text collate "C" not null check (length(key) between 8 and 200),
  fingerprint bytea not null, -- keyed hash of the request: says whether it is the same one, and nothing else
  resource_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, operation, key)
);
grant select, insert on platform.idempotency_keys to meent_app;

-- Who did what, when, to what, from where, why. Append-only as the ledger.
create schema acts;
grant usage on schema acts to meent_app;
create table acts.acts (
  organisation_id int not null,
  id bigint generated always as identity,
  at timestamptz not null, -- by the installation's clock
  recorded_at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('person', 'system', 'public')),
  actor_id uuid,
  action text not null check (action ~ '^[a-z-]+\.[a-z-]+$'),
  subject_kind text not null,
  subject_id text not null,
  origin text, -- request id; the address it came from stays in the web server's log
  detail jsonb not null default '{}',
  primary key (organisation_id, id),
  check ((actor_kind = 'person') = (actor_id is not null))
);
create index acts_by_subject on acts.acts (organisation_id, subject_kind, subject_id);
call platform.make_append_only('acts.acts');
-- When it was written down is Postgres's word, not the writer's.
create function acts.stamp() returns trigger
language plpgsql as $$
begin
  new.recorded_at := clock_timestamp();
  return new;
end
$$;
create trigger stamp before insert on acts.acts for each row execute function acts.stamp();
grant select, insert on acts.acts to meent_app;

-- Bank files and provider events as they came in or went out: encrypted, with a date after which they go.
create schema archive;
grant usage on schema archive to meent_app, meent_personal;
create table archive.documents (
  organisation_id int not null,
  id uuid not null,
  kind text not null check (kind in ('provider-event', 'payment-file', 'bank-statement')),
  sha256 bytea not null check (length(sha256) = 32),
  body_encrypted bytea not null,
  keep_until date not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id)
);
grant insert on archive.documents to meent_app;
grant select, insert, delete on archive.documents to meent_personal;

create schema auth;
grant usage on schema auth to meent_app;
-- The demonstration sign-in. A person here is a role to play, never a real name.
create table auth.persons (
  organisation_id int not null,
  id uuid not null,
  name text not null,
  enrolment_id uuid, -- of a recipient: the enrolment that the status page shows
  primary key (organisation_id, id)
);
create table auth.roles (
  organisation_id int not null,
  person_id uuid not null,
  role text not null check (role in ('recipient', 'operator', 'approver', 'treasurer', 'auditor', 'administrator')),
  primary key (organisation_id, person_id, role),
  foreign key (organisation_id, person_id) references auth.persons (organisation_id, id)
);
create table auth.sessions (
  token_sha256 bytea primary key check (length(token_sha256) = 32),
  organisation_id int not null,
  person_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  foreign key (organisation_id, person_id) references auth.persons (organisation_id, id)
);
grant select, insert on auth.persons, auth.roles to meent_app;
grant select, insert, delete on auth.sessions to meent_app;
