/**
 * Reads the provider's balance transactions since last time and posts each once. This, and not the event, is what
 * moves money in the ledger. A crash at any point leaves what was committed; the next run reads the same again and
 * finds it already there.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { giftsCame } from '../donors/index.ts'
import { isRefusal, post } from '../ledger/index.ts'
import { halve } from '../platform/halve.ts'
import { inTransaction } from '../platform/transaction.ts'
import { movementsOf } from './movements-of-transaction.ts'
import type { Posting } from './posting.ts'
import {
  type CheckoutMetadata,
  type PaymentProvider,
  ProviderRejected,
  type ProviderTransaction,
} from './provider.ts'

/** A provider shows a transaction after the event that tells of it, and may date it back to the start of its day. */
const OVERLAP_MS = 36 * 3_600_000
const FIRST_READING = new Date('2014-01-01T00:00:00Z')

export interface ReadingResult {
  readonly posted: number
  readonly parked: number
}

/** `rereadDays`: how far back to look again, for what was missed. */
export async function postTransactions(deps: Deps, { rereadDays = 0 } = {}): Promise<ReadingResult> {
  if (!(await deps.providerKeys.areAccepted())) return { posted: 0, parked: 0 } // it waits, and is read later
  const { db, organisationId, provider } = deps
  const startedAt = new Date()
  const now = deps.clock.now()
  const reading = await db
    .selectFrom('donations.providerReadings')
    .select('readUntil')
    .where('organisationId', '=', organisationId)
    .executeTakeFirst()
  const from = (reading?.readUntil ?? FIRST_READING).getTime() - OVERLAP_MS - rereadDays * 86_400_000
  const pages: ProviderTransaction[][] = []
  let cursor: string | null = null
  do {
    const page = await provider.listTransactions({
      createdFrom: new Date(from),
      ...(cursor ? { cursor } : {}),
    })
    pages.push(page.transactions)
    cursor = page.nextCursor
  } while (cursor)

  const result = { posted: 0, parked: 0 }
  for (const page of pages.reverse()) {
    const told = await withDonations(deps, [...page].reverse())
    const done = await inTransaction(db, trx => postPage(trx, deps, told))
    result.posted += done.posted
    result.parked += done.parked
  }
  await inTransaction(db, trx => markRead(trx, organisationId, now, startedAt))
  return result
}

/** A refund or dispute that does not say of which donation it is: its charge does. */
async function withDonations(
  { db, organisationId, provider }: Deps,
  transactions: readonly ProviderTransaction[],
): Promise<ProviderTransaction[]> {
  const silent = transactions.filter(
    ({ kind, chargeId, checkoutMetadata }) =>
      /^(refund|dispute)/.test(kind) && chargeId && !checkoutMetadata?.donationId,
  )
  const fresh = await unknownOnes(db, organisationId, silent)
  const found = new Map<string, CheckoutMetadata>()
  for (const { chargeId = '' } of fresh)
    if (!found.has(chargeId)) found.set(chargeId, await metadataOf(provider, chargeId))
  return transactions.map(each => {
    const said = each.chargeId && fresh.includes(each) ? found.get(each.chargeId) : undefined
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
async function postPage(
  trx: Transaction<DB>,
  deps: Deps,
  transactions: readonly ProviderTransaction[],
): Promise<ReadingResult> {
  await lockReading(trx, deps.organisationId)
  const fresh = await unknownOnes(trx, deps.organisationId, transactions)
  if (fresh.length === 0) return { posted: 0, parked: 0 }
  const postings = await movementsOf(trx, deps.organisationId, fresh)
  const outcomes = await halve(trx, postings, some => postTogether(trx, deps.organisationId, some), isRefusal)
  const refused = outcomes.flatMap((outcome, index) => {
    const posting = postings[index]
    return outcome instanceof Error && posting ? [refusedPosting(posting, outcome)] : []
  })
  await insertRows(trx, deps.organisationId, refused)
  const came = outcomes.flatMap((outcome, index) => {
    const posting = postings[index]
    const isGift = posting?.transaction.kind === 'gift' && posting.parked === null
    return isGift && !(outcome instanceof Error)
      ? [{ donationId: posting.donationId ?? '', at: posting.transaction.createdAt }]
      : []
  })
  await giftsCame(trx, deps.organisationId, came)
  const parked = refused.length + postings.filter(each => each.parked !== null).length
  return { posted: postings.length - parked, parked }
}

async function postTogether(
  trx: Transaction<DB>,
  organisationId: number,
  postings: readonly Posting[],
): Promise<readonly Posting[]> {
  await insertRows(trx, organisationId, postings)
  await post(
    trx,
    organisationId,
    postings.flatMap(each => each.movements),
  )
  return postings
}

async function insertRows(trx: Transaction<DB>, organisationId: number, postings: readonly Posting[]) {
  if (postings.length === 0) return
  const disputes = new Map(
    postings.flatMap(({ disputeId, donationId }) =>
      disputeId && donationId ? [[disputeId, donationId] as const] : [],
    ),
  )
  if (disputes.size > 0) {
    await trx
      .insertInto('donations.disputes')
      .values([...disputes].map(([id, donationId]) => ({ organisationId, id, donationId, lookedAt: null })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
  await trx
    .insertInto('donations.providerTransactions')
    .values(postings.map(each => rowOf(organisationId, each)))
    .execute()
}

const refusedPosting = ({ transaction }: Posting, { message }: Error): Posting => ({
  ...{ transaction, donationId: null, poolId: null, parked: message, movements: [] },
})

/** Two readers at once would both take a transaction for new: one waits here, and then finds it known. */
export async function lockReading(trx: Transaction<DB>, organisationId: number): Promise<void> {
  await trx
    .insertInto('donations.providerReadings')
    .values({ organisationId, readUntil: FIRST_READING })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await trx
    .selectFrom('donations.providerReadings')
    .select('readUntil')
    .where('organisationId', '=', organisationId)
    .forUpdate()
    .execute()
}

async function unknownOnes(
  trx: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
): Promise<ProviderTransaction[]> {
  if (transactions.length === 0) return []
  const rows = await trx
    .selectFrom('donations.providerTransactions')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where(
      'id',
      'in',
      transactions.map(each => each.id),
    )
    .execute()
  const known = new Set(rows.map(row => row.id))
  return transactions.filter(each => !known.has(each.id))
}

function rowOf(
  organisationId: number,
  { transaction, donationId, poolId, parked, refundId, disputeId }: Posting,
) {
  const { id, kind, amount, fee, net, currency, createdAt, availableOn, method } = transaction
  return {
    organisationId,
    id,
    kind,
    donationId,
    poolId,
    method: method ?? null,
    amount,
    fee,
    net,
    currency,
    reference: transaction.payoutReference ?? transaction.payoutId ?? null,
    createdAt,
    availableOn,
    madeAvailableAt: null,
    parked,
    refundId: refundId ?? null,
    disputeId: disputeId ?? null,
  }
}

/** All events that came before the reading began are thereby dealt with. */
async function markRead(
  trx: Transaction<DB>,
  organisationId: number,
  now: Date,
  startedAt: Date,
): Promise<void> {
  await trx
    .insertInto('donations.providerReadings')
    .values({ organisationId, readUntil: now })
    .onConflict(conflict => conflict.column('organisationId').doUpdateSet({ readUntil: now }))
    .execute()
  await trx
    .updateTable('donations.inbox')
    .set({ processedAt: now })
    .where('organisationId', '=', organisationId)
    .where('processedAt', 'is', null)
    .where('receivedAt', '<', startedAt)
    .execute()
}
