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
   set last_entry_id = (select max(p.entry_id) from ledger.postings p
                         where p.organisation_id = a.organisation_id and p.account_id = a.id)
 where a.version > 0;
alter table ledger.accounts enable trigger guard_accounts;

-- A moment is one that every reader of an export can write down.
alter table ledger.entries add constraint entries_moments_are_finite
  check (isfinite(effective_at) and isfinite(recorded_at));

create or replace function ledger.guard_new_account() returns trigger
language plpgsql as $$
begin
  if new.balance <> 0 or new.version <> 0 or new.recorded_at is not null or new.last_entry_id is not null then
    raise exception 'a new account starts at zero' using errcode = 'MT001';
  end if;
  return new;
end
$$;

-- The heart of the ledger, whoever inserts: a statement's postings are whole, balanced entries of one nature and one
-- moment (ordinals 1..n, and their uniqueness, refuse a posting to an older entry). An account moves, here and
-- nowhere else, and only if its new postings go on where it stood, in version, balance, entry ids and time, and pass
-- no floor.
--
-- The settings leave bitmap scans, which need a key: a plan that was cached while entries and accounts were few must
-- not read them whole ever after.
create or replace function ledger.apply_postings() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off as $$
declare
  v_new record;
  v_moved record;
  v_broken record;
begin
  select count(*) as entries, count(e.id) as known, bool_and(n.whole) as whole, min(e.nature) as nature,
         max(e.nature) as other_nature, min(e.recorded_at) as recorded_at, max(e.recorded_at) as other_moment
    into v_new
    from (select organisation_id, entry_id,
                 ledger.total(amount) = 0 and count(*) > 1 and min(ordinal) = 1 and max(ordinal) = count(*) as whole
            from new_postings group by organisation_id, entry_id) n
    left join (select organisation_id, id, nature, recorded_at from ledger.entries
                where id between (select min(entry_id) from new_postings) and (select max(entry_id) from new_postings)
                  and organisation_id = any (array(select distinct organisation_id from new_postings))) e
      on e.organisation_id = n.organisation_id and e.id = n.entry_id;
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
    window account as (partition by n.organisation_id, n.account_id order by n.account_version)
  ), grown as materialized (
    select organisation_id, account_id, count(*) as postings, ledger.total(amount) as amount, max(amount) as largest,
           min(account_version) as first_version, min(balance_after - amount) filter (where follows is null) as before,
           min(balance_after) as lowest, max(balance_after) as highest, coalesce(bool_and(follows), true) as follows,
           min(entry_id) as first_entry_id, max(entry_id) as last_entry_id
      from chain group by organisation_id, account_id
  ), moved as (
    update ledger.accounts a
       set balance = a.balance + g.amount, version = a.version + g.postings, recorded_at = v_new.recorded_at,
           last_entry_id = g.last_entry_id
      from grown g
     where a.organisation_id = g.organisation_id and a.id = g.account_id
       and g.follows and g.first_version = a.version + 1 and g.before = a.balance
       and g.first_entry_id > coalesce(a.last_entry_id, 0) and v_new.recorded_at >= coalesce(a.recorded_at, '-infinity')
       and case when a.floor = 'none' then true when a.side = 'debit' then g.lowest >= 0 else g.highest <= 0 end
       and not (v_new.nature = 'decision' and
                (a.kind in ('stripe-pending', 'stripe-available', 'in-transit', 'bank') or a.kind = 'shortfall' and g.largest > 0))
    returning a.currency
  )
  select (select count(*) from grown) as wanted, count(*) as accounts, min(currency) as currency,
         max(currency) as other_currency
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

  if v_moved.currency <> v_moved.other_currency and exists (
    select from new_postings n join ledger.accounts a on a.organisation_id = n.organisation_id and a.id = n.account_id
     group by n.organisation_id, n.entry_id having min(a.currency) <> max(a.currency)) then
    raise exception 'an entry has one currency' using errcode = 'MT002';
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
set enable_seqscan = off as $$
declare
  v_ids bigint[];
  v_of_another_pool boolean;
begin
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
set enable_seqscan = off as $$
declare
  v_locked record;
  v_account_ids bigint[];
  v_balances bigint[];
  v_versions bigint[];
  v_shortfall_ids bigint[] := '{}';
  v_shortfall_balances bigint[];
  v_shortfall_versions bigint[];
  v_scarce boolean := false;
  v_recorded_at timestamptz;
  v_inserted int;
  v_items int[] := p_items;
  v_accounts int[] := p_accounts;
  v_amounts bigint[] := p_amounts;
begin
  -- Found or opened before any is locked, and then locked in one order everywhere, by id: so nobody who waits for an
  -- account holds one that somebody else waits for. A fund's shortfall moves only under its fund's lock.
  v_account_ids := ledger.open_accounts(p_organisation_id, p_account_kinds, p_subjects, p_pool_ids, p_currency);
  select array_agg(l.balance order by w.place) as balances, array_agg(l.version order by w.place) as versions,
         array_agg(l.shortfall_id order by w.place) as shortfall_ids, max(l.recorded_at) as recorded_at,
         bool_or(l.kind = 'shortfall') as shortfall_named, bool_or(l.shortfall_id is not null) as funds
    into v_locked
    from (select id, place from unnest(v_account_ids) with ordinality u(id, place) order by id) w
    cross join lateral (select a.* from ledger.accounts a
                         where a.organisation_id = p_organisation_id and a.id = w.id limit 1 for update) l;
  if v_locked.shortfall_named then
    raise exception 'a shortfall follows from its fund and is never posted by name' using errcode = 'MT002';
  end if;
  v_balances := v_locked.balances;
  v_versions := v_locked.versions;
  v_recorded_at := greatest(v_locked.recorded_at, clock_timestamp());
  if v_locked.funds then
    select array_agg(s.id order by s.id), array_agg(s.balance order by s.id), array_agg(s.version order by s.id),
           greatest(max(s.recorded_at), v_recorded_at), bool_or(s.balance > 0)
      into v_shortfall_ids, v_shortfall_balances, v_shortfall_versions, v_recorded_at, v_scarce
      from ledger.accounts s where s.organisation_id = p_organisation_id and s.id = any (v_locked.shortfall_ids);
  end if;

  -- New ids are taken under the accounts' locks, so that they ascend within each account.
  select array_agg(coalesce(e.id, nextval('ledger.entries_id_seq')) order by k.place),
         array_agg(k.place::int) filter (where e.id is not null)
    into entry_ids, already
    from unnest(p_keys) with ordinality k(key, place)
    left join lateral (select id from ledger.entries
                        where organisation_id = p_organisation_id and key = k.key limit 1) e on true;
  if already is not null then
    perform ledger.refuse_other_content(p_organisation_id, p_nature, p_keys, p_kinds, p_effective_at, p_reverses, p_items,
      ledger.picked(v_account_ids, p_accounts), p_amounts, entry_ids, already);
    select array_agg(t.item order by t.place), array_agg(t.account order by t.place), array_agg(t.amount order by t.place)
      into v_items, v_accounts, v_amounts
      from unnest(p_items, p_accounts, p_amounts) with ordinality t(item, account, amount, place)
     where t.item <> all (already);
  end if;
  if exists (select from unnest(p_reverses) r where r is not null) then
    perform ledger.refuse_crooked_reversal(p_organisation_id, p_keys, p_reverses, p_items,
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
    from unnest(entry_ids, p_kinds, p_keys, p_reverses, p_effective_at)
         with ordinality t(id, kind, key, reverses, effective_at, place)
   where already is null or t.place <> all (already);
  get diagnostics v_inserted = row_count;
  insert into ledger.postings (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
  select p_organisation_id, entry_ids[t.item], v_account_ids[t.account],
         v_versions[t.account] + row_number() over account, t.amount,
         v_balances[t.account] + ledger.total(t.amount) over account,
         row_number() over (partition by t.item order by t.place)
    from unnest(v_items, v_accounts, v_amounts) with ordinality t(item, account, amount, place)
  window account as (partition by t.account order by t.place rows unbounded preceding);

  if v_inserted <> (select count(*) from (select distinct t from unnest(v_items) t) items) then
    raise exception 'an entry without postings' using errcode = 'MT002';
  end if;
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
  if exists (select from unnest(p_amounts) amount where amount = 0) then
    raise exception 'a posting of nothing' using errcode = 'check_violation';
  end if;
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
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with named as (
    select array_agg(a.id) as ids, array_agg(a.kind) as kinds, array_agg(a.subject) as subjects,
           array_agg(a.pool_id) as pool_ids, min(a.currency) as currency
      from ledger.accounts a where a.organisation_id = p_organisation_id and a.id = any (p_accounts)
  ), posted as materialized (
    select p.entry_ids, p.already from named n, ledger.post_movements(
      p_organisation_id, p_nature, n.currency, p_keys, p_kinds, p_effective_at, p_reverses, n.kinds, n.subjects, n.pool_ids,
      p_items, (select array_agg(array_position(n.ids, t.id) order by t.place)
                  from unnest(p_accounts) with ordinality t(id, place)), p_amounts) p
  )
  select w.place::int, w.id, case when w.place = any (p.already) then 'already' else 'posted' end
    from posted p cross join unnest(p.entry_ids) with ordinality w(id, place)
$$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.post_movements to meent_app;
