-- Posting in one call and with less work: a batch names each account once and its postings point at it; the trigger
-- looks at each new row once. What was measured, and what was dropped, stands in src/ledger/README.md.

-- A sum of bigints that stays one: sum() goes by way of numeric, which costs as much as storing the row. Overflow is an
-- error, as everywhere.
create aggregate ledger.total(bigint) (
  sfunc = int8pl, stype = bigint, initcond = '0', combinefunc = int8pl, parallel = safe,
  msfunc = int8pl, minvfunc = int8mi, mstype = bigint, minitcond = '0'
);

-- Entry ids ascend within an account: they are taken while its row is locked. So the statement of an account, an
-- export and, later, the public log agree on one order without asking a clock.
alter table ledger.accounts add column last_entry_id bigint;
alter table ledger.accounts disable trigger guard_accounts;
update ledger.accounts a
   set last_entry_id = (select p.entry_id from ledger.postings p
                         where p.organisation_id = a.organisation_id and p.account_id = a.id and p.account_version = a.version)
 where a.version > 0;
alter table ledger.accounts enable trigger guard_accounts;

-- Partial, so that no plan takes it for a way to all accounts of an organisation.
drop index ledger.accounts_by_pool;
create index accounts_by_pool on ledger.accounts (organisation_id, pool_id) where pool_id is not null;

-- A moment is one that every reader of an export can write down.
alter table ledger.entries add constraint entries_moments_have_four_digits check (
  effective_at >= '0001-01-01 00:00:00+00' and effective_at < '9999-12-31 00:00:00+00'
  and recorded_at >= '0001-01-01 00:00:00+00' and recorded_at < '9999-12-31 00:00:00+00');

-- A fund falls through to its own shortfall and to no other account.
create or replace function ledger.guard_new_account() returns trigger
language plpgsql as $$
begin
  if new.balance <> 0 or new.version <> 0 or new.recorded_at is not null or new.last_entry_id is not null then
    raise exception 'a new account starts at zero' using errcode = 'MT001';
  end if;
  if new.shortfall_id is not null and not exists (
    select from ledger.accounts s
     where s.organisation_id = new.organisation_id and s.id = new.shortfall_id and s.kind = 'shortfall'
       and s.subject = new.kind || ':' || new.subject and s.currency = new.currency
       and s.pool_id is not distinct from new.pool_id) then
    raise exception 'a fund has a shortfall of its own' using errcode = 'MT002';
  end if;
  return new;
end
$$;

-- The heart of the ledger, whoever inserts: a statement's postings are whole, balanced entries of one organisation, one
-- nature and one moment (ordinals 1..n, and their uniqueness, refuse a posting to an older entry). An account moves, here and
-- nowhere else, and only if its new postings go on where it stood, in version, balance, entry ids and time, and pass
-- no floor.
--
-- The settings leave bitmap scans, which need a key: a plan that was cached while entries and accounts were few must
-- not read them whole ever after. And a plan is made once: for a single entry, planning takes longer than posting.
create or replace function ledger.apply_postings() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_new record;
  v_moved record;
  v_broken record;
begin
  select count(*) as entries, count(e.id) as known, bool_and(n.whole) as whole, min(e.nature) as nature,
         max(e.nature) as other_nature, min(e.recorded_at) as recorded_at, max(e.recorded_at) as other_moment,
         min(n.organisation_id) as organisation_id, count(e.reverses) as reversals
    into v_new
    from (select entry_id, min(organisation_id) as organisation_id,
                 ledger.total(amount) = 0 and count(*) > 1 and min(ordinal) = 1 and max(ordinal) = count(*) and min(organisation_id) = max(organisation_id) as whole
            from new_postings group by entry_id) n
    left join (select id, nature, recorded_at, reverses from ledger.entries
                where organisation_id = (select min(organisation_id) from new_postings)
                  and id between (select min(entry_id) from new_postings) and (select max(entry_id) from new_postings)) e
      on e.id = n.entry_id;
  if v_new.entries = 0 then
    return null;
  end if;
  if not v_new.whole or v_new.known < v_new.entries then
    select n.entry_id, sum(n.amount) as total, count(*) as postings, bool_or(e.id is not null) as known into v_broken
      from new_postings n left join ledger.entries e on e.organisation_id = n.organisation_id and e.id = n.entry_id
     group by n.organisation_id, n.entry_id
    having sum(n.amount) <> 0 or count(*) < 2 or min(n.ordinal) <> 1 or max(n.ordinal) <> count(*) or not bool_or(e.id is not null)
     limit 1;
    raise exception 'entry % is not whole: known %, % postings of this statement, sum %',
      v_broken.entry_id, v_broken.known, v_broken.postings, v_broken.total using errcode = 'MT002';
  end if;
  if v_new.nature <> v_new.other_nature or v_new.recorded_at <> v_new.other_moment then
    raise exception 'a statement posts entries of one nature and one moment' using errcode = 'MT002';
  end if;

  with chain as (
    select n.*, n.balance_after = n.amount + lag(n.balance_after) over account
                and n.account_version = 1 + lag(n.account_version) over account
                and n.entry_id >= lag(n.entry_id) over account as follows -- null for an account's first
      from new_postings n
    window account as (partition by n.account_id order by n.account_version)
  ), grown as materialized (
    select account_id, count(*) as postings, ledger.total(amount) as amount, max(amount) as largest,
           min(account_version) as first_version, min(balance_after - amount) filter (where follows is null) as before,
           min(balance_after) as lowest, max(balance_after) as highest, coalesce(bool_and(follows), true) as follows,
           min(entry_id) as first_entry_id, max(entry_id) as last_entry_id
      from chain group by account_id
  ), moved as (
    update ledger.accounts a
       set balance = a.balance + g.amount, version = a.version + g.postings, recorded_at = v_new.recorded_at,
           last_entry_id = g.last_entry_id
      from grown g
     where a.organisation_id = v_new.organisation_id and a.id = g.account_id
       and g.follows and g.first_version = a.version + 1 and g.before = a.balance
       and g.first_entry_id > coalesce(a.last_entry_id, 0) and v_new.recorded_at >= coalesce(a.recorded_at, '-infinity')
       and case when a.floor = 'none' then true when a.side = 'debit' then g.lowest >= 0 else g.highest <= 0 end
       and not (v_new.nature = 'decision' and
                (a.kind in ('stripe-pending', 'stripe-available', 'in-transit', 'bank') or a.kind = 'shortfall' and g.largest > 0))
    returning a.id, a.currency, a.balance, a.shortfall_id, a.kind
  )
  select (select count(*) from grown) as wanted, count(*) as accounts, min(currency) as currency,
         max(currency) as other_currency,
         array_agg(coalesce(shortfall_id, id)) filter (where balance <> 0 and (shortfall_id is not null or kind = 'shortfall'))
           as shortfall_ids
    into v_moved from moved;

  if v_moved.wanted <> v_moved.accounts then
    -- What did move has its last entry among these.
    select n.account_id, coalesce(a.kind, 'an unknown account') as kind,
           a.floor <> 'none' and max(case a.side when 'debit' then -n.balance_after else n.balance_after end) > 0 as floored,
           greatest(max(case a.side when 'debit' then -n.balance_after else n.balance_after end), 0) as missing,
           v_new.nature = 'decision' and a.kind = 'shortfall' and max(n.amount) > 0 as deciding_shortfall,
           v_new.nature = 'decision' and a.kind in ('stripe-pending', 'stripe-available', 'in-transit', 'bank') as deciding_cash,
           v_new.recorded_at < a.recorded_at as backwards
      into v_broken
      from new_postings n left join ledger.accounts a on a.organisation_id = n.organisation_id and a.id = n.account_id
     where not exists (select from new_postings m where m.organisation_id = a.organisation_id and m.account_id = a.id
                          and m.entry_id = a.last_entry_id)
     group by n.organisation_id, n.account_id, a.kind, a.floor, a.recorded_at
     order by floored desc nulls last, deciding_shortfall desc nulls last limit 1;
    raise exception 'a posting to % (%) is refused: %', v_broken.kind, v_broken.account_id,
      case when v_broken.floored then 'it would pass zero by ' || v_broken.missing
           when v_broken.deciding_shortfall then 'a decision cannot make a shortfall'
           when v_broken.deciding_cash then 'cash moves on a fact of bank or provider, never on a decision'
           when v_broken.backwards then 'recorded before the account''s last posting'
           else 'its version, balance or entry does not follow the one before' end
      using errcode = case when v_broken.floored or v_broken.deciding_shortfall then 'MT003' else 'MT002' end,
            detail = json_build_object('account', v_broken.kind, 'missing', v_broken.missing::text)::text;
  end if;

  -- A fund and its shortfall are one position: whatever comes in repays the shortfall first.
  if v_moved.shortfall_ids is not null then
    if exists (select from ledger.accounts s
              where s.organisation_id = v_new.organisation_id and s.id = any (v_moved.shortfall_ids) and s.balance <> 0 and s.kind = 'shortfall'
                and exists (select from ledger.accounts f
                             where f.organisation_id = s.organisation_id and f.kind = split_part(s.subject, ':', 1)
                               and f.subject = substr(s.subject, strpos(s.subject, ':') + 1) and f.currency = s.currency
                               and f.balance <> 0)) then
      raise exception 'a fund cannot have money and a shortfall at once' using errcode = 'MT002';
    end if;
  end if;

  -- A correction is the exact mirror of one entry. (That it is made once, is an index.)
  if v_new.reversals > 0 then
    if exists (
    select from new_postings n
      join ledger.entries e on e.organisation_id = n.organisation_id and e.id = n.entry_id
     where n.ordinal = 1 and e.reverses is not null
       and (exists (select account_id, -amount from ledger.folded(e.organisation_id, e.id)
                    except select account_id, amount from ledger.folded(e.organisation_id, e.reverses))
         or exists (select account_id, amount from ledger.folded(e.organisation_id, e.reverses)
                    except select account_id, -amount from ledger.folded(e.organisation_id, e.id))
         or exists (select from ledger.entries r
                     where r.organisation_id = e.organisation_id and r.id = e.reverses and r.reverses is not null))) then
      raise exception 'a reversing entry must mirror the entry that it reverses' using errcode = 'MT004';
    end if;
  end if;

  if v_moved.currency <> v_moved.other_currency then
    if exists (
    select from new_postings n join ledger.accounts a on a.organisation_id = n.organisation_id and a.id = n.account_id
     group by n.organisation_id, n.entry_id having min(a.currency) <> max(a.currency)) then
      raise exception 'an entry has one currency' using errcode = 'MT002';
    end if;
  end if;
  return null;
end
$$;

-- Opens accounts where they do not exist yet and answers their ids, in the order asked. An account is found by kind,
-- subject and currency; every fund gets its shortfall account with it. Always in the same order, so that two who open
-- the same ones wait for each other and no more.
create or replace function ledger.open_accounts(
  p_organisation_id int, p_kinds text[], p_subjects text[], p_pool_ids uuid[], p_currency text
) returns bigint[]
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_ids bigint[];
  v_of_another_pool boolean;
begin
  if 'shortfall' = any (p_kinds) or (cardinality(p_kinds), cardinality(p_pool_ids))
                                     is distinct from (cardinality(p_subjects), cardinality(p_subjects)) then
    raise exception 'an account has a kind, a subject and a pool or none; a shortfall follows from its fund'
      using errcode = 'MT002';
  end if;
  for attempt in 1..2 loop
    select array_agg(a.id order by w.place), bool_or(a.id is not null and a.pool_id is distinct from w.pool_id)
      into v_ids, v_of_another_pool
      from unnest(p_kinds, p_subjects, p_pool_ids) with ordinality w(kind, subject, pool_id, place)
      left join lateral (select id, pool_id from ledger.accounts
                          where organisation_id = p_organisation_id and kind = w.kind and subject = w.subject
                            and currency = p_currency limit 1) a on true;
    exit when array_position(v_ids, null) is null or attempt = 2;

    insert into ledger.accounts (organisation_id, kind, side, floor, subject, pool_id, currency)
    select distinct on (5) p_organisation_id, 'shortfall', 'debit', 'zero', w.kind || ':' || w.subject, w.pool_id, p_currency
      from unnest(v_ids, p_kinds, p_subjects, p_pool_ids) w(id, kind, subject, pool_id)
      join ledger.account_kinds k on k.kind = w.kind and k.floor = 'shortfall'
     where w.id is null order by 5
    on conflict do nothing;

    insert into ledger.accounts (organisation_id, kind, side, floor, subject, pool_id, currency, shortfall_id)
    select distinct on (k.kind, w.subject)
           p_organisation_id, k.kind, k.side, k.floor, w.subject, w.pool_id, p_currency, s.id
      from unnest(v_ids, p_kinds, p_subjects, p_pool_ids) w(id, kind, subject, pool_id)
      join ledger.account_kinds k on k.kind = w.kind
      left join lateral (select id from ledger.accounts
                          where k.floor = 'shortfall' and organisation_id = p_organisation_id and kind = 'shortfall'
                            and subject = k.kind || ':' || w.subject and currency = p_currency limit 1) s on true
     where w.id is null order by k.kind, w.subject
    on conflict do nothing;
  end loop;
  if array_position(v_ids, null) is not null then
    raise exception 'no such kind of account among %', p_kinds using errcode = 'MT002';
  end if;
  if v_of_another_pool then
    raise exception 'an account belongs to another pool' using errcode = 'MT002';
  end if;
  return v_ids;
end
$$;

-- The only writer of the ledger. All or nothing: a batch of entries, each under its own key, in one transaction.
--
-- p_keys, p_kinds, p_effective_at, p_reverses describe the entries; p_account_kinds, p_subjects and p_pool_ids name each
-- account once, and one that is not there yet is opened; p_items and p_accounts (1-based indexes into those two) and
-- p_amounts (debit positive) are the postings, in order. Answers the entries' ids, and the indexes of those that were
-- there already with the same content.
--
-- Refusals: MT002 malformed or unbalanced, MT003 a decision or debt passes zero (detail: account and missing
-- amount), MT004 the key exists with other content or a reversal does not mirror its entry.
-- 23505 on the key, 40001 and 40P01 mean: somebody else was at it at the same moment; call again.
create function ledger.post_movements(
  p_organisation_id int, p_nature text, p_currency text,
  p_keys text[], p_kinds text[], p_effective_at timestamptz[], p_reverses bigint[],
  p_account_kinds text[], p_subjects text[], p_pool_ids uuid[],
  p_items int[], p_accounts int[], p_amounts bigint[],
  out entry_ids bigint[], out already int[]
)
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_sound boolean;
  v_locked record;
  v_account_ids bigint[];
  v_balances bigint[];
  v_versions bigint[];
  v_shortfall_ids bigint[] := '{}';
  v_shortfall_balances bigint[];
  v_shortfall_versions bigint[];
  v_scarce boolean := false;
  v_recorded_at timestamptz;
  v_fresh boolean[];
  v_items int[] := p_items;
  v_accounts int[] := p_accounts;
  v_amounts bigint[] := p_amounts;
begin
  select count(distinct t.item) = cardinality(p_keys)
         and bool_and(t.item between 1 and cardinality(p_keys) and t.account between 1 and cardinality(p_subjects)
                      and t.amount <> 0 and num_nulls(t.item, t.account, t.amount) = 0)
    into v_sound from unnest(p_items, p_accounts, p_amounts) t(item, account, amount);
  if v_sound is distinct from true or p_nature is null or p_currency is null or p_organisation_id is null
     or array_position(p_keys, null) is not null or array_position(p_kinds, null) is not null
     or array_position(p_effective_at, null) is not null
     or array_position(p_account_kinds, null) is not null or array_position(p_subjects, null) is not null
     or (cardinality(p_kinds), cardinality(p_effective_at), cardinality(p_reverses))
        is distinct from (cardinality(p_keys), cardinality(p_keys), cardinality(p_keys))
     or (cardinality(p_account_kinds), cardinality(p_pool_ids))
        is distinct from (cardinality(p_subjects), cardinality(p_subjects)) then
    raise exception 'a batch says of each entry its key, kind, time and postings, of each account its kind, subject and pool, and posts no nothing'
      using errcode = 'MT002';
  end if;

  -- Found or opened before any is locked, and then locked in one order everywhere, by id: so nobody who waits for an
  -- account holds one that somebody else waits for. A fund's shortfall comes after all funds, and moves only under its fund's lock.
  v_account_ids := ledger.open_accounts(p_organisation_id, p_account_kinds, p_subjects, p_pool_ids, p_currency);
  select array_agg(l.balance order by w.place) as balances, array_agg(l.version order by w.place) as versions,
         array_agg(l.shortfall_id order by w.place) as shortfall_ids, max(l.recorded_at) as recorded_at,
         count(distinct l.id) as accounts, bool_or(l.shortfall_id is not null) as funds
    into v_locked
    from (select id, place from unnest(v_account_ids) with ordinality u(id, place) order by id) w
    cross join lateral (select a.* from ledger.accounts a
                         where a.organisation_id = p_organisation_id and a.id = w.id limit 1 for update) l;
  if v_locked.accounts <> cardinality(p_subjects) then
    raise exception 'a batch names each account once' using errcode = 'MT002';
  end if;
  v_balances := v_locked.balances;
  v_versions := v_locked.versions;
  v_recorded_at := greatest(v_locked.recorded_at, clock_timestamp());
  if v_locked.funds then
    select array_agg(s.id order by s.id), array_agg(s.balance order by s.id), array_agg(s.version order by s.id),
           greatest(max(s.recorded_at), v_recorded_at), bool_or(s.balance > 0)
      into v_shortfall_ids, v_shortfall_balances, v_shortfall_versions, v_recorded_at, v_scarce
      -- Locked as well: a fact on an empty fund moves its shortfall alone, and who reads by an older snapshot must see that.
      from (select * from ledger.accounts where organisation_id = p_organisation_id and id = any (v_locked.shortfall_ids)
             order by id for update) s;
  end if;

  -- New ids are taken under the accounts' locks, so that they ascend within each account.
  select array_agg(coalesce(e.id, nextval('ledger.entries_id_seq')) order by k.place),
         array_agg(k.place::int) filter (where e.id is not null), array_agg(e.id is null order by k.place)
    into entry_ids, already, v_fresh
    from unnest(p_keys) with ordinality k(key, place)
    left join lateral (select id from ledger.entries
                        where organisation_id = p_organisation_id and key = k.key limit 1) e on true;
  if already is not null then
    perform ledger.refuse_other_content(p_organisation_id, p_nature, p_keys, p_kinds, p_effective_at, p_reverses, p_items,
      ledger.picked(v_account_ids, p_accounts), p_amounts, entry_ids, already);
    select array_agg(t.item order by t.place), array_agg(t.account order by t.place), array_agg(t.amount order by t.place)
      into v_items, v_accounts, v_amounts
      from unnest(p_items, p_accounts, p_amounts) with ordinality t(item, account, amount, place)
     where v_fresh[t.item];
  end if;
  if cardinality(array_remove(p_reverses, null)) > 0 then
    perform ledger.refuse_crooked_reversals(p_organisation_id, p_keys, p_reverses, p_items,
      ledger.picked(v_account_ids, p_accounts), p_amounts);
  end if;

  -- A fund that might not bear its debits, or that has a shortfall to repay first.
  if v_scarce or v_locked.funds and exists (
    select from unnest(v_accounts, v_amounts) t(account, amount)
     where t.amount > 0 and v_locked.shortfall_ids[t.account] is not null
     group by t.account having v_balances[t.account] + ledger.total(t.amount) > 0) then
    v_account_ids := v_account_ids || v_shortfall_ids;
    v_balances := v_balances || v_shortfall_balances;
    v_versions := v_versions || v_shortfall_versions;
    select s.items, s.accounts, s.amounts into v_items, v_accounts, v_amounts
      from ledger.through_shortfall(p_nature, v_items, v_accounts, v_amounts, v_balances, p_account_kinds,
        (select array_agg(cardinality(p_subjects) + array_position(v_shortfall_ids, f.id) order by f.place)
           from unnest(v_locked.shortfall_ids) with ordinality f(id, place))) s;
  end if;

  -- The insert claims the keys.
  insert into ledger.entries (organisation_id, id, kind, nature, key, reverses, effective_at, recorded_at)
  overriding system value
  select p_organisation_id, t.id, t.kind, p_nature, t.key, t.reverses, t.effective_at, v_recorded_at
    from unnest(entry_ids, p_kinds, p_keys, p_reverses, p_effective_at, v_fresh)
         t(id, kind, key, reverses, effective_at, fresh)
   where t.fresh;
  insert into ledger.postings (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
  select p_organisation_id, entry_ids[t.item], v_account_ids[t.account],
         v_versions[t.account] + row_number() over account, t.amount,
         v_balances[t.account] + ledger.total(t.amount) over account,
         row_number() over (partition by t.item order by t.place)
    from unnest(v_items, v_accounts, v_amounts) with ordinality t(item, account, amount, place)
  window account as (partition by t.account order by t.place rows unbounded preceding);
end
$$;

-- A fund and its shortfall are one signed position n that never shows both: fund = max(n, 0),
-- shortfall = max(-n, 0). So a fact beyond the fund lands in the shortfall, and whatever comes in repays the
-- shortfall first. A decision that would make n negative is refused, with the amount that is missing.
-- p_shortfalls: of each account, the index of its shortfall among p_balances; null where it is no fund.
create function ledger.through_shortfall(
  p_nature text, p_items int[], p_accounts int[], p_amounts bigint[], p_balances bigint[], p_kinds text[], p_shortfalls int[],
  out items int[], out accounts int[], out amounts bigint[]
)
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_missing record;
begin
  select array_agg(x.item order by x.place, x.leg), array_agg(x.account order by x.place, x.leg),
         array_agg(x.amount order by x.place, x.leg)
    into items, accounts, amounts
    from (
      select w.item, w.place, leg.leg, leg.account, leg.amount
        from (select t.*, p_shortfalls[t.account] as shortfall,
                     -p_balances[t.account] - coalesce(p_balances[p_shortfalls[t.account]], 0)
                       - ledger.total(t.amount) over (partition by t.account order by t.place) as after
                from unnest(p_items, p_accounts, p_amounts) with ordinality t(item, account, amount, place)) w
        cross join lateral (values
          (1, w.account, case when w.shortfall is null then w.amount
                              else greatest(w.after + w.amount, 0) - greatest(w.after, 0) end),
          (2, w.shortfall, case when w.shortfall is null then 0
                                else greatest(-w.after, 0) - greatest(-(w.after + w.amount), 0) end)
        ) leg(leg, account, amount)
       where leg.amount <> 0
    ) x;

  if p_nature = 'decision' then
    select p_kinds[w.account] as kind, max(-w.after) as missing into v_missing
      from (select t.account, t.amount,
                   -p_balances[t.account] - p_balances[p_shortfalls[t.account]]
                     - ledger.total(t.amount) over (partition by t.account order by t.place) as after
              from unnest(p_accounts, p_amounts) with ordinality t(account, amount, place)) w
     where w.amount > 0 and w.after < 0
     group by 1 limit 1;
    if found then
      raise exception 'a decision cannot take % below zero', v_missing.kind
        using errcode = 'MT003',
              detail = json_build_object('account', v_missing.kind, 'missing', v_missing.missing::text)::text;
    end if;
  end if;
end
$$;
drop function ledger.through_shortfall(int, text, int[], bigint[], bigint[]);

-- What entries asked for, account by account: a shortfall is folded into its fund, so that an entry can be compared with
-- a request, or reversed, however much of it fell through to the shortfall at the time.
create function ledger.folded_entries(p_organisation_id int, p_entry_ids bigint[])
returns table (entry_id bigint, account_id bigint, amount bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.entry_id, coalesce(fund.id, p.account_id), ledger.total(p.amount)
    from unnest(p_entry_ids) e(id)
    join ledger.postings p on p.organisation_id = p_organisation_id and p.entry_id = e.id
    join ledger.accounts a on a.organisation_id = p_organisation_id and a.id = p.account_id
    left join lateral (
      -- the shortfall's subject is `kind:subject` of its fund
      select f.id from ledger.accounts f
       where a.kind = 'shortfall' and f.organisation_id = p_organisation_id and f.kind = split_part(a.subject, ':', 1)
         and f.subject = substr(a.subject, strpos(a.subject, ':') + 1) and f.currency = a.currency) fund on true
   group by 1, 2
  having ledger.total(p.amount) <> 0
$$;

create or replace function ledger.folded(p_organisation_id int, p_entry_id bigint)
returns table (account_id bigint, amount bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.account_id, f.amount from ledger.folded_entries(p_organisation_id, array[p_entry_id]) f
$$;

-- Keys that exist already must stand for the very same entries. p_existing: their indexes; p_accounts: an id a posting.
create or replace function ledger.refuse_other_content(
  p_organisation_id int, p_nature text, p_keys text[], p_kinds text[], p_effective_at timestamptz[], p_reverses bigint[],
  p_items int[], p_accounts bigint[], p_amounts bigint[], p_entry_ids bigint[], p_existing int[]
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_key text;
begin
  with known as (
    select k.* from unnest(p_keys, p_kinds, p_effective_at, p_reverses, p_entry_ids)
                    with ordinality k(key, kind, effective_at, reverses, entry_id, place)
      join unnest(p_existing) p(place) on p.place = k.place
  ), asked as (
    select k.entry_id, t.account as account_id, ledger.total(t.amount) as amount
      from unnest(p_items, p_accounts, p_amounts) t(item, account, amount) join known k on k.place = t.item
     group by 1, 2 having ledger.total(t.amount) <> 0
  ), different as (
    select coalesce(asked.entry_id, stored.entry_id) as entry_id
      from asked full join ledger.folded_entries(p_organisation_id, (select array_agg(entry_id) from known)) stored
        on stored.entry_id = asked.entry_id and stored.account_id = asked.account_id
     where asked.amount is distinct from stored.amount
    union all
    select e.id from known k join ledger.entries e on e.organisation_id = p_organisation_id and e.id = k.entry_id
     where (e.kind, e.nature, e.effective_at, e.reverses) is distinct from (k.kind, p_nature, k.effective_at, k.reverses)
  )
  select k.key into v_key from known k join different d on d.entry_id = k.entry_id limit 1;
  if found then
    raise exception 'the key % exists with other content', v_key using errcode = 'MT004';
  end if;
end
$$;

-- A reversing entry mirrors an entry of the same organisation that is not itself a reversal, and was not reversed yet.
create function ledger.refuse_crooked_reversals(
  p_organisation_id int, p_keys text[], p_reverses bigint[], p_items int[], p_accounts bigint[], p_amounts bigint[]
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_reversed bigint;
begin
  with wanted as (
    select r.* from unnest(p_keys, p_reverses) with ordinality r(key, reversed, place) where r.reversed is not null
  ), asked as (
    select w.reversed, t.account as account_id, -ledger.total(t.amount) as amount
      from unnest(p_items, p_accounts, p_amounts) t(item, account, amount) join wanted w on w.place = t.item
     group by 1, 2 having ledger.total(t.amount) <> 0
  ), crooked as (
    select coalesce(asked.reversed, stored.entry_id) as reversed
      from asked full join ledger.folded_entries(p_organisation_id, (select array_agg(distinct reversed) from wanted)) stored
        on stored.entry_id = asked.reversed and stored.account_id = asked.account_id
     where asked.amount is distinct from stored.amount
    union all
    select w.reversed from wanted w
      left join ledger.entries e on e.organisation_id = p_organisation_id and e.id = w.reversed
     where e.id is null or e.reverses is not null
    union all
    select w.reversed from wanted w
      join ledger.entries earlier on earlier.organisation_id = p_organisation_id and earlier.reverses = w.reversed
     where earlier.key <> w.key
    union all
    select reversed from wanted group by reversed having count(*) > 1
  )
  select reversed into v_reversed from crooked limit 1;
  if found then
    raise exception 'a reversing entry must mirror entry %, once', v_reversed using errcode = 'MT004';
  end if;
end
$$;

drop function ledger.refuse_crooked_reversal(int, text[], bigint[], int[], bigint[], bigint[]);

-- The account id of each posting.
create function ledger.picked(p_ids bigint[], p_indexes int[]) returns bigint[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array_agg(p_ids[t.index] order by t.place) from unnest(p_indexes) with ordinality t(index, place)
$$;

-- As the release before this one calls it, with the id of an account in every posting.
create or replace function ledger.post(
  p_organisation_id int, p_nature text,
  p_keys text[], p_kinds text[], p_effective_at timestamptz[], p_reverses bigint[],
  p_items int[], p_accounts bigint[], p_amounts bigint[]
) returns table (item int, entry_id bigint, outcome text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_named record;
begin
  select array_agg(a.id) as ids, array_agg(a.kind) as kinds, array_agg(a.subject) as subjects,
         array_agg(a.pool_id) as pool_ids, min(a.currency) as currency, max(a.currency) as other_currency
    into v_named
    from ledger.accounts a where a.organisation_id = p_organisation_id and a.id = any (p_accounts);
  if v_named.currency <> v_named.other_currency
     or cardinality(v_named.ids) is distinct from (select count(distinct id) from unnest(p_accounts) id) then
    raise exception 'no such account, or accounts of several currencies' using errcode = 'MT002';
  end if;
  return query
    select w.place::int, w.id, case when w.place = any (p.already) then 'already' else 'posted' end
      from ledger.post_movements(
             p_organisation_id, p_nature, v_named.currency, p_keys, p_kinds, p_effective_at, p_reverses,
             v_named.kinds, v_named.subjects, v_named.pool_ids, p_items,
             (select array_agg(array_position(v_named.ids, t.id) order by t.place)
                from unnest(p_accounts) with ordinality t(id, place)), p_amounts) p
      cross join unnest(p.entry_ids) with ordinality w(id, place);
end
$$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.post_movements to meent_app;
