/** Ends a colleague's role at once: taking power away never waits for a second person. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { keepAnAdministrator } from './administrators.ts'
import { colleagueRoles } from './colleagues.ts'
import { endGrant } from './grants.ts'

/** Throws `not-found`, `role-ended`, `last-administrator`. */
export async function endRole(
  deps: Deps,
  actor: PersonActor,
  {
    personId,
    grantId,
    reason,
  }: { readonly personId: string; readonly grantId: string; readonly reason: string },
): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    const grant = await trx
      .selectFrom('auth.grants')
      .select(['role', 'endedAt'])
      .where('organisationId', '=', organisationId)
      .where('personId', '=', personId)
      .where('id', '=', grantId)
      .where('role', 'in', [...colleagueRoles])
      .executeTakeFirst()
    if (!grant) throw new DomainError('not-found', { field: 'grantId' })
    await keepAnAdministrator(trx, organisationId, [grantId])
    const ended = await endGrant(trx, organisationId, grantId, actor.id)
    if (!ended) throw new DomainError('role-ended', { field: 'grantId' })
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'role.end',
      subject: { kind: 'person', id: personId },
      reason,
      detail: { role: grant.role, grantId },
    })
  })
}
