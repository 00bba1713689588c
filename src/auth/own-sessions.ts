/** One's own sessions: on what device one is signed in, since when and how, and ending one of them. */
import { sql } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import type { Own } from './second-factor/authenticator.ts'
import { refuseUnlessShown } from './second-factor/fresh.ts'
import type { Method } from './tables.ts'

export interface OwnSession {
  readonly id: string
  readonly method: Method
  readonly startedAt: Date
  /** To five minutes. */
  readonly usedAt: Date
  /** `Firefox/Windows`, or one of the two; null when it is not known. */
  readonly device: string | null
  readonly isThisOne: boolean
}

/** Those that are not over, the newest first. */
export async function ownSessions({ db, organisationId }: Deps, { session }: Own): Promise<OwnSession[]> {
  const rows = await db
    .selectFrom('auth.sessions')
    .select(['id', 'method', 'device', 'createdAt as startedAt', 'updatedAt as usedAt'])
    .where('organisationId', '=', organisationId)
    .where('personId', '=', session.person.id)
    .where('expiresAt', '>', sql<Date>`clock_timestamp()`)
    .orderBy('createdAt', 'desc')
    .execute()
  return rows.map(row => ({ ...row, isThisOne: row.id === session.id }))
}

/**
 * Throws `not-found` when it is nobody's, somebody else's, or over. Another one than this is ended with the second factor, where
 * there is one.
 */
export async function endOwnSession(deps: Deps, { session, actor }: Own, sessionId: string): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    if (sessionId !== session.id) await refuseUnlessShown(trx, deps, session)
    const ended = await trx
      .deleteFrom('auth.sessions')
      .where('organisationId', '=', organisationId)
      .where('personId', '=', session.person.id)
      .where('id', '=', sessionId)
      .executeTakeFirst()
    if (ended.numDeletedRows === 0n) throw new DomainError('not-found', { field: 'sessionId' })
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'session.end',
      subject: { kind: 'person', id: session.person.id },
    })
  })
}
