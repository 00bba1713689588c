/** The shortfall as movements meet it: in batches, in reversals, between pools. */
import t, { type Test } from 'tap'
import {
  checkLedger,
  FundsTooLow,
  type Movement,
  movements,
  poolTotals,
  post,
  reversalOf,
} from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { someDay, testLedger } from './support.ts'

const { db } = await testLedger(t)
const day = new Date(someDay)
const pool = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const gift = (poolId: string, key: string, amount: bigint) =>
  movements.transferReceived({ poolId, at: day, currency: 'EUR', bankEntry: key, bankAccountId: 'b', amount })
const late = (poolId: string, key: string, amount: bigint) =>
  movements.donationFailedLate({
    ...{ poolId, at: day, currency: 'EUR', transactionId: key, gift: amount },
    ...{ costsShare: 0n, fee: 0n, feeBearer: 'pool', settled: true },
  })
const posted = (...all: Movement[]) => inTransaction(db, trx => post(trx, 1, all))
const undone = (key: string) =>
  inTransaction(db, async trx => post(trx, 1, [await reversalOf(trx, 1, key, day)]))
async function poolIs(t: Test, poolId: string, fund: bigint, shortfall: bigint, what: string) {
  const totals = await poolTotals(db, 1, poolId)
  t.strictSame([totals['fund-available'], totals.shortfall], [fund, shortfall], what)
}

t.test('a reversal folds the shortfall into its fund, as things are now', async t => {
  await posted(gift(pool(1), 'gift-1', 100n))
  await posted(late(pool(1), 'late-1', 130n))
  await poolIs(t, pool(1), 0n, 30n, 'short')
  await undone('late-1')
  await poolIs(t, pool(1), 100n, 0n, 'as before')

  await posted(late(pool(1), 'late-2', 130n))
  await posted(gift(pool(1), 'gift-2', 80n))
  await poolIs(t, pool(1), 50n, 0n, 'repaid meanwhile')
  await undone('late-2')
  await poolIs(t, pool(1), 180n, 0n, 'all of it comes back to the fund')

  await posted(late(pool(1), 'late-3', 180n))
  await undone('gift-2')
  await poolIs(t, pool(1), 0n, 80n, 'a gift that was none makes a shortfall')
})

t.test('a batch of facts falls through in its order, each entry whole', async t => {
  await posted(
    gift(pool(2), 'b-1', 50n),
    late(pool(2), 'b-2', 80n),
    gift(pool(2), 'b-3', 10n),
    late(pool(2), 'b-4', 5n),
  )
  await poolIs(t, pool(2), 0n, 25n, '50 − 80 + 10 − 5')
  const repay = gift(pool(2), 'b-5', 30n)
  await posted(repay, late(pool(2), 'b-6', 5n))
  await poolIs(t, pool(2), 0n, 0n, 'and comes back')
})

t.test('pools do not pay for each other', async t => {
  await posted(gift(pool(3), 'c-1', 100n), late(pool(4), 'c-2', 40n))
  await poolIs(t, pool(3), 100n, 0n, 'the one')
  await poolIs(t, pool(4), 0n, 40n, 'the other')
  const move = movements.fundMoved({
    ...{ at: day, currency: 'EUR', sourceId: 'move-1', amount: 60n },
    ...{ fromPoolId: pool(3), toPoolId: pool(4) },
  })
  await posted(move)
  await poolIs(t, pool(4), 20n, 0n, 'unless it is decided')
  await t.rejects(posted({ ...move, key: 'move-2' }), new FundsTooLow('fund-available', 20n))
})

t.test('after all this every law holds', async t => t.strictSame(await checkLedger(db), []))
