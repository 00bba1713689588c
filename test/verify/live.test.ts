// On a live system `verify` raises no false alarm, and a journal of several portions is looked at whole: what is wrong at
// the seam between two of them is found, and the newest entries alone when that is asked.

import t from 'tap'
import { checkNames, movements, post } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Scope, verify } from '../../src/verify/index.ts'
import { testLedger } from '../ledger/support.ts'

t.setTimeout(120_000)
const { db, owner } = await testLedger(t, 10)
const PORTION = 20_000
const pools = [newId(), newId()]

const gifts = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    movements.transferReceived({
      poolId: pools[index % 2] ?? '',
      bankEntry: newId(),
      bankAccountId: 'b',
      amount: 100n,
      currency: 'EUR',
      at: new Date(),
    }),
  )
const give = (count: number) => inTransaction(db, trx => post(trx, 1, gifts(count)))

/** These gifts belong to no bank entry: only the ledger's own laws are asked here. */
async function ledgerLaws(scope: Scope = {}) {
  const report = await verify(db, scope)
  return { ...report, broken: report.laws.filter(law => law.count > 0 && checkNames.includes(law.check)) }
}

t.test('nothing is found while four writers post', async t => {
  let writing = true
  const writers = Array.from({ length: 4 }, async (_, index) => {
    while (writing) await give(index + 1)
  })
  for (let count = 0; count < 10; count += 1) t.strictSame((await ledgerLaws()).broken, [])
  writing = false
  await Promise.all(writers)
  const { entries, postings } = await ledgerLaws()
  t.equal(postings, entries * 2)
  t.ok(entries > 40, `${entries} entries were written meanwhile`)
})

t.test('damage at the seam of two portions is found, and only where it is', async t => {
  for (let batch = 0; batch < 25; batch += 1) await give(1000)
  const { rows } = await owner.query<{ id: string; entries: string }>(
    `select id, (select count(*) from ledger.entries) as entries from ledger.entries order by id offset ${PORTION} limit 2`,
  )
  const { entries, broken } = await ledgerLaws()
  t.same([entries, broken], [rows[0]?.entries, []])
  await owner.query('set session_replication_role = replica')
  await owner.query(
    'update ledger.postings set balance_after = balance_after + 1 where entry_id = any ($1) and ordinal = 1',
    [rows.map(row => row.id)],
  )
  const found = (await ledgerLaws()).broken
  t.match(found, [{ check: 'running balances and versions follow without a gap' }])
  t.ok(
    found.length === 1 &&
      (found[0]?.count ?? 0) >= 2 &&
      found[0]?.details.some(each => each.includes(`/${rows[0]?.id} `)),
  )
  const newest = await ledgerLaws({ newest: 100, connections: 1 })
  t.match(newest, { entries: 100, complete: false })
  t.strictSame(newest.broken, [])
  t.match(await ledgerLaws({ newest: 1_000_000 }), { complete: true, broken: { length: 1 } })
})
