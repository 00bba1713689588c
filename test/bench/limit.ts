// The limit of every posting bench, written down before anything was made faster: the smallest SQL that stores the same
// rows with the same keys, indexes and balances. It knows no law, checks nothing, and finds its accounts by position.

import pg from 'pg'

const tables = `
  create schema limited;
  create table limited.accounts (like ledger.accounts including all);
  create table limited.entries (like ledger.entries including all);
  create table limited.postings (like ledger.postings including all)`

/** Moves the accounts by what `posting` returned. */
const moved = `
  update limited.accounts a set balance = a.balance + s.amount, version = a.version + s.postings, recorded_at = now()
    from (select account_id, sum(amount)::bigint as amount, count(*) as postings from posting group by account_id) s
   where a.organisation_id = 1 and a.id = s.account_id`

/** $1 key prefix, $2 number of entries: accounts 1 and 2 are the hot pair. */
export const hotBatch = `
  with account as (
    select organisation_id, id, balance, version, case id when 1 then 1 else -1 end as sign
      from limited.accounts where organisation_id = 1 and id in (1, 2) order by id for update
  ), entry as (
    insert into limited.entries (organisation_id, kind, nature, key, effective_at, recorded_at)
    select 1, 'transfer-received', 'fact', $1 || n, now(), clock_timestamp() from generate_series(1, $2::int) n
    returning organisation_id, id
  ), posting as (
    insert into limited.postings
      (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
    select 1, e.id, a.id, a.version + row_number() over w, a.sign * 2500,
           a.balance + sum(a.sign * 2500) over w, case a.sign when 1 then 1 else 2 end
      from entry e cross join account a window w as (partition by a.id order by e.id)
    returning account_id, amount
  )${moved}`

/** $1 key prefix, $2 and $3 the first and last pair: one entry for each pair of accounts 2n-1, 2n. */
export const pairBatch = `
  with account as (
    select id, (id + 1) / 2 as pair, balance, version, case id % 2 when 1 then 1 else -1 end as sign
      from limited.accounts where organisation_id = 1 and id between $2::bigint * 2 - 1 and $3::bigint * 2
     order by id for update
  ), entry as (
    insert into limited.entries (organisation_id, kind, nature, key, effective_at, recorded_at)
    select 1, 'income-accrued', 'decision', $1 || n, now(), clock_timestamp() from generate_series($2::bigint, $3::bigint) n
    returning id
  ), posting as (
    insert into limited.postings
      (organisation_id, entry_id, account_id, account_version, amount, balance_after, ordinal)
    select 1, e.id, a.id, a.version + 1, a.sign * 100, a.balance + a.sign * 100, case a.sign when 1 then 1 else 2 end
      from (select id, $2::bigint - 1 + row_number() over (order by id) as pair from entry) e
      join account a using (pair)
    returning account_id, amount
  )${moved}`

/** The limit's own tables with `pairs` of accounts in them, and clients to it. */
export async function limitOf(ownerUrl: string, pairs: number): Promise<() => Promise<pg.Client>> {
  const connectLimit = async () => {
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    return client
  }
  const owner = await connectLimit()
  await owner.query(tables)
  await owner.query(
    `insert into limited.accounts (organisation_id, kind, side, floor, subject, currency)
     select 1, case n % 2 when 1 then 'bank' else 'suspense' end, case n % 2 when 1 then 'debit' else 'either' end,
            'none', ((n + 1) / 2)::text, 'EUR' from generate_series(1, $1::int * 2) n order by n`,
    [pairs],
  )
  await owner.query('analyze limited.accounts')
  await owner.end()
  return connectLimit
}
