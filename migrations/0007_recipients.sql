-- Recipients: the person (personal data, encrypted, its own role) and the enrolment (opaque, used by disbursements).
create schema recipients;
grant usage on schema recipients to meent_personal;
create table recipients.persons (
  organisation_id int not null,
  id uuid not null,
  name_encrypted bytea not null,
  iban_encrypted bytea not null,
  iban_ending text not null check (length(iban_ending) = 4),
  -- Identity, age and residence are looked at once; only who looked, when and how is kept.
  checked_by uuid not null,
  checked_at timestamptz not null,
  checked_how text not null check (length(checked_how) between 3 and 200),
  primary key (organisation_id, id)
);
grant select, insert, update, delete on recipients.persons to meent_personal;

create schema enrolments;
grant usage on schema enrolments to meent_app;
create table enrolments.enrolments (
  organisation_id int not null,
  id uuid not null,
  pool_id uuid not null,
  person_id uuid not null, -- no foreign key: erasing the person leaves the enrolment
  monthly_amount bigint not null check (monthly_amount > 0),
  currency text not null,
  first_month date not null check (extract(day from first_month) = 1),
  term_months int not null check (term_months between 1 and 120),
  enrolled_by uuid not null,
  enrolled_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id)
);
create index enrolments_by_pool on enrolments.enrolments (organisation_id, pool_id);
create unique index one_enrolment_of_a_person_in_a_pool on enrolments.enrolments (organisation_id, pool_id, person_id);
grant select, insert on enrolments.enrolments to meent_app;
