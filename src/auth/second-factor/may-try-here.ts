/**
 * While the door is shut, somebody who has an app alone may still try a few codes where they showed their second factor lately:
 * else whoever reads their mail, and shuts the door whenever it opens, would keep them out for good. By the trail, which knows
 * places and no addresses. Each place has a count of its own, so nobody elsewhere uses it up.
 */
import type { Transaction } from 'kysely'
import type { PersonActor } from '../../acts/index.ts'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'

const LATELY_DAYS = 90
const TRIES_A_DAY = 5
const DAY_MS = 86_400_000
const shows = ['second-factor.show', 'authenticator.add', 'passkey.add']

/** Ask before the try leaves its own act, and under the lock of the door: tries are counted one by one. */
export async function mayTryHere(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  { id, place }: PersonActor,
): Promise<boolean> {
  if (place === undefined) return false
  const since = (days: number) => new Date(clock.now().getTime() - days * DAY_MS)
  const here = trx
    .selectFrom('acts.acts')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('actorId', '=', id)
    .where('place', '=', place)
  const shown = here.where('action', 'in', shows).where('at', '>', since(LATELY_DAYS)).limit(1)
  if (!(await shown.executeTakeFirst())) return false
  const wrong = here.where('action', '=', 'second-factor.refuse').where('at', '>', since(1))
  return (await wrong.limit(TRIES_A_DAY).execute()).length < TRIES_A_DAY
}
