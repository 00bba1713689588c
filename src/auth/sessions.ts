/**
 * The demonstration sign-in: pick who you are. Only the way in is a demonstration; sessions, roles and the guard
 * behind it are the real ones.
 */
import type { Kysely, Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { newId, newToken, sha256 } from '../platform/id.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import type { Role } from './permissions.ts'

export const SESSION_HOURS = 12

export interface Person {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Of a recipient: the enrolment that is theirs. */
  readonly enrolmentId: string | null
}

function persons(db: Kysely<DB> | Transaction<DB>, organisationId: number) {
  return db
    .selectFrom('auth.persons as p')
    .leftJoin('auth.roles as r', join =>
      join.onRef('r.organisationId', '=', 'p.organisationId').onRef('r.personId', '=', 'p.id'),
    )
    .where('p.organisationId', '=', organisationId)
    .select(['p.id', 'p.name', 'p.enrolmentId', 'r.role'])
    .orderBy('p.id')
}

function gathered(
  rows: { id: string; name: string; enrolmentId: string | null; role: Role | null }[],
): Person[] {
  const byId = new Map<string, Person & { roles: Role[] }>()
  for (const { role, ...person } of rows) {
    const known = byId.get(person.id) ?? { ...person, roles: [] }
    if (role) known.roles.push(role)
    byId.set(person.id, known)
  }
  return [...byId.values()]
}

export async function demonstrationPersons(db: Kysely<DB>, organisationId: number): Promise<Person[]> {
  return gathered(await persons(db, organisationId).execute())
}

/** Answers the session's token, shown once. Refused outside demonstration mode. */
export async function signIn(
  deps: Deps,
  personId: string,
  origin: string,
): Promise<{ token: string; person: Person }> {
  if (deps.mode !== 'demonstration') throw new DomainError('not-in-demonstration')
  const { organisationId } = deps
  const [person] = gathered(await persons(deps.db, organisationId).where('p.id', '=', personId).execute())
  if (!person) throw new DomainError('not-found', { field: 'personId' })
  const token = newToken()
  await inTransaction(deps.db, async trx => {
    await trx
      .insertInto('auth.sessions')
      .values({
        tokenSha256: sha256(token),
        organisationId,
        personId,
        expiresAt: new Date(Date.now() + SESSION_HOURS * 3_600_000),
      })
      .execute()
    await recordAct(
      trx,
      organisationId,
      { kind: 'person', id: personId, origin },
      {
        at: deps.clock.now(),
        action: 'session.start',
        subject: { kind: 'person', id: personId },
      },
    )
  })
  return { token, person }
}

export async function signOut(deps: Deps, token: string, origin: string): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    const ended = await trx
      .deleteFrom('auth.sessions')
      .where('tokenSha256', '=', sha256(token))
      .returning('personId')
      .executeTakeFirst()
    if (!ended) return
    const actor = { kind: 'person', id: ended.personId, origin } as const
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'session.end',
      subject: { kind: 'person', id: ended.personId },
    })
  })
}

/** Who holds this token; null when nobody does any more. */
export async function personOfToken(deps: Deps, token: string): Promise<Person | null> {
  const session = await deps.db
    .selectFrom('auth.sessions')
    .select('personId')
    .where('tokenSha256', '=', sha256(token))
    .where('organisationId', '=', deps.organisationId)
    .where('expiresAt', '>', new Date())
    .executeTakeFirst()
  if (!session) return null
  const [person] = gathered(
    await persons(deps.db, deps.organisationId).where('p.id', '=', session.personId).execute(),
  )
  return person ?? null
}

export async function addPerson(
  trx: Transaction<DB>,
  organisationId: number,
  input: { name: string; roles: readonly Role[]; enrolmentId?: string },
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('auth.persons')
    .values({ organisationId, id, name: input.name, enrolmentId: input.enrolmentId ?? null })
    .execute()
  await trx
    .insertInto('auth.roles')
    .values(input.roles.map(role => ({ organisationId, personId: id, role })))
    .execute()
  return id
}
