// An ordinary day: single gifts to a thousand pools, each in a transaction of its own, by eight clients at once. The
// limit is the bare transaction around the smallest SQL that stores the same rows.

import { movements, post } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Bench, inTurns, median, milliseconds, percentile, ROUNDS, rate } from './figure.ts'
import { limitOf, pairBatch } from './limit.ts'

const POOLS = 1000
const CLIENTS = 8

export const postSpread: Bench = async ({ newDatabase, entries }) => {
  const { db, ownerUrl } = await newDatabase()
  const connectLimit = await limitOf(ownerUrl, POOLS)
  const clients = await Promise.all(Array.from({ length: CLIENTS }, connectLimit))
  const poolIds = Array.from({ length: POOLS }, () => newId())
  const each = Math.ceil(entries / ROUNDS / CLIENTS)
  const times = { ours: [] as number[], limit: [] as number[] }
  const byAll = (kind: 'ours' | 'limit', once: (client: number) => Promise<unknown>) =>
    rate(each * CLIENTS, () =>
      Promise.all(
        Array.from({ length: CLIENTS }, async (_, client) => {
          for (let done = 0; done < each; done += 1) times[kind].push(await milliseconds(() => once(client)))
        }),
      ),
    )
  const postOne = () => inTransaction(db, trx => post(trx, 1, [giftTo(poolIds[anyPool()] ?? '')]))
  const bare = async (client: number) => {
    const at = clients[client]
    const pair = anyPool() + 1
    await at?.query('begin')
    await at?.query(pairBatch, [newId(), pair, pair])
    await at?.query('commit')
  }
  // Pools are opened beforehand: the limit's accounts are there as well.
  await inTransaction(db, trx => post(trx, 1, poolIds.map(giftTo)))
  const { ours, limit } = await inTurns(
    ROUNDS,
    () => byAll('ours', postOne),
    () => byAll('limit', bare),
  )
  await Promise.all(clients.map(client => client.end()))
  return [
    { figure: 'single entries, 8 clients', value: median(ours), unit: '1/s', limit: median(limit) },
    ...[50, 99].map(percent => ({
      figure: `p${percent}`,
      value: percentile(times.ours, percent),
      unit: 'ms',
      limit: percentile(times.limit, percent),
    })),
  ]
}

const anyPool = () => Math.floor(Math.random() * POOLS)

function giftTo(poolId: string) {
  return movements.donationReceived({
    poolId,
    transactionId: newId(),
    gift: 2500n,
    costsShare: 0n,
    fee: 0n,
    feeBearer: 'pool',
    currency: 'EUR',
    at: new Date(),
  })
}
