/**
 * The second pair of eyes: somebody else approves, and what was set aside becomes owed. The database refuses the
 * proposer as approver whatever this code says.
 */
import { type Actor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { movements, post } from '../ledger/index.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { type CycleAction, lockCycle, payouts } from './cycle.ts'
import { refuseWhileFrozen } from './freeze.ts'
import { awaitsReview, enrolledANewcomer, gaveTheRoleAlone } from './second-eyes.ts'

export async function approveCycle(
  deps: Deps,
  actor: Actor & { kind: 'person' },
  { cycleId, idempotencyKey, reason }: CycleAction,
): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    const cycle = await lockCycle(trx, organisationId, cycleId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'approve-cycle',
      key: idempotencyKey,
      request: { cycleId, actorId: actor.id },
      resourceId: cycleId,
    })
    if (!claim.first) return
    if (!cycle.proposedAt || !cycle.proposedBy) throw new DomainError('cycle-not-proposed')
    if (cycle.approvedAt) throw new DomainError('cycle-already-approved')
    if (cycle.proposedBy === actor.id) throw new DomainError('maker-is-approver')
    const asked = { cycleId, personId: actor.id }
    if (await gaveTheRoleAlone(trx, organisationId, asked)) throw new DomainError('approver-gave-the-role')
    if (await enrolledANewcomer(trx, organisationId, asked)) throw new DomainError('approver-enrolled')
    if (await awaitsReview(trx, organisationId, cycle.poolId)) throw new DomainError('campaign-not-reviewed')
    await refuseWhileFrozen(trx, organisationId)
    const now = clock.now()
    await trx
      .updateTable('disbursements.cycles')
      .set({ approvedBy: actor.id, approvedAt: now })
      .where('organisationId', '=', organisationId)
      .where('id', '=', cycleId)
      .execute()
    const due = await payouts(trx, organisationId, { cycleId })
    await post(
      trx,
      organisationId,
      due.map(payout =>
        movements.incomeAccrued({
          payoutId: payout.id,
          enrolmentId: payout.enrolmentId,
          poolId: cycle.poolId,
          amount: payout.amount,
          currency: payout.currency,
          at: now,
        }),
      ),
    )
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'cycle.approve',
      subject: { kind: 'cycle', id: cycleId },
      reason,
      detail: { payouts: due.length, total: due.reduce((total, each) => total + each.amount, 0n).toString() },
    })
  })
}
