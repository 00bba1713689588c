/**
 * What came back and is owed again. It is paid again when an approver agreed who did not bring in the statement that says so:
 * else one person could invent a return and have the money sent a second time.
 */
import type { Kysely, Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { claimKey } from '../platform/idempotency.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { blockedEnrolments } from './blocked-accounts.ts'
import { type CycleAction, cycleById, lockCycle, payouts } from './cycle.ts'
import { refuseWhileFrozen } from './freeze.ts'
import { broughtInAReturn } from './second-eyes.ts'

export interface Retry {
  /** The attempt that came back. */
  readonly attemptId: string
  readonly payoutId: string
  readonly amount: bigint
  readonly approved: boolean
}

/** Of a cycle: whatever came back, is owed, and goes to an account that may be paid. */
export async function retriesOf(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  cycleId: string,
): Promise<Retry[]> {
  const { poolId } = await cycleById(db, organisationId, cycleId)
  const blocked = await blockedEnrolments(db, organisationId, poolId)
  return (await payouts(db, organisationId, { cycleId })).flatMap(
    ({ id, state, enrolmentId, amount, attemptId, retryApproved }) =>
      (state === 'returned' || state === 'rejected') && attemptId && !blocked.has(enrolmentId)
        ? [{ attemptId, payoutId: id, amount, approved: retryApproved }]
        : [],
  )
}

/** Agrees to paying all of them again. Throws `nothing-came-back`, `importer-is-approver`, `payments-frozen`, `not-found`. */
export async function approveRetries(
  deps: Deps,
  actor: PersonActor,
  { cycleId, idempotencyKey, reason }: CycleAction,
): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    await lockCycle(trx, organisationId, cycleId)
    const claim = await claimKey(trx, deps.vault, {
      organisationId,
      operation: 'approve-retries',
      key: idempotencyKey,
      request: { cycleId, actorId: actor.id },
      resourceId: cycleId,
    })
    if (!claim.first) return
    const waiting = (await retriesOf(trx, organisationId, cycleId)).filter(({ approved }) => !approved)
    if (waiting.length === 0) throw new DomainError('nothing-came-back')
    const attemptIds = waiting.map(({ attemptId }) => attemptId)
    if (await broughtInAReturn(trx, organisationId, { attemptIds, personId: actor.id }))
      throw new DomainError('importer-is-approver')
    await refuseWhileFrozen(trx, organisationId)
    const approval = { organisationId, approvedBy: actor.id, approvedAt: clock.now() }
    await trx
      .insertInto('disbursements.retries')
      .values(attemptIds.map(attemptId => ({ ...approval, attemptId })))
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: approval.approvedAt,
      action: 'cycle.approve-retries',
      subject: { kind: 'cycle', id: cycleId },
      reason,
      detail: {
        payouts: waiting.length,
        total: waiting.reduce((total, { amount }) => total + amount, 0n).toString(),
      },
    })
  })
}
