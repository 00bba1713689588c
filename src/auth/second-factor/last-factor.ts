/** Staff keep a second factor: without one, whoever reads their mail could set up another and work in their name. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../refusals.ts'
import { isStaffRole } from '../permissions.ts'
import type { Session } from '../sessions.ts'
import { secondFactorsOf } from './second-factors.ts'

/** Under the lock of `refuseUnlessFresh`: of two that are removed at once the later one sees that it is the last. */
export async function removeButNotTheLast(
  trx: Transaction<DB>,
  { organisationId }: Deps,
  { person }: Session,
  remove: () => Promise<void>,
): Promise<void> {
  await remove()
  const { authenticator, passkeys } = await secondFactorsOf(trx, organisationId, person.id)
  const none = !authenticator && passkeys.length === 0
  if (none && person.roles.some(isStaffRole)) throw new DomainError('last-second-factor')
}
