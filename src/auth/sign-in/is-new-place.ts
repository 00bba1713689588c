/** Whether somebody comes in from a place where they were not lately: by the trail, which knows places and no addresses. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'

const LATELY_DAYS = 90

const actsOf = (trx: Transaction<DB>, organisationId: number, personId: string) =>
  trx
    .selectFrom('acts.acts')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('actorId', '=', personId)
    .limit(1)

/**
 * Ask before the sign-in leaves its own act. False for whoever never did anything here: somebody who was just invited
 * knows that they come in, and a mailbox that is not theirs would read the letter too.
 */
export async function isNewPlace(
  trx: Transaction<DB>,
  deps: Deps,
  personId: string,
  place: string | undefined,
): Promise<boolean> {
  if (place === undefined) return false
  if (!(await actsOf(trx, deps.organisationId, personId).executeTakeFirst())) return false
  return !(await wasHereLately(trx, deps, personId, place))
}

export async function wasHereLately(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  personId: string,
  place: string,
): Promise<boolean> {
  const since = new Date(clock.now().getTime() - LATELY_DAYS * 86_400_000)
  const lately = actsOf(trx, organisationId, personId).where('place', '=', place).where('at', '>', since)
  return (await lately.executeTakeFirst()) !== undefined
}
