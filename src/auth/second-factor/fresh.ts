/** Whoever has a second factor shows it, freshly, before changing any: a session that was left open is not enough. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../refusals.ts'
import { FRESH_MINUTES } from '../permissions.ts'
import type { Session } from '../sessions.ts'
import { secondFactorsOf } from './second-factors.ts'

export async function refuseUnlessFresh(
  trx: Transaction<DB>,
  { organisationId }: Deps,
  { person, secondFactorAt }: Session,
): Promise<void> {
  const { authenticator, passkeys } = await secondFactorsOf(trx, organisationId, person.id)
  if (!authenticator && passkeys.length === 0) return
  if (secondFactorAt && Date.now() - secondFactorAt.getTime() <= FRESH_MINUTES * 60_000) return
  throw new DomainError(secondFactorAt ? 'fresh-sign-in-needed' : 'second-factor-needed')
}
