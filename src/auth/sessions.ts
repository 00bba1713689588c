/**
 * Sessions: who holds a token, and since when they have shown what. A session ends after some hours, sooner when it is
 * not used; only its token's hash is stored.
 */
import type { Transaction } from 'kysely'
import { type Actor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { newId, newToken, sha256 } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { stillHelps } from './helping.ts'
import { type Grant, isStaffRole } from './permissions.ts'
import { type Person, persons, withRoles } from './persons.ts'
import type { Method } from './tables.ts'

export const SESSION_HOURS = 12
/** Without a request for this long it is over: shorter for whoever works with other people's money. */
const IDLE_MINUTES = { staff: 60, others: 240 } as const
/** How exactly it is known when a session was last used: writing at each request would be wasteful. */
const USED_EVERY_MINUTES = 5

export interface Session {
  readonly id: string
  readonly person: Person
  readonly method: Method
  readonly secondFactorAt: Date | null
  readonly createdAt: Date
  /** The enrolment whose recipient is being helped, and why. */
  readonly actingFor: string | null
  readonly actingReason: string | null
}

/** Whoever helps a recipient sees and does what that recipient could, and stays who they are. */
export const grantsOf = ({ person, actingFor }: Session): readonly Grant[] =>
  actingFor ? [...person.grants, { role: 'recipient', poolId: null }] : person.grants

/** Who holds this token; null when nobody does any more. */
export async function sessionOfToken(deps: Deps, token: string): Promise<Session | null> {
  const { db, organisationId } = deps
  const row = await persons(db, organisationId, localDate(deps.clock.now()))
    .innerJoin('auth.sessions as s', join =>
      join.onRef('s.organisationId', '=', 'p.organisationId').onRef('s.personId', '=', 'p.id'),
    )
    .where('s.tokenSha256', '=', sha256(token))
    .where('s.expiresAt', '>', new Date())
    .select(['s.id as sessionId', 's.method', 's.secondFactorAt', 's.createdAt', 's.updatedAt'])
    .leftJoin('enrolments.enrolments as e', join =>
      join.onRef('e.organisationId', '=', 's.organisationId').onRef('e.id', '=', 's.actingFor'),
    )
    .select(['s.actingFor', 's.actingReason', 's.actingSince', 'e.poolId as actingPoolId'])
    .executeTakeFirst()
  if (!row) return null
  const idleMs = Date.now() - row.updatedAt.getTime()
  if (idleMs > idleMinutes(row.grants) * 60_000) return null
  if (idleMs > USED_EVERY_MINUTES * 60_000) await touch(deps, row.sessionId)
  const { id, name, grants, enrolmentId, secondFactor } = row
  const helps = stillHelps(row)
  return {
    id: row.sessionId,
    person: withRoles({ id, name, grants, enrolmentId, secondFactor }),
    method: row.method,
    secondFactorAt: row.secondFactorAt,
    createdAt: row.createdAt,
    actingFor: helps ? row.actingFor : null,
    actingReason: helps ? row.actingReason : null,
  }
}

const idleMinutes = (grants: readonly Grant[]) =>
  grants.some(({ role }) => isStaffRole(role)) ? IDLE_MINUTES.staff : IDLE_MINUTES.others

async function touch({ db, organisationId }: Deps, id: string): Promise<void> {
  await db
    .updateTable('auth.sessions')
    .set({ updatedAt: new Date() })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .execute()
}

export interface NewSession {
  readonly personId: string
  readonly method: Method
  /** Whether the second factor was shown while signing in. */
  readonly secondFactor: boolean
  readonly origin: Origin
}

/** Where a request comes from: its id, its place, and the kind of device. */
export interface Origin {
  readonly requestId: string
  readonly place?: string | undefined
  readonly device?: string | undefined
}

/** Answers the token, shown once. Its act is in the same transaction. */
export async function startSession(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  { personId, method, secondFactor, origin }: NewSession,
): Promise<string> {
  const token = newToken()
  const id = newId()
  await trx
    .insertInto('auth.sessions')
    .values({
      organisationId,
      id,
      tokenSha256: sha256(token),
      personId,
      method,
      secondFactorAt: secondFactor ? new Date() : null,
      actingFor: null,
      actingReason: null,
      actingSince: null,
      device: origin.device ?? null,
      expiresAt: new Date(Date.now() + SESSION_HOURS * 3_600_000),
    })
    .execute()
  await recordAct(trx, organisationId, actorIn(personId, id, origin), {
    at: clock.now(),
    action: 'session.start',
    subject: { kind: 'person', id: personId },
    detail: { method },
  })
  return token
}

const actorIn = (personId: string, session: string, origin: Origin): Actor => ({
  kind: 'person',
  id: personId,
  session,
  origin: origin.requestId,
  place: origin.place,
})

/** Signing in from the list of persons: in demonstration mode only, where nobody is real. */
export async function signInForDemonstration(
  deps: Deps,
  personId: string,
  origin: Origin,
): Promise<{ token: string; person: Person }> {
  if (deps.mode !== 'demonstration') throw new DomainError('not-in-demonstration')
  const row = await persons(deps.db, deps.organisationId, localDate(deps.clock.now()))
    .where('p.id', '=', personId)
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'personId' })
  const token = await inTransaction(deps.db, trx =>
    startSession(trx, deps, { personId, method: 'demonstration', secondFactor: true, origin }),
  )
  return { token, person: withRoles(row) }
}

export async function signOut(deps: Deps, token: string, origin: Origin): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    const ended = await trx
      .deleteFrom('auth.sessions')
      .where('organisationId', '=', organisationId)
      .where('tokenSha256', '=', sha256(token))
      .returning(['id', 'personId'])
      .executeTakeFirst()
    if (!ended) return
    await recordAct(trx, organisationId, actorIn(ended.personId, ended.id, origin), {
      at: clock.now(),
      action: 'session.end',
      subject: { kind: 'person', id: ended.personId },
    })
  })
}

/** Ends every session of a person, but for the one that asks; answers how many. The caller records the act. */
export async function endSessions(
  trx: Transaction<DB>,
  organisationId: number,
  personId: string,
  butFor?: string,
): Promise<number> {
  const ended = await trx
    .deleteFrom('auth.sessions')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .$if(butFor !== undefined, query => query.where('id', '!=', butFor ?? ''))
    .executeTakeFirst()
  return Number(ended.numDeletedRows)
}

/** One of them, by its id. The caller records the act. */
export async function endSession(
  trx: Transaction<DB>,
  organisationId: number,
  sessionId: string,
): Promise<void> {
  await trx
    .deleteFrom('auth.sessions')
    .where('organisationId', '=', organisationId)
    .where('id', '=', sessionId)
    .execute()
}
