// Approving a large month: each payout moves one enrolment's money from reserved to payable, a thousand payouts a
// transaction. The limit stores the same rows and moves as many accounts.

import { movements, post } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Bench, inTurns, median, ROUNDS, rate } from './figure.ts'
import { limitOf, pairBatch } from './limit.ts'

const BATCH = 1000
const POOL = newId()
const occasion = { currency: 'EUR', at: new Date() }

export const payoutSet: Bench = async ({ newDatabase, entries }) => {
  const { db, ownerUrl } = await newDatabase()
  const batches = Math.ceil(entries / ROUNDS / BATCH)
  const owner = await (await limitOf(ownerUrl, batches * BATCH))()
  const enrolments = Array.from({ length: batches }, () => Array.from({ length: BATCH }, () => newId()))
  const total = BigInt(batches * BATCH * ROUNDS) * 100n
  await inTransaction(db, trx =>
    post(trx, 1, [
      movements.grantReceived({
        ...occasion,
        poolId: POOL,
        bankEntry: newId(),
        bankAccountId: 'b',
        amount: total,
      }),
    ]),
  )
  for (const some of enrolments)
    await inTransaction(db, trx =>
      post(
        trx,
        1,
        some.map(enrolmentId =>
          movements.incomeReserved({ ...occasion, poolId: POOL, enrolmentId, amount: 100n * BigInt(ROUNDS) }),
        ),
      ),
    )
  const { ours, limit } = await inTurns(
    ROUNDS,
    () =>
      rate(batches * BATCH, async () => {
        for (const some of enrolments) {
          const accrued = some.map(enrolmentId =>
            movements.incomeAccrued({
              ...occasion,
              poolId: POOL,
              enrolmentId,
              payoutId: newId(),
              amount: 100n,
            }),
          )
          await inTransaction(db, trx => post(trx, 1, accrued))
        }
      }),
    round =>
      rate(batches * BATCH, async () => {
        for (let batch = 0; batch < batches; batch += 1)
          await owner.query(pairBatch, [`${round}/`, batch * BATCH + 1, (batch + 1) * BATCH])
      }),
  )
  await owner.end()
  return [{ figure: 'payouts posted', value: median(ours), unit: '1/s', limit: median(limit) }]
}
