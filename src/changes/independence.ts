/**
 * Two people are two when neither made the other what they are, and both still work here. The database says the same
 * (`guard_independence`); here it gets its words.
 */
import { sql, type Transaction } from 'kysely'
import { lockColleague, personById, wasDisabledSince } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { DomainError } from '../refusals.ts'
import type { Change } from './change.ts'
import { mayPropose } from './permission-of.ts'

/** Throws `change-outdated` or `approver-gave-the-role`. */
export async function refuseUnlessIndependent(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  change: Change,
  decider: string,
): Promise<void> {
  const today = localDate(clock.now())
  const maker = await personById(trx, organisationId, today, change.proposedBy)
  if (!maker || !mayPropose(change.kind, maker.grants)) throw new DomainError('change-outdated')
  if (change.kind === 'approving-role') {
    // Locked before looking: whoever is being disabled at this moment would not be seen, and would keep this one role.
    await lockColleague(trx, organisationId, today, change.subjectId)
    if (await wasDisabledSince(trx, organisationId, change.subjectId, change.proposedAt))
      throw new DomainError('change-outdated')
  }
  const { rows } = await sql<{ alone: boolean }>`
    select changes.proposer_given_alone(${organisationId}, ${change.id}, ${decider}) as alone`.execute(trx)
  if (rows[0]?.alone) throw new DomainError('approver-gave-the-role')
}
