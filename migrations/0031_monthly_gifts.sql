-- Monthly gifts. The provider keeps the calendar and collects; here stands what a donor asked, and what the provider said of it
-- and when. Each instalment is a donation of its own, made in the transaction that posts it.
create table donations.monthly_gifts (
  organisation_id int not null,
  id uuid not null,
  pool_id uuid not null,
  -- Of each instalment: as asked at the start, and from then on as the provider says.
  amount bigint not null check (amount > 0),
  costs_share bigint not null default 0 check (costs_share >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  locale text not null check (locale in ('nl', 'en')),
  provider text not null check (provider in ('stripe', 'simulated')),
  token_sha256 bytea not null check (length(token_sha256) = 32), -- of the page that the donor comes back to
  -- What the provider is asked, kept before asking: a repetition must say the same, word for word.
  pool_name text not null,
  return_base text not null,
  provider_checkout_id text,
  checkout_url text,
  checkout_expires_at timestamptz,
  started_at timestamptz not null,
  -- What the provider said last.
  state text not null default 'awaiting-payment'
    check (state in ('awaiting-payment', 'active', 'paused', 'payment-failing', 'stopped')),
  said_at timestamptz,
  subscription_id text collate "C",
  customer_id text collate "C",
  gift_item_id text,
  costs_item_id text,
  next_at timestamptz, -- the next instalment
  announced_at timestamptz, -- the instalment that was announced last, as a debit
  method text,
  method_id text,
  mandate_id text, -- of the last debit, and of which account it is
  mandate_method_id text,
  primary key (organisation_id, id),
  unique (organisation_id, id, pool_id, currency),
  unique (organisation_id, token_sha256),
  foreign key (organisation_id, pool_id) references pools.pools (organisation_id, id),
  constraint said_by_the_provider check (
    (said_at is null) = (subscription_id is null) and (said_at is null) = (customer_id is null)
    and (said_at is not null or state = 'awaiting-payment' and next_at is null))
);
create unique index monthly_gift_of_subscription on donations.monthly_gifts (organisation_id, subscription_id)
  where subscription_id is not null;
create index monthly_gifts_of_pool on donations.monthly_gifts (organisation_id, pool_id, id);
create index monthly_gifts_next on donations.monthly_gifts (organisation_id, next_at) where next_at is not null;
grant select, insert on donations.monthly_gifts to meent_app;
grant update (amount, costs_share, provider_checkout_id, checkout_url, checkout_expires_at, state, said_at, subscription_id,
              customer_id, gift_item_id, costs_item_id, next_at, method, method_id, announced_at, mandate_id, mandate_method_id)
  on donations.monthly_gifts to meent_app;

create function donations.guard_monthly_gift() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.subscription_id is distinct from old.subscription_id and old.subscription_id is not null
     or new.customer_id is distinct from old.customer_id and old.customer_id is not null then
    raise exception 'a monthly gift is one subscription for good' using errcode = 'MT001';
  end if;
  if new.said_at < old.said_at then
    raise exception 'what was said earlier does not replace what was said later' using errcode = 'MT001';
  end if;
  if old.state = 'stopped' and new.state <> 'stopped' or old.state <> 'awaiting-payment' and new.state = 'awaiting-payment' then
    raise exception 'a monthly gift that stopped has stopped, and one that was paid was paid' using errcode = 'MT001';
  end if;
  if (new.amount, new.costs_share, new.state, new.next_at) is distinct from (old.amount, old.costs_share, old.state, old.next_at)
     and new.said_at is null then
    raise exception 'only the provider says what became of a monthly gift' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_monthly_gift before update on donations.monthly_gifts
  for each row execute function donations.guard_monthly_gift();

-- What a donor asked of one: written before the provider is asked. Its id is the key there, however often.
create table donations.monthly_changes (
  organisation_id int not null,
  id uuid not null,
  monthly_gift_id uuid not null,
  what text not null check (what in ('change-amount', 'pause', 'resume', 'stop')),
  amount bigint check (amount > 0),
  costs_share bigint check (costs_share >= 0),
  subscription_id text not null,
  gift_item_id text,
  costs_item_id text,
  requested_at timestamptz not null,
  asked_at timestamptz, -- written before the first call: from here on it may have happened
  answered_at timestamptz, -- for certain, one way or the other
  refused text, -- why not
  primary key (organisation_id, id),
  foreign key (organisation_id, monthly_gift_id) references donations.monthly_gifts (organisation_id, id),
  constraint amount_of_a_change check (
    (what = 'change-amount') = (num_nonnulls(amount, costs_share, gift_item_id) = 3)
    and (what = 'change-amount' or num_nonnulls(amount, costs_share, gift_item_id, costs_item_id) = 0)),
  constraint answered_when_asked check (answered_at is null or asked_at is not null),
  constraint refused_when_answered check (refused is null or answered_at is not null)
);
create unique index one_open_change on donations.monthly_changes (organisation_id, monthly_gift_id) where answered_at is null;
create index changes_of_monthly_gift on donations.monthly_changes (organisation_id, monthly_gift_id, id);
grant select, insert on donations.monthly_changes to meent_app;
grant update (asked_at, answered_at, refused) on donations.monthly_changes to meent_app;

create function donations.guard_monthly_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if num_nonnulls(new.asked_at, new.answered_at, new.refused) > 0 then
      raise exception 'a change begins as a question and nothing more' using errcode = 'MT001';
    end if;
    perform from donations.monthly_gifts g where g.organisation_id = new.organisation_id and g.id = new.monthly_gift_id
      and g.subscription_id = new.subscription_id and g.state not in ('awaiting-payment', 'stopped') for no key update;
    if not found then
      raise exception 'only a monthly gift that runs is changed' using errcode = 'MT001';
    end if;
  elsif old.answered_at is not null or (old.asked_at is not null and new.asked_at is distinct from old.asked_at) then
    raise exception 'a change is asked and answered once' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_monthly_change before insert or update on donations.monthly_changes
  for each row execute function donations.guard_monthly_change();

-- How far what changed at the provider has been read.
create table donations.monthly_readings (
  organisation_id int primary key,
  read_until timestamptz not null
);
grant select, insert, update on donations.monthly_readings to meent_app;

-- An instalment is a donation that one charge paid, to the pool of its monthly gift.
alter table donations.donations
  add column monthly_gift_id uuid,
  add column provider_charge_id text collate "C",
  add column provider_invoice_id text collate "C",
  add constraint instalment_is_whole check (num_nonnulls(monthly_gift_id, provider_charge_id, provider_invoice_id) in (0, 3)),
  add constraint instalment_of_monthly_gift foreign key (organisation_id, monthly_gift_id, pool_id, currency)
    references donations.monthly_gifts (organisation_id, id, pool_id, currency);
create unique index instalment_of_charge on donations.donations (organisation_id, provider_charge_id)
  where provider_charge_id is not null;
create index instalments on donations.donations (organisation_id, monthly_gift_id, id) where monthly_gift_id is not null;

-- Whose a monthly gift is, and what is shown with each instalment. Personal data, as donors.gifts.
create table donors.monthly_gifts (
  organisation_id int not null,
  monthly_gift_id uuid not null,
  donor_id uuid not null,
  nickname text check (length(nickname) between 1 and 60),
  message text check (length(message) between 1 and 500),
  as_organisation boolean not null default false,
  primary key (organisation_id, monthly_gift_id),
  constraint organisation_has_a_name check (not as_organisation or nickname is not null),
  foreign key (organisation_id, donor_id) references donors.donors (organisation_id, id)
);
create index monthly_gifts_of_donor on donors.monthly_gifts (organisation_id, donor_id, monthly_gift_id);
grant select, insert, delete on donors.monthly_gifts to meent_personal;
grant update (nickname, message) on donors.monthly_gifts to meent_personal;

-- Whoever is erased is told nothing more, so nothing may be taken from their account any more either; and what they showed goes.
create function donors.monthly_gifts_end_first() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from donors.monthly_gifts m
               join donations.monthly_gifts g on g.organisation_id = m.organisation_id and g.id = m.monthly_gift_id
              where m.organisation_id = new.organisation_id and m.donor_id = new.id
                and g.state not in ('awaiting-payment', 'stopped')) then
    raise exception 'a monthly gift is stopped before its donor is erased' using errcode = 'MT001';
  end if;
  delete from donors.monthly_gifts m where m.organisation_id = new.organisation_id and m.donor_id = new.id;
  return new;
end
$$;
create trigger monthly_gifts_end_first before update of erased_at on donors.donors
  for each row when (old.erased_at is null and new.erased_at is not null) execute function donors.monthly_gifts_end_first();
