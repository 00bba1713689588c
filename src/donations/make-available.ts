/** Posts that pending gifts became available, once the provider says so of each. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { movements, post } from '../ledger/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { costsPart } from './costs-part.ts'

const BATCH = 500

/** Answers how many gifts became available now. */
export async function makeAvailable(deps: Deps): Promise<number> {
  if (!(await deps.providerKeys.areAccepted())) return 0
  let total = 0
  for (;;) {
    const due = await dueGifts(deps)
    if (due.length === 0) return total
    const available = await availableAtProvider(deps, due)
    const ready = due.filter(gift => available.has(gift.id))
    if (ready.length === 0) return total
    await inTransaction(deps.db, trx => postAvailable(trx, deps, ready))
    total += ready.length
    if (due.length < BATCH) return total
  }
}

type DueGift = Awaited<ReturnType<typeof dueGifts>>[number]

async function dueGifts({ db, organisationId, clock }: Deps) {
  return (
    db
      .selectFrom('donations.providerTransactions as t')
      .innerJoin('donations.donations as d', join =>
        join.onRef('d.organisationId', '=', 't.organisationId').onRef('d.id', '=', 't.donationId'),
      )
      .select(['t.id', 't.createdAt', 't.availableOn', 't.currency'])
      // Of a debit that failed meanwhile the bank's fee as well: it left what was pending.
      .select(sql<bigint>`t.fee + coalesce(failure.fee, 0)`.as('fee'))
      .leftJoin('donations.providerTransactions as failure', join =>
        join
          .onRef('failure.organisationId', '=', 't.organisationId')
          .onRef('failure.donationId', '=', 't.donationId')
          .on('failure.kind', '=', 'gift-failed')
          .on('failure.parked', 'is', null),
      )
      .select(['d.poolId', 'd.feeBearer'])
      .select(['d.amount', 'd.costsShare as share'])
      .select(sql<bigint>`coalesce(-failure.amount, 0)`.as('failed'))
      .where('t.organisationId', '=', organisationId)
      .where('t.kind', '=', 'gift')
      .where('t.madeAvailableAt', 'is', null)
      .where('t.parked', 'is', null)
      .where('t.availableOn', '<=', clock.now())
      .orderBy('t.createdAt')
      .limit(BATCH)
      .execute()
  )
}

/** One listing over the time in which they were made, rather than a request for each. */
async function availableAtProvider({ provider }: Deps, due: readonly DueGift[]): Promise<Set<string>> {
  const times = due.map(gift => gift.createdAt.getTime())
  const range = {
    createdFrom: new Date(Math.min(...times)),
    // The provider counts in whole seconds.
    createdTo: new Date(Math.max(...times) + 1000),
  }
  const available = new Set<string>()
  let cursor: string | null = null
  do {
    const page = await provider.listTransactions({ ...range, ...(cursor ? { cursor } : {}) })
    for (const each of page.transactions) if (each.status === 'available') available.add(each.id)
    cursor = page.nextCursor
  } while (cursor)
  return available
}

/** Of a gift that was taken back meanwhile only its fee. */
function whatIsLeft({ amount, share, failed }: DueGift): { gift: bigint; costsShare: bigint } {
  const costs = costsPart(failed, { amount, costsShare: share })
  return { gift: amount - (failed - costs), costsShare: share - costs }
}

async function postAvailable(trx: Transaction<DB>, deps: Deps, gifts: readonly DueGift[]): Promise<void> {
  await post(
    trx,
    deps.organisationId,
    gifts
      .map(gift =>
        movements.donationAvailable({
          poolId: gift.poolId,
          transactionId: gift.id,
          ...whatIsLeft(gift),
          fee: gift.fee,
          feeBearer: gift.feeBearer,
          currency: gift.currency,
          at: gift.availableOn,
        }),
      )
      // Of a failed gift without a fee nothing is left to post.
      .filter(movement => movement.postings.length > 0),
  )
  await trx
    .updateTable('donations.providerTransactions')
    .set({ madeAvailableAt: deps.clock.now() })
    .where('organisationId', '=', deps.organisationId)
    .where(
      'id',
      'in',
      gifts.map(gift => gift.id),
    )
    .execute()
}
