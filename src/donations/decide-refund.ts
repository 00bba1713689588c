/**
 * The first pair of eyes: a gift is given back, in whole or in part. From here on the money is owed and no longer the
 * fund's to promise; it leaves when somebody else approves (`approve-refund.ts`).
 */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { FundsTooLow, movements, post } from '../ledger/index.ts'
import { formatMoney } from '../money/index.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { costsPart } from './costs-part.ts'
import { type Donation, donationById } from './donation.ts'
import { type Refund, refundById } from './refund.ts'

export interface RefundToDecide {
  readonly donationId: string
  readonly amount: bigint
  readonly reason: string
  readonly idempotencyKey: string
}

/** Throws `gift-by-transfer`, `gift-not-available`, `refund-too-large` or `fund-too-low`. */
export async function decideRefund(
  deps: Deps,
  actor: PersonActor,
  { donationId, amount, reason, idempotencyKey }: RefundToDecide,
): Promise<Refund> {
  const { organisationId, clock } = deps
  return inTransaction(deps.db, async trx => {
    const left = await lockAndLeft(trx, organisationId, donationId)
    const donation = await donationById(trx, organisationId, donationId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'decide-refund',
      key: idempotencyKey,
      request: { donationId, amount, reason, actorId: actor.id },
      resourceId: newId(),
    })
    const id = claim.resourceId
    if (!claim.first) return refundById(trx, organisationId, id)
    if (donation.provider === 'bank-transfer')
      throw new DomainError('gift-by-transfer', { field: 'donationId' })
    if (!donation.madeAvailableAt) throw new DomainError('gift-not-available', { field: 'donationId' })
    const { poolId, currency } = donation
    if (amount > left)
      throw new DomainError('refund-too-large', { field: 'amount', reason: leftWords(left, donation) })
    const now = clock.now()
    const refund = { id, donationId, poolId, amount, currency, decidedBy: actor.id, decidedAt: now }
    await trx
      .insertInto('donations.refunds')
      .values({ organisationId, ...refund, ...undone })
      .execute()
    await postDecision(trx, organisationId, donation, { refundId: id, amount, at: now })
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'refund.decide',
      subject: { kind: 'refund', id: id },
      reason,
      detail: { donationId, amount: amount.toString(), poolId },
    })
    return refundById(trx, organisationId, id)
  })
}

const undone = {
  ...{ approvedBy: null, approvedAt: null, askedAt: null, providerRefundId: null, refused: null },
  ...{ withdrawnBy: null, withdrawnAt: null },
}

/** Two who decide about one gift come one after the other. */
async function lockAndLeft(
  trx: Transaction<DB>,
  organisationId: number,
  donationId: string,
): Promise<bigint> {
  await trx
    .selectFrom('donations.donations')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', donationId)
    .forNoKeyUpdate()
    .execute()
  return leftOf(trx, organisationId, donationId)
}

/** What of a gift can still be given back. */
export async function leftOf(
  db: Deps['db'] | Transaction<DB>,
  organisationId: number,
  donationId: string,
): Promise<bigint> {
  const { rows } = await sql<{ left: bigint }>`
    select donations.left_of(${organisationId}, ${donationId}) as left`.execute(db)
  return rows[0]?.left ?? 0n
}

const leftWords = (left: bigint, { currency }: Donation) => ({
  nl: `Van deze gift kan nog ${formatMoney({ minor: left, currency }, 'nl')} terug`,
  en: `Of this gift ${formatMoney({ minor: left, currency }, 'en')} can still be given back`,
})

async function postDecision(
  trx: Transaction<DB>,
  organisationId: number,
  donation: Donation,
  { refundId, amount, at }: { refundId: string; amount: bigint; at: Date },
): Promise<void> {
  const { poolId, currency } = donation
  const costsShare = costsPart(amount, donation)
  try {
    await post(trx, organisationId, [
      movements.refundDecided({ poolId, currency, refundId, amount, costsShare, at }),
    ])
  } catch (error) {
    if (!(error instanceof FundsTooLow)) throw error
    const ofCosts = error.account === 'costs-available'
    const there = (ofCosts ? costsShare : amount - costsShare) - error.missing
    const has = (locale: 'nl' | 'en') => formatMoney({ minor: there > 0n ? there : 0n, currency }, locale)
    throw new DomainError('fund-too-low', {
      field: 'amount',
      reason: ofCosts
        ? { nl: `Voor kosten is ${has('nl')} beschikbaar`, en: `For costs ${has('en')} is available` }
        : { nl: `In de pot is ${has('nl')} beschikbaar`, en: `In the pool ${has('en')} is available` },
    })
  }
}
