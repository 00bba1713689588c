/** Takes everything from a colleague at once: roles, sessions, and the keys that they made. Nothing is half taken. */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { keepAnAdministrator } from './administrators.ts'
import { lockColleague } from './colleagues.ts'
import { endSessions } from './sessions.ts'

export interface Disabled {
  readonly roles: number
  readonly sessions: number
  readonly keys: number
}

/** Answers what was ended. Throws `not-yourself`, `not-found`, `last-administrator`. */
export async function disablePerson(
  deps: Deps,
  actor: PersonActor,
  { personId, reason }: { readonly personId: string; readonly reason: string },
): Promise<Disabled> {
  const { organisationId, clock } = deps
  if (personId === actor.id) throw new DomainError('not-yourself', { field: 'personId' })
  return inTransaction(deps.db, async trx => {
    await lockColleague(trx, organisationId, localDate(clock.now()), personId)
    const ended = {
      roles: await endAllRoles(trx, organisationId, personId, actor.id),
      sessions: await endSessions(trx, organisationId, personId),
      keys: await endKeys(trx, organisationId, personId, actor.id),
    }
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'person.disable',
      subject: { kind: 'person', id: personId },
      reason,
      detail: { ...ended },
    })
    return ended
  })
}

async function endAllRoles(trx: Transaction<DB>, organisationId: number, personId: string, endedBy: string) {
  const held = await trx
    .selectFrom('auth.grants')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .execute()
  const ids = held.map(({ id }) => id)
  if (ids.length === 0) return 0
  await keepAnAdministrator(trx, organisationId, ids)
  const ended = await trx
    .updateTable('auth.grants')
    .set({ endedBy, endedAt: sql<Date>`clock_timestamp()` })
    .where('organisationId', '=', organisationId)
    .where('id', 'in', ids)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

/** A program that somebody set up is theirs to answer for: without them it is nobody's. */
async function endKeys(trx: Transaction<DB>, organisationId: number, createdBy: string, endedBy: string) {
  const ended = await trx
    .updateTable('auth.keys')
    .set({ endedBy, endedAt: sql<Date>`clock_timestamp()` })
    .where('organisationId', '=', organisationId)
    .where('createdBy', '=', createdBy)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}
