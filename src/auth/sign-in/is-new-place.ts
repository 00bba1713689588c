/** Whether somebody comes in from a place where they were not lately: by the trail, which knows places and no addresses. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'

const LATELY_DAYS = 90

/**
 * Ask before the sign-in leaves its own act. False for whoever never did anything here: somebody who was just invited
 * knows that they come in, and a mailbox that is not theirs would read the letter too.
 */
export async function isNewPlace(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  personId: string,
  place: string | undefined,
): Promise<boolean> {
  if (place === undefined) return false
  const acts = trx
    .selectFrom('acts.acts')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('actorId', '=', personId)
    .limit(1)
  if (!(await acts.executeTakeFirst())) return false
  const since = new Date(clock.now().getTime() - LATELY_DAYS * 86_400_000)
  const known = await acts.where('place', '=', place).where('at', '>', since).executeTakeFirst()
  return known === undefined
}
