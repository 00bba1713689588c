/** The first pair of eyes: freezes who is paid what in this cycle. From here on the list does not change. */
import { type Actor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { enrolmentsDue } from '../enrolments/index.ts'
import { inChunks } from '../platform/chunks.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { lockPool } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { type CycleAction, cycleById, lockCycle } from './cycle.ts'

export async function proposeCycle(
  deps: Deps,
  actor: Actor & { kind: 'person' },
  { cycleId, idempotencyKey, reason }: CycleAction,
): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    const { poolId } = await cycleById(trx, organisationId, cycleId)
    // The pool's lock keeps an enrolment from slipping in between reading the list and freezing it.
    await lockPool(trx, organisationId, poolId)
    const cycle = await lockCycle(trx, organisationId, cycleId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'propose-cycle',
      key: idempotencyKey,
      request: { cycleId, actorId: actor.id },
      resourceId: cycleId,
    })
    if (!claim.first) return
    if (cycle.approvedAt) throw new DomainError('cycle-already-approved')
    if (cycle.proposedAt) throw new DomainError('cycle-already-proposed')
    const due = await enrolmentsDue(trx, organisationId, poolId, cycle.month)
    if (due.length === 0) throw new DomainError('cycle-empty')
    const now = clock.now()
    const rows = due.map(enrolment => ({
      organisationId,
      id: newId(),
      cycleId,
      enrolmentId: enrolment.id,
      month: `${cycle.month}-01`,
      amount: enrolment.monthlyAmount,
      currency: enrolment.currency,
    }))
    await inChunks(rows, some => trx.insertInto('disbursements.payouts').values(some).execute())
    await trx
      .updateTable('disbursements.cycles')
      .set({ proposedBy: actor.id, proposedAt: now })
      .where('organisationId', '=', organisationId)
      .where('id', '=', cycleId)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'cycle.propose',
      subject: { kind: 'cycle', id: cycleId },
      reason,
      detail: {
        payouts: due.length,
        total: due.reduce((total, each) => total + each.monthlyAmount, 0n).toString(),
      },
    })
  })
}
