/**
 * Another person approves, and what was proposed is done in the same transaction; or rejects, with the reason; or who
 * proposed it withdraws. The database refuses the maker as approver whatever this code says.
 */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { applyChange } from './apply-change.ts'
import { type Change, changeById, lockChange } from './change.ts'
import { refuseUnlessIndependent } from './independence.ts'
import { refuseOtherHolder } from './known-account.ts'

/** Throws `change-decided`, `change-expired`, `change-outdated`, `maker-is-approver`, `approver-gave-the-role` or `own-role`. */
export async function approveChange(deps: Deps, actor: PersonActor, changeId: string): Promise<Change> {
  const change = await decide(deps, actor, changeId, { decision: 'approved' }, async (trx, change, now) => {
    if (change.state === 'expired') throw new DomainError('change-expired')
    if (change.proposedBy === actor.id) throw new DomainError('maker-is-approver')
    if (change.kind === 'approving-role' && change.content.personId === actor.id)
      throw new DomainError('own-role')
    await refuseUnlessIndependent(trx, deps, change, actor.id)
    if (change.kind === 'own-iban') await refuseOtherHolder(trx, deps.organisationId, change.content.to)
    await write(trx, deps, actor, changeId, { decision: 'approved', decidedAt: now })
    await applyChange(trx, deps, actor, change, now)
  })
  // Payments go on at once here; other instances read it within a minute.
  if (change.kind === 'provider-keys') await deps.providerKeys.refresh()
  return change
}

export async function rejectChange(
  deps: Deps,
  actor: PersonActor,
  changeId: string,
  reason: string,
): Promise<Change> {
  return decide(deps, actor, changeId, { decision: 'rejected', reason }, async (trx, change, now) => {
    if (change.state === 'expired') throw new DomainError('change-expired')
    if (change.proposedBy === actor.id) throw new DomainError('maker-is-approver')
    await write(trx, deps, actor, changeId, { decision: 'rejected', decidedAt: now, decisionReason: reason })
  })
}

/** By who proposed it, and nobody else: `not-allowed`. */
export async function withdrawChange(deps: Deps, actor: PersonActor, changeId: string): Promise<Change> {
  return decide(deps, actor, changeId, { decision: 'withdrawn' }, async (trx, change, now) => {
    if (change.proposedBy !== actor.id) throw new DomainError('not-allowed')
    await write(trx, deps, actor, changeId, { decision: 'withdrawn', decidedAt: now })
  })
}

type Decision = 'approved' | 'rejected' | 'withdrawn'

async function decide(
  deps: Deps,
  actor: PersonActor,
  changeId: string,
  { decision, reason }: { decision: Decision; reason?: string },
  work: (trx: Transaction<DB>, change: Change, now: Date) => Promise<unknown>,
): Promise<Change> {
  const { organisationId } = deps
  const now = deps.clock.now()
  return inTransaction(deps.db, async trx => {
    const change = await lockChange(trx, organisationId, changeId, now)
    if (change.decidedAt) throw new DomainError('change-decided')
    await work(trx, change, now)
    await recordAct(trx, organisationId, actor, {
      at: now,
      ...acts[decision],
      subject: { kind: 'change', id: changeId },
      ...(reason ? { reason } : {}),
      detail: { kind: change.kind, subjectId: change.subjectId },
    })
    return changeById(trx, organisationId, changeId, now)
  })
}

const acts = {
  approved: { action: 'change.approve' },
  rejected: { action: 'change.reject' },
  withdrawn: { action: 'change.withdraw' },
} as const satisfies Record<Decision, { action: string }>

async function write(
  trx: Transaction<DB>,
  { organisationId }: Deps,
  { id: decidedBy }: PersonActor,
  changeId: string,
  decided: {
    decision: Decision
    decidedAt: Date
    decisionReason?: string
  },
): Promise<void> {
  await trx
    .updateTable('changes.changes')
    .set({ decidedBy, ...decided })
    .where('organisationId', '=', organisationId)
    .where('id', '=', changeId)
    .execute()
}
