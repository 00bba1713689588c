-- The double-entry ledger. Its laws stand in src/ledger/README.md; each is enforced here, by Postgres itself.
-- An amount is a bigint of minor units: debit positive, credit negative. Nothing in this schema is personal data.
create schema ledger;
grant usage on schema ledger to meent_app;

-- The chart of accounts. `floor` says what happens when the account would pass zero to its wrong side:
-- nothing ('none'), refusal ('zero'), or, for a fund, the rest goes to that fund's shortfall ('shortfall').
create table ledger.account_kinds (
  kind text primary key,
  side text not null check (side in ('debit', 'credit', 'either')),
  floor text not null check (floor in ('none', 'zero', 'shortfall')),
  unique (kind, side, floor)
);

insert into ledger.account_kinds (kind, side, floor) values
  ('stripe-pending', 'debit', 'none'),
  ('stripe-available', 'debit', 'none'),
  ('in-transit', 'debit', 'none'),
  ('bank', 'debit', 'none'),
  ('batch-clearing', 'debit', 'none'),
  ('dispute-receivable', 'debit', 'none'),
  ('shortfall', 'debit', 'zero'),
  ('fund-pending', 'credit', 'shortfall'),
  ('fund-available', 'credit', 'shortfall'),
  ('fund-disputed', 'credit', 'shortfall'),
  ('refunds-owed', 'credit', 'zero'),
  ('enrolment-reserved', 'credit', 'zero'),
  ('recipient-payable', 'credit', 'zero'),
  ('payout-sent', 'credit', 'zero'),
  ('costs-pending', 'credit', 'shortfall'),
  ('costs-available', 'credit', 'shortfall'),
  ('loss-reserve', 'credit', 'zero'),
  ('suspense', 'either', 'none');

create table ledger.accounts (
  organisation_id int not null,
  id bigint generated always as identity,
  kind text not null,
  side text not null,
  floor text not null,
  subject text collate "C" not null, -- opaque: a pool, an enrolment, a batch, a bank account; '' for the organisation
  pool_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  shortfall_id bigint, -- of a fund: the account that takes what the fund cannot bear
  balance bigint not null default 0,
  version bigint not null default 0, -- how many postings the account has
  recorded_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, kind, subject, currency),
  foreign key (kind, side, floor) references ledger.account_kinds (kind, side, floor),
  check ((floor = 'shortfall') = (shortfall_id is not null))
) with (fillfactor = 50);
create index accounts_by_pool on ledger.accounts (organisation_id, pool_id);

create table ledger.entries (
  organisation_id int not null,
  id bigint generated always as identity,
  kind text not null check (kind ~ '^[a-z][a-z-]{2,60}$'),
  nature text not null check (nature in ('decision', 'fact')),
  key text collate "C" not null check (length(key) between 3 and 200), -- `subject` or `subject:step`
  reverses bigint,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, key)
);
create unique index entries_reversed_once on ledger.entries (organisation_id, reverses) where reverses is not null;

create table ledger.postings (
  organisation_id int not null,
  entry_id bigint not null,
  account_id bigint not null,
  account_version bigint not null,
  amount bigint not null check (amount <> 0),
  balance_after bigint not null,
  ordinal smallint not null,
  primary key (organisation_id, account_id, account_version),
  unique (organisation_id, entry_id, ordinal)
);

call platform.make_append_only('ledger.account_kinds');
call platform.make_append_only('ledger.entries');
call platform.make_append_only('ledger.postings');

-- Balances follow from postings: only the trigger on postings may move them.
create function ledger.guard_accounts() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and pg_trigger_depth() = 2 then
    return null;
  end if;
  raise exception '% on ledger.accounts is refused: balances follow from postings', tg_op using errcode = 'MT001';
end
$$;
create trigger guard_accounts before update or delete or truncate on ledger.accounts
  for each statement execute function ledger.guard_accounts();

create function ledger.guard_new_account() returns trigger
language plpgsql as $$
begin
  if new.balance <> 0 or new.version <> 0 or new.recorded_at is not null then
    raise exception 'a new account starts at zero' using errcode = 'MT001';
  end if;
  return new;
end
$$;
create trigger guard_new_account before insert on ledger.accounts
  for each row execute function ledger.guard_new_account();

-- The heart of the ledger: whatever inserts postings, an entry must be whole and balanced in one currency within
-- this very statement (ordinals 1..n, and their uniqueness, refuse a posting to an older entry), each account's
-- running balance and version must go on where they were, no floor is passed and time does not run backwards.
-- Then, and only here, the account rows are moved.
create function ledger.apply_postings() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_entry record;
  v_posting record;
begin
  select n.organisation_id, n.entry_id, sum(n.amount) as total, count(*) as postings, max(n.ordinal) as last,
         min(a.currency) as currency, max(a.currency) as other_currency, count(a.id) as known
    into v_entry
    from new_postings n
    left join ledger.accounts a on a.organisation_id = n.organisation_id and a.id = n.account_id
   group by n.organisation_id, n.entry_id
  having sum(n.amount) <> 0 or count(*) < 2 or min(n.ordinal) <> 1 or max(n.ordinal) <> count(*)
      or count(a.id) <> count(*) or min(a.currency) <> max(a.currency)
   limit 1;
  if found then
    raise exception 'entry % is not whole: % postings, sum %, accounts known %, currencies %/%',
      v_entry.entry_id, v_entry.postings, v_entry.total, v_entry.known, v_entry.currency, v_entry.other_currency
      using errcode = 'MT002';
  end if;

  select c.account_id, c.entry_id, c.kind, c.broken_chain, c.below_floor, c.backwards, c.deciding_shortfall, c.deciding_cash,
         c.balance_after
    into v_posting
    from (
      select n.account_id, n.entry_id, a.kind, n.balance_after,
             n.balance_after <> n.amount + lag(n.balance_after, 1, a.balance) over by_account
               or n.account_version <> 1 + lag(n.account_version, 1, a.version) over by_account as broken_chain,
             a.floor <> 'none' and case a.side when 'debit' then n.balance_after < 0 else n.balance_after > 0 end
               as below_floor,
             e.recorded_at is null or e.recorded_at < lag(e.recorded_at, 1, a.recorded_at) over by_account as backwards,
             a.kind = 'shortfall' and n.amount > 0 and e.nature = 'decision' as deciding_shortfall,
             a.kind in ('stripe-pending', 'stripe-available', 'in-transit', 'bank') and e.nature = 'decision' as deciding_cash
        from new_postings n
        join ledger.accounts a on a.organisation_id = n.organisation_id and a.id = n.account_id
        left join ledger.entries e on e.organisation_id = n.organisation_id and e.id = n.entry_id
      window by_account as (partition by n.organisation_id, n.account_id order by n.account_version)
    ) c
   where c.broken_chain or c.below_floor or c.backwards or c.deciding_shortfall or c.deciding_cash
   limit 1;
  if found then
    raise exception 'posting of entry % to % account % is refused: %', v_posting.entry_id, v_posting.kind,
      v_posting.account_id,
      case when v_posting.below_floor then 'it would pass zero by ' || abs(v_posting.balance_after)
           when v_posting.deciding_shortfall then 'a decision cannot make a shortfall'
           when v_posting.deciding_cash then 'cash moves on a fact of bank or provider, never on a decision'
           when v_posting.broken_chain then 'its running balance or version does not follow'
           else 'no such entry, or recorded before the account''s last posting' end
      using errcode = case when v_posting.below_floor or v_posting.deciding_shortfall then 'MT003' else 'MT002' end,
            detail = json_build_object('account', v_posting.kind, 'missing', abs(v_posting.balance_after)::text)::text;
  end if;

  update ledger.accounts a
     set balance = a.balance + s.amount, version = a.version + s.postings, recorded_at = s.recorded_at
    from (select n.organisation_id, n.account_id, sum(n.amount)::bigint as amount, count(*) as postings,
                 max(e.recorded_at) as recorded_at
            from new_postings n
            join ledger.entries e on e.organisation_id = n.organisation_id and e.id = n.entry_id
           group by n.organisation_id, n.account_id) s
   where a.organisation_id = s.organisation_id and a.id = s.account_id;
  return null;
end
$$;
create trigger apply_postings after insert on ledger.postings
  referencing new table as new_postings
  for each statement execute function ledger.apply_postings();

-- Opens accounts where they do not exist yet and answers their ids, in the order asked. An account is found
-- by kind, subject and currency; every fund gets its shortfall account with it.
create function ledger.open_accounts(
  p_organisation_id int, p_kinds text[], p_subjects text[], p_pool_ids uuid[], p_currency text
) returns bigint[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_ids bigint[];
  v_wanted record;
  v_shortfall_id bigint;
begin
  for attempt in 1..2 loop
    select array_agg(a.id order by w.position) into v_ids
      from unnest(p_kinds, p_subjects) with ordinality w(kind, subject, position)
      left join ledger.accounts a on a.organisation_id = p_organisation_id and a.kind = w.kind
       and a.subject = w.subject and a.currency = p_currency;
    exit when array_position(v_ids, null) is null;
    for v_wanted in
      select distinct k.kind, k.side, k.floor, w.subject, w.pool_id
        from unnest(p_kinds, p_subjects, p_pool_ids) w(kind, subject, pool_id)
        join ledger.account_kinds k using (kind)
       order by k.kind, w.subject
    loop
      v_shortfall_id := null;
      if v_wanted.floor = 'shortfall' then
        insert into ledger.accounts (organisation_id, kind, side, floor, subject, pool_id, currency)
        values (p_organisation_id, 'shortfall', 'debit', 'zero', v_wanted.kind || ':' || v_wanted.subject,
                v_wanted.pool_id, p_currency)
        on conflict do nothing;
        select id into v_shortfall_id from ledger.accounts
         where organisation_id = p_organisation_id and kind = 'shortfall'
           and subject = v_wanted.kind || ':' || v_wanted.subject and currency = p_currency;
      end if;
      insert into ledger.accounts (organisation_id, kind, side, floor, subject, pool_id, currency, shortfall_id)
      values (p_organisation_id, v_wanted.kind, v_wanted.side, v_wanted.floor, v_wanted.subject, v_wanted.pool_id,
              p_currency, v_shortfall_id)
      on conflict do nothing;
    end loop;
  end loop;
  if array_position(v_ids, null) is not null then
    raise exception 'no such kind of account among %', p_kinds using errcode = 'MT002';
  end if;
  if exists (select from unnest(v_ids, p_pool_ids) w(id, pool_id)
               join ledger.accounts a on a.organisation_id = p_organisation_id and a.id = w.id
              where a.pool_id is distinct from w.pool_id) then
    raise exception 'an account belongs to another pool' using errcode = 'MT002';
  end if;
  return v_ids;
end
$$;

-- What an entry asked for, account by account: a shortfall is folded into its fund, so that an entry can be
-- compared with a request, or reversed, however much of it fell through to the shortfall at the time.
create function ledger.folded(p_organisation_id int, p_entry_id bigint)
returns table (account_id bigint, amount bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(fund.id, p.account_id), sum(p.amount)::bigint
    from ledger.postings p
    join ledger.accounts a on a.organisation_id = p.organisation_id and a.id = p.account_id
    left join ledger.accounts fund on a.kind = 'shortfall'
     and fund.organisation_id = p.organisation_id and fund.shortfall_id = p.account_id
   where p.organisation_id = p_organisation_id and p.entry_id = p_entry_id
   group by 1
  having sum(p.amount) <> 0
$$;
