/**
 * Reads the provider's balance transactions since last time and posts each once. This, and not the event, is what
 * moves money in the ledger. It reads on while it posts, and posts what has come in one transaction, with the marks on the
 * events that told of it. A crash at any point leaves what was committed; the next run reads the same again and finds it
 * already there.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { giftsCame } from '../donors/index.ts'
import { isRefusal, post } from '../ledger/index.ts'
import { halve } from '../platform/halve.ts'
import { readAhead } from '../platform/read-ahead.ts'
import { inTransaction } from '../platform/transaction.ts'
import { markTheRest, markTransactions } from './mark-events.ts'
import { type MaybeInstalment, makeInstalments, withInstalments } from './monthly/instalments.ts'
import { movementsOf } from './movements-of-transaction.ts'
import type { Posting } from './posting.ts'
import {
  type CheckoutMetadata,
  type PaymentProvider,
  ProviderRejected,
  type ProviderTransaction,
} from './provider.ts'
import { FIRST_READING, type Plan, planReading, transactionPages, unknownOnes } from './read-transactions.ts'
import { storeTransactions } from './store-transactions.ts'

/** In one transaction; as many wait in memory at most. */
const MOST = 1_000

export interface ReadingResult {
  readonly posted: number
  readonly parked: number
}

/** `rereadDays`: how far back to look again, for what was missed. */
export async function postTransactions(deps: Deps, { rereadDays = 0 } = {}): Promise<ReadingResult> {
  if (!(await deps.providerKeys.areAccepted())) return { posted: 0, parked: 0 } // it waits, and is read later
  const now = deps.clock.now()
  const plan = await planReading(deps, { rereadDays })
  const result = { posted: 0, parked: 0 }
  for await (const some of readAhead(transactionPages(deps, plan), MOST)) {
    const all = some.reverse()
    const fresh = await unknownOnes(deps.db, deps.organisationId, all)
    const told = await withDonations(deps, await withInstalments(deps, fresh))
    const done = await inTransaction(deps.db, trx => postTold(trx, deps, told, all))
    result.posted += done.posted
    result.parked += done.parked
  }
  await inTransaction(deps.db, trx => markRead(trx, deps.organisationId, now, plan))
  return result
}

/** A refund or dispute that does not say of which donation it is: its charge does. */
async function withDonations(
  { db, organisationId, provider }: Deps,
  transactions: readonly MaybeInstalment[],
): Promise<MaybeInstalment[]> {
  const silent = transactions.filter(
    ({ kind, chargeId, checkoutMetadata }) =>
      /^(refund|dispute)/.test(kind) && chargeId && !checkoutMetadata?.donationId,
  )
  const fresh = new Set(await unknownOnes(db, organisationId, silent))
  const found = new Map<string, CheckoutMetadata>()
  for (const { chargeId = '' } of fresh)
    if (!found.has(chargeId)) found.set(chargeId, await metadataOf(provider, chargeId))
  return transactions.map(each => {
    const said = each.chargeId && fresh.has(each) ? found.get(each.chargeId) : undefined
    return said ? { ...each, checkoutMetadata: { ...said, ...each.checkoutMetadata } } : each
  })
}

async function metadataOf(provider: PaymentProvider, chargeId: string): Promise<CheckoutMetadata> {
  try {
    return await provider.getChargeMetadata(chargeId)
  } catch (error) {
    if (error instanceof ProviderRejected && error.reason === 'not-found') return {}
    throw error
  }
}

/** What the ledger refuses is parked with the reason, and does not hold up the others. */
async function postTold(
  trx: Transaction<DB>,
  deps: Deps,
  transactions: readonly MaybeInstalment[],
  all: readonly ProviderTransaction[],
): Promise<ReadingResult> {
  const { organisationId, clock } = deps
  await lockReading(trx, organisationId)
  const unknown = await unknownOnes(trx, organisationId, transactions)
  const fresh = await makeInstalments(trx, deps, unknown)
  const postings = await movementsOf(trx, organisationId, fresh)
  const outcomes = await halve(trx, postings, some => postTogether(trx, organisationId, some), isRefusal)
  const refused = outcomes.flatMap((outcome, index) => {
    const posting = postings[index]
    return outcome instanceof Error && posting ? [refusedPosting(posting, outcome)] : []
  })
  await storeTransactions(trx, organisationId, refused)
  const came = outcomes.flatMap((outcome, index) => {
    const posting = postings[index]
    const isGift = posting?.transaction.kind === 'gift' && posting.parked === null
    return isGift && !(outcome instanceof Error)
      ? [{ donationId: posting.donationId ?? '', at: posting.transaction.createdAt }]
      : []
  })
  await giftsCame(trx, organisationId, came)
  await markTransactions(trx, organisationId, all, clock.now())
  const parked = refused.length + postings.filter(each => each.parked !== null).length
  return { posted: postings.length - parked, parked }
}

async function postTogether(
  trx: Transaction<DB>,
  organisationId: number,
  postings: readonly Posting[],
): Promise<readonly Posting[]> {
  await storeTransactions(trx, organisationId, postings)
  await post(
    trx,
    organisationId,
    postings.flatMap(each => each.movements),
  )
  return postings
}

const refusedPosting = ({ transaction }: Posting, { message }: Error): Posting => ({
  ...{ transaction, donationId: null, poolId: null, parked: message, movements: [] },
})

/** Two readers at once would both take a transaction for new: one waits here, and then finds it known. */
export async function lockReading(trx: Transaction<DB>, organisationId: number): Promise<void> {
  await trx
    .insertInto('donations.providerReadings')
    .values({ organisationId, readUntil: FIRST_READING, wholeAt: null })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await trx
    .selectFrom('donations.providerReadings')
    .select('readUntil')
    .where('organisationId', '=', organisationId)
    .forUpdate()
    .execute()
}

/** All was read: from here on the next reading begins, and all events that came before are thereby dealt with. */
async function markRead(
  trx: Transaction<DB>,
  organisationId: number,
  now: Date,
  { startedAt, endsBefore }: Plan,
): Promise<void> {
  const read = { readUntil: now, ...(endsBefore ? {} : { wholeAt: now }) }
  await trx
    .insertInto('donations.providerReadings')
    .values({ organisationId, wholeAt: null, ...read })
    .onConflict(conflict => conflict.column('organisationId').doUpdateSet(read))
    .execute()
  await markTheRest(trx, organisationId, { now, receivedBefore: startedAt })
}
