/**
 * The second pair of eyes: somebody else approves, and from then on the provider is asked until it answers
 * (`ask-refunds.ts`). The database refuses whoever decided, whatever this code says.
 */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockRefund, type Refund, refundById } from './refund.ts'

export interface RefundStep {
  readonly refundId: string
  readonly reason?: string | undefined
  readonly idempotencyKey: string
}

/** Throws `refund-not-open`, `maker-is-approver` or `approver-gave-the-role`. */
export async function approveRefund(
  deps: Deps,
  actor: PersonActor,
  { refundId, reason, idempotencyKey }: RefundStep,
): Promise<Refund> {
  const { organisationId, clock } = deps
  return inTransaction(deps.db, async trx => {
    const refund = await lockRefund(trx, organisationId, refundId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'approve-refund',
      key: idempotencyKey,
      request: { refundId, reason, actorId: actor.id },
      resourceId: refundId,
    })
    if (!claim.first) return refund
    if (refund.state !== 'decided') throw new DomainError('refund-not-open')
    if (refund.decidedBy === actor.id) throw new DomainError('maker-is-approver')
    if (await gaveTheRoleAlone(trx, organisationId, { refundId, personId: actor.id }))
      throw new DomainError('approver-gave-the-role')
    const now = clock.now()
    await trx
      .updateTable('donations.refunds')
      .set({ approvedBy: actor.id, approvedAt: now })
      .where('organisationId', '=', organisationId)
      .where('id', '=', refundId)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'refund.approve',
      subject: { kind: 'refund', id: refundId },
      reason,
      detail: {
        donationId: refund.donationId,
        amount: refund.amount.toString(),
        poolId: refund.poolId,
      },
    })
    return refundById(trx, organisationId, refundId)
  })
}

/** Did this person alone give the roles with which somebody decided this refund? The database asks itself the same. */
async function gaveTheRoleAlone(
  trx: Transaction<DB>,
  organisationId: number,
  { refundId, personId }: { readonly refundId: string; readonly personId: string },
): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`
    select donations.decider_given_alone(${organisationId}, ${refundId}, ${personId}) as alone`.execute(trx)
  return rows[0]?.alone ?? false
}
