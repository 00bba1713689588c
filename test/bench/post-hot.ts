// A television evening: every gift goes to one pool. Ours is the public posting function with durable commits, a
// thousand entries a transaction; the limit does the same work with the smallest SQL and no law at all.

import type { Kysely } from 'kysely'
import type { DB } from '../../src/database.ts'
import { movements, post } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Bench, inTurns, median, ROUNDS, rate } from './figure.ts'
import { hotBatch, limitOf } from './limit.ts'

const BATCH = 1000

export const postHot: Bench = async ({ newDatabase, entries }) => {
  const { db, ownerUrl } = await newDatabase()
  const owner = await (await limitOf(ownerUrl, 1))()
  const poolId = newId()
  const batches = Math.ceil(entries / ROUNDS / BATCH)
  const { ours, limit } = await inTurns(
    ROUNDS,
    () => hotRate(db, poolId, batches),
    round =>
      rate(batches * BATCH, async () => {
        for (let batch = 0; batch < batches; batch += 1)
          await owner.query(hotBatch, [`${round}/${batch}/`, BATCH])
      }),
  )
  await owner.end()
  return [{ figure: 'entries posted to one pool', value: median(ours), unit: '1/s', limit: median(limit) }]
}

/** Entries a second through the public posting function, all to one pool. */
export function hotRate(db: Kysely<DB>, poolId: string, batches: number): Promise<number> {
  return rate(batches * BATCH, async () => {
    for (let batch = 0; batch < batches; batch += 1) {
      const gifts = giftsOf(poolId)
      await inTransaction(db, trx => post(trx, 1, gifts))
    }
  })
}

function giftsOf(poolId: string) {
  const at = new Date()
  const source = newId()
  return Array.from({ length: BATCH }, (_, index) =>
    movements.transferReceived({
      poolId,
      bankEntry: `${source}:${index}`,
      bankAccountId: 'b',
      amount: 2500n,
      currency: 'EUR',
      at,
    }),
  )
}
