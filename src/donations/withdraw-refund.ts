/**
 * Not given back after all: before the provider was asked, when it refused, or when the money came back. What was owed
 * returns to the fund; whoever wants to try again decides anew.
 */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { movements, post } from '../ledger/index.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import type { RefundStep } from './approve-refund.ts'
import { costsPart } from './costs-part.ts'
import { donationById } from './donation.ts'
import { isWithdrawable, lockRefund, type Refund, refundById } from './refund.ts'

/** Throws `refund-not-open`. */
export async function withdrawRefund(
  deps: Deps,
  actor: PersonActor,
  { refundId, reason, idempotencyKey }: RefundStep & { readonly reason: string },
): Promise<Refund> {
  const { organisationId, clock } = deps
  return inTransaction(deps.db, async trx => {
    const refund = await lockRefund(trx, organisationId, refundId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'withdraw-refund',
      key: idempotencyKey,
      request: { refundId, reason, actorId: actor.id },
      resourceId: refundId,
    })
    if (!claim.first) return refund
    if (!isWithdrawable(refund)) throw new DomainError('refund-not-open')
    const { donationId, poolId, amount, currency } = refund
    const donation = await donationById(trx, organisationId, donationId)
    const now = clock.now()
    await trx
      .updateTable('donations.refunds')
      .set({ withdrawnBy: actor.id, withdrawnAt: now })
      .where('organisationId', '=', organisationId)
      .where('id', '=', refundId)
      .execute()
    const costsShare = costsPart(amount, donation)
    await post(trx, organisationId, [
      movements.refundWithdrawn({ poolId, currency, refundId, amount, costsShare, at: now }),
    ])
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'refund.withdraw',
      subject: { kind: 'refund', id: refundId },
      reason,
      detail: { donationId, amount: amount.toString(), poolId },
    })
    return refundById(trx, organisationId, refundId)
  })
}
