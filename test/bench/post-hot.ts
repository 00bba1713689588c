// A television evening: every gift goes to one pool. Ours is the public posting function with durable commits; the
// limit stores the same rows, keys, indexes and balances with the smallest SQL and no law at all.

import pg from 'pg'
import { movements, post } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Bench, median, rate } from './figure.ts'

const BATCH = 1000
const ROUNDS = 5

const limitTables = `
  create schema limited;
  create table limited.accounts (like ledger.accounts including all);
  create table limited.entries (like ledger.entries including all);
  create table limited.postings (like ledger.postings including all);
  insert into limited.accounts (organisation_id, kind, side, floor, subject, currency) values
    (1, 'bank', 'debit', 'none', 'b', 'EUR'), (1, 'suspense', 'either', 'none', '', 'EUR')`

const limitBatch = `
  with account as (
    select organisation_id, id, balance, version, case kind when 'bank' then 1 else -1 end as sign
      from limited.accounts where organisation_id = 1 order by id for update
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
  )
  update limited.accounts a set balance = a.balance + s.amount, version = a.version + s.postings, recorded_at = now()
    from (select account_id, sum(amount)::bigint as amount, count(*) as postings from posting group by account_id) s
   where a.organisation_id = 1 and a.id = s.account_id`

export const postHot: Bench = async ({ db, ownerUrl, entries }) => {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(limitTables)
  const poolId = newId()
  const share = Math.ceil(entries / ROUNDS / BATCH) * BATCH
  const ours: number[] = []
  const limit: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    limit.push(
      await rate(share, async () => {
        for (let done = 0; done < share; done += BATCH)
          await owner.query(limitBatch, [`l${round}/${done}/`, BATCH])
      }),
    )
    ours.push(
      await rate(share, async () => {
        for (let done = 0; done < share; done += BATCH) {
          const batch = giftsOf(poolId, `o${round}/${done}/`)
          await inTransaction(db, trx => post(trx, 1, batch))
        }
      }),
    )
  }
  await owner.end()
  return [{ figure: 'entries posted to one pool', value: median(ours), unit: '1/s', limit: median(limit) }]
}

function giftsOf(poolId: string, prefix: string) {
  const at = new Date()
  return Array.from({ length: BATCH }, (_, index) =>
    movements.transferReceived({
      poolId,
      bankEntry: `${prefix}${index}`,
      bankAccountId: 'b',
      amount: 2500n,
      currency: 'EUR',
      at,
    }),
  )
}
