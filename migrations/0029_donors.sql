-- Who gives: an address that somebody typed in or proved, and the gifts that were given under it. Personal data: only
-- `meent_personal` reads it, and erasing it leaves donations and ledger as they are, without a person.
create table donors.donors (
  organisation_id int not null,
  id uuid not null,
  email_sealed bytea,
  email_fingerprint bytea check (length(email_fingerprint) = 32),
  locale text not null check (locale in ('nl', 'en')), -- of letters
  known_since timestamptz not null,
  erased_at timestamptz,
  primary key (organisation_id, id),
  constraint address_until_erased check ((email_sealed is null) = (erased_at is not null)
    and (email_fingerprint is null) = (erased_at is not null))
);
create unique index donor_of_address on donors.donors (organisation_id, email_fingerprint);
grant select, insert on donors.donors to meent_personal;
grant update (email_sealed, email_fingerprint, locale, erased_at) on donors.donors to meent_personal;

alter table donors.gifts
  add column donor_id uuid,
  add column received_at timestamptz, -- money came for it, by the installation's clock
  add column thanked_at timestamptz, -- its donor was told so, or had stopped such letters
  add constraint gift_of_donor foreign key (organisation_id, donor_id) references donors.donors (organisation_id, id),
  add constraint thanked_for_what_came check (thanked_at is null or received_at is not null),
  -- Nothing of who gave, and nothing to show: then there is no row.
  add constraint says_something check (num_nonnulls(nickname, message, donor_id) > 0) not valid;
create index gifts_of_donor on donors.gifts (organisation_id, donor_id, donation_id) where donor_id is not null;
create index gifts_to_thank_for on donors.gifts (organisation_id, received_at)
  where donor_id is not null and received_at is not null and thanked_at is null;

-- Of what a donor was told: of one thing once, whoever tries again. Without a letter where they had stopped such letters.
create table donors.letters (
  organisation_id int not null,
  donor_id uuid not null,
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 40),
  about text not null check (length(about) between 1 and 100),
  letter_id uuid, -- in the outbox
  told_at timestamptz not null,
  primary key (organisation_id, donor_id, kind, about),
  foreign key (organisation_id, donor_id) references donors.donors (organisation_id, id)
);
grant select, insert, delete on donors.letters to meent_personal;
grant update (letter_id) on donors.letters to meent_personal;

create table donors.stops (
  organisation_id int not null,
  donor_id uuid not null,
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 40),
  stopped_at timestamptz not null,
  primary key (organisation_id, donor_id, kind),
  foreign key (organisation_id, donor_id) references donors.donors (organisation_id, id)
);
grant select, insert, delete on donors.stops to meent_personal;

create function donors.guard_donor() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a donor is erased, not removed' using errcode = 'MT001';
  end if;
  if old.erased_at is not null
     or (new.organisation_id, new.id, new.known_since) is distinct from (old.organisation_id, old.id, old.known_since) then
    raise exception 'a donor stays who they are, and is erased once' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_donor before update or delete on donors.donors
  for each row execute function donors.guard_donor();

-- A gift becomes nobody else's: it is erased with its donor, or stays theirs.
create function donors.guard_gift() returns trigger
language plpgsql as $$
begin
  if (new.organisation_id, new.donation_id) is distinct from (old.organisation_id, old.donation_id)
     or new.donor_id is distinct from old.donor_id and new.donor_id is not null
     or old.received_at is not null and new.received_at is distinct from old.received_at
     or old.thanked_at is not null and new.thanked_at is distinct from old.thanked_at then
    raise exception 'a gift stays its donor''s, is received once and thanked for once' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_gift before update on donors.gifts for each row execute function donors.guard_gift();

-- What nobody here knows any more is told nothing, also by a job that was underway.
create function donors.guard_told() returns trigger
language plpgsql as $$
begin
  perform from donors.donors d where d.organisation_id = new.organisation_id and d.id = new.donor_id and d.erased_at is null
    for share;
  if not found then
    raise exception 'a donor who was erased is told nothing' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_told before insert on donors.letters for each row execute function donors.guard_told();
create trigger guard_told before insert on donors.stops for each row execute function donors.guard_told();
