-- The only writer of the ledger. All or nothing: a batch of entries, each under its own key, in one transaction.
--
-- p_keys, p_kinds, p_effective_at, p_reverses describe the entries; p_items (1-based index into them), p_accounts
-- and p_amounts (debit positive) their postings, in order. Answers for each entry its id and whether it was
-- 'posted' now or 'already' there with the same content.
--
-- Refusals: MT002 malformed or unbalanced, MT003 a decision or debt passes zero (detail: account and missing
-- amount), MT004 the key exists with other content or a reversal does not mirror its entry.
-- 23505 on the key, 40001 and 40P01 mean: somebody else was at it at the same moment; call again.
create function ledger.post(
  p_organisation_id int, p_nature text,
  p_keys text[], p_kinds text[], p_effective_at timestamptz[], p_reverses bigint[],
  p_items int[], p_accounts bigint[], p_amounts bigint[]
) returns table (item int, entry_id bigint, outcome text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_recorded_at timestamptz;
  v_scarce boolean;
  v_entry_ids bigint[];
  v_existing int[];
  v_items int[] := p_items;
  v_accounts bigint[] := p_accounts;
  v_amounts bigint[] := p_amounts;
begin
  if exists (select from unnest(p_amounts) amount where amount = 0) then
    raise exception 'a posting of nothing' using errcode = 'check_violation';
  end if;
  if exists (select from ledger.accounts a where a.organisation_id = p_organisation_id and a.id = any (p_accounts)
                and a.kind = 'shortfall') then
    raise exception 'a shortfall follows from its fund and is never posted by name' using errcode = 'MT002';
  end if;

  -- One locking order everywhere: account rows by id. A fund's shortfall is locked with it.
  with touched as (
    select t.account, coalesce(sum(t.amount) filter (where t.amount > 0), 0) as debits
      from unnest(p_accounts, p_amounts) t(account, amount) group by t.account
  ), locked as materialized (
    select a.id, a.balance, a.recorded_at, a.shortfall_id from ledger.accounts a
     where a.organisation_id = p_organisation_id
       and a.id in (select account from touched
                    union select f.shortfall_id from ledger.accounts f join touched on f.id = touched.account
                           where f.organisation_id = p_organisation_id)
     order by a.id for update
  )
  select greatest(max(l.recorded_at), clock_timestamp()),
         -- a fund in the batch that might not bear its debits, or that has a shortfall to repay first
         coalesce(bool_or(l.shortfall_id is not null and (s.balance > 0 or l.balance + t.debits > 0)), false)
    into v_recorded_at, v_scarce
    from locked l left join touched t on t.account = l.id left join locked s on s.id = l.shortfall_id;

  select array_agg(e.id order by k.position), array_agg(k.position::int) filter (where e.id is not null)
    into v_entry_ids, v_existing
    from unnest(p_keys) with ordinality k(key, position)
    left join ledger.entries e on e.organisation_id = p_organisation_id and e.key = k.key;

  if v_existing is not null then
    perform ledger.refuse_other_content(p_organisation_id, p_nature, p_keys, p_kinds, p_effective_at, p_reverses,
      p_items, p_accounts, p_amounts, v_entry_ids, v_existing);
    select array_agg(t.item order by t.position), array_agg(t.account order by t.position),
           array_agg(t.amount order by t.position)
      into v_items, v_accounts, v_amounts
      from unnest(p_items, p_accounts, p_amounts) with ordinality t(item, account, amount, position)
     where t.item <> all (v_existing);
  end if;
  if exists (select from unnest(p_reverses) r where r is not null) then
    perform ledger.refuse_crooked_reversal(p_organisation_id, p_keys, p_reverses, p_items, p_accounts, p_amounts);
  end if;
  if v_scarce then
    select s.items, s.accounts, s.amounts into v_items, v_accounts, v_amounts
      from ledger.through_shortfall(p_organisation_id, p_nature, v_items, v_accounts, v_amounts) s;
  end if;

  select array_agg(coalesce(t.id, nextval('ledger.entries_id_seq')) order by t.position) into v_entry_ids
    from unnest(v_entry_ids) with ordinality t(id, position);
  insert into ledger.entries (organisation_id, id, kind, nature, key, reverses, effective_at, recorded_at)
  overriding system value
  select p_organisation_id, t.id, t.kind, p_nature, t.key, t.reverses, t.effective_at, v_recorded_at
    from unnest(v_entry_ids, p_kinds, p_keys, p_reverses, p_effective_at)
         with ordinality t(id, kind, key, reverses, effective_at, position)
   where v_existing is null or t.position <> all (v_existing);

  insert into ledger.postings
    (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
  select p_organisation_id, v_entry_ids[t.item], t.account,
         coalesce(a.version, 0) + row_number() over by_account, t.amount,
         coalesce(a.balance, 0) + sum(t.amount) over by_account,
         row_number() over (partition by t.item order by t.position)
    from unnest(v_items, v_accounts, v_amounts) with ordinality t(item, account, amount, position)
    left join ledger.accounts a on a.organisation_id = p_organisation_id and a.id = t.account
  window by_account as (partition by t.account order by t.position);

  if cardinality(p_keys) - coalesce(cardinality(v_existing), 0) <> (select count(distinct t) from unnest(v_items) t) then
    raise exception 'an entry without postings' using errcode = 'MT002';
  end if;

  return query
    select t.position::int, t.id, case when t.position = any (v_existing) then 'already' else 'posted' end
      from unnest(v_entry_ids) with ordinality t(id, position);
end
$$;

-- A key that exists already must stand for the very same entry.
create function ledger.refuse_other_content(
  p_organisation_id int, p_nature text, p_keys text[], p_kinds text[], p_effective_at timestamptz[],
  p_reverses bigint[], p_items int[], p_accounts bigint[], p_amounts bigint[], p_entry_ids bigint[], p_existing int[]
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_key text;
begin
  select e.key into v_key
    from unnest(p_existing) i(item)
    join ledger.entries e on e.organisation_id = p_organisation_id and e.id = p_entry_ids[i.item]
   where e.kind <> p_kinds[i.item] or e.nature <> p_nature or e.effective_at <> p_effective_at[i.item]
      or e.reverses is distinct from p_reverses[i.item]
      or exists (
        (select t.account, sum(t.amount)::bigint from unnest(p_items, p_accounts, p_amounts) t(item, account, amount)
          where t.item = i.item group by t.account having sum(t.amount) <> 0)
        except select f.account_id, f.amount from ledger.folded(p_organisation_id, e.id) f)
      or exists (
        select f.account_id, f.amount from ledger.folded(p_organisation_id, e.id) f
        except
        (select t.account, sum(t.amount)::bigint from unnest(p_items, p_accounts, p_amounts) t(item, account, amount)
          where t.item = i.item group by t.account having sum(t.amount) <> 0))
   limit 1;
  if found then
    raise exception 'the key % exists with other content', v_key using errcode = 'MT004';
  end if;
end
$$;

-- A reversing entry mirrors an entry of the same organisation that is not itself a reversal, and was not reversed yet.
create function ledger.refuse_crooked_reversal(
  p_organisation_id int, p_keys text[], p_reverses bigint[], p_items int[], p_accounts bigint[], p_amounts bigint[]
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_reversed bigint;
begin
  select r.reversed into v_reversed
    from unnest(p_reverses) with ordinality r(reversed, item)
    left join ledger.entries e on e.organisation_id = p_organisation_id and e.id = r.reversed
   where r.reversed is not null and (
         e.id is null or e.reverses is not null
      or exists (select from ledger.entries earlier where earlier.organisation_id = p_organisation_id
                    and earlier.reverses = r.reversed and earlier.key <> p_keys[r.item])
      or exists (
        (select t.account, -sum(t.amount)::bigint from unnest(p_items, p_accounts, p_amounts) t(item, account, amount)
          where t.item = r.item group by t.account)
        except select f.account_id, f.amount from ledger.folded(p_organisation_id, e.id) f)
      or exists (
        select f.account_id, f.amount from ledger.folded(p_organisation_id, e.id) f
        except
        (select t.account, -sum(t.amount)::bigint from unnest(p_items, p_accounts, p_amounts) t(item, account, amount)
          where t.item = r.item group by t.account)))
   limit 1;
  if found then
    raise exception 'a reversing entry must mirror entry %, once', v_reversed using errcode = 'MT004';
  end if;
end
$$;

-- A fund and its shortfall are one signed position n that never shows both: fund = max(n, 0),
-- shortfall = max(-n, 0). So a fact beyond the fund lands in the shortfall, and whatever comes in repays the
-- shortfall first. A decision that would make n negative is refused, with the amount that is missing.
create function ledger.through_shortfall(
  p_organisation_id int, p_nature text, p_items int[], p_accounts bigint[], p_amounts bigint[],
  out items int[], out accounts bigint[], out amounts bigint[]
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_missing record;
begin
  if p_nature = 'decision' then
    select w.kind, max(-w.position_after) as missing into v_missing
      from (select a.kind, t.amount,
                   -a.balance - s.balance - sum(t.amount) over (partition by a.id order by t.position) as position_after
              from unnest(p_accounts, p_amounts) with ordinality t(account, amount, position)
              join ledger.accounts a on a.organisation_id = p_organisation_id and a.id = t.account
              join ledger.accounts s on s.organisation_id = p_organisation_id and s.id = a.shortfall_id) w
     where w.amount > 0 and w.position_after < 0
     group by w.kind limit 1;
    if found then
      raise exception 'a decision cannot take % below zero', v_missing.kind
        using errcode = 'MT003',
              detail = json_build_object('account', v_missing.kind, 'missing', v_missing.missing::text)::text;
    end if;
  end if;

  select array_agg(x.item order by x.position, x.leg), array_agg(x.account order by x.position, x.leg),
         array_agg(x.amount order by x.position, x.leg)
    into items, accounts, amounts
    from (
      select w.item, w.position, leg.leg, leg.account, leg.amount
        from (select t.item, t.account, t.amount, t.position, a.shortfall_id,
                     -a.balance - coalesce(s.balance, 0)
                       - sum(t.amount) over (partition by t.account order by t.position) as after
                from unnest(p_items, p_accounts, p_amounts) with ordinality t(item, account, amount, position)
                left join ledger.accounts a on a.organisation_id = p_organisation_id and a.id = t.account
                left join ledger.accounts s on s.organisation_id = p_organisation_id and s.id = a.shortfall_id) w
        cross join lateral (values
          (1, w.account, case when w.shortfall_id is null then w.amount
                              else greatest(w.after + w.amount, 0) - greatest(w.after, 0) end),
          (2, w.shortfall_id, case when w.shortfall_id is null then 0
                                   else greatest(-w.after, 0) - greatest(-(w.after + w.amount), 0) end)
        ) leg(leg, account, amount)
       where leg.amount <> 0
    ) x;
end
$$;

revoke all on all functions in schema ledger from public;
grant select on all tables in schema ledger to meent_app;
grant execute on function ledger.post, ledger.open_accounts, ledger.folded to meent_app;
