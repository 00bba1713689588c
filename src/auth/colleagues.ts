/**
 * Whoever works here or was invited to: what colleagues see of each other. Donors and recipients are no colleagues, and
 * that a colleague also gives or receives is nobody's business: those roles are not shown here.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { localDate } from '../platform/calendar/index.ts'
import { DomainError } from '../refusals.ts'
import { type Role, roles, staffRoles } from './permissions.ts'

/**
 * What one person gives another. Donors sign up themselves, a recipient's role comes with an enrolment, and a campaigner can do
 * nothing yet that anybody could not.
 */
export const givenRoles: readonly Role[] = staffRoles

/** Whoever has one of these is a colleague; some were given when campaigners still were. */
export const colleagueRoles: readonly Role[] = roles.slice(roles.indexOf('campaigner'))

export interface HeldRole {
  readonly id: string
  readonly role: Role
  /** Null: the whole organisation. */
  readonly poolId: string | null
  /** YYYY-MM-DD; null: until it is ended. */
  readonly lastDay: string | null
  readonly standInFor: string | null
}

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly locale: 'nl' | 'en'
  /** Those of today. */
  readonly roles: readonly HeldRole[]
  /** YYYY-MM-DD on the installation's clock; null: never yet. */
  readonly lastSignedInOn: string | null
  /** An authenticator or a passkey. */
  readonly secondFactor: boolean
}

type Reader = Kysely<DB> | Transaction<DB>

/** The first one; the first colleagues came without. */
const invitation = sql`(select min(i.id) from acts.acts i where i.organisation_id = p.organisation_id
    and i.subject_kind = 'person' and i.subject_id = p.id::text and i.action = 'person.invite')`

/** Since they became a colleague: that somebody came in before, to give or to receive, is nobody's business. */
const lastSignIn = sql<Date | null>`(select a.at from acts.acts a where a.organisation_id = p.organisation_id
    and a.actor_id = p.id and a.action = 'session.start' and a.id > coalesce(${invitation}, 0)
    order by a.id desc limit 1)`

function query(db: Reader, organisationId: number, today: string) {
  const given = sql.join([...colleagueRoles])
  return db
    .selectFrom('auth.persons as p')
    .where('p.organisationId', '=', organisationId)
    .where(
      sql<boolean>`p.id in (
        select g.person_id from auth.grants g
         where g.organisation_id = ${organisationId} and g.role in (${given})
        union
        select a.subject_id::uuid from acts.acts a
         where a.organisation_id = ${organisationId} and a.action = 'person.invite')`,
    )
    .select(['p.id', 'p.name', 'p.locale'])
    .select([
      sql<
        HeldRole[]
      >`(select coalesce(json_agg(json_build_object('id', g.id, 'role', g.role, 'poolId', g.pool_id,
          'lastDay', g.last_day, 'standInFor', g.stand_in_for) order by g.granted_at, g.id), '[]')
        from auth.grants g
       where g.organisation_id = p.organisation_id and g.person_id = p.id and g.role in (${given})
         and g.ended_at is null and coalesce(g.last_day >= ${today}::date, true))`.as('roles'),
      lastSignIn.as('lastSignedInAt'),
      sql<boolean>`(p.second_factor or exists (select from auth.passkeys k
          where k.organisation_id = p.organisation_id and k.person_id = p.id))
          and (${lastSignIn} is not null or ${invitation} is null)`.as('secondFactor'),
    ])
    .orderBy('p.name')
    .orderBy('p.id')
}

type Row = Omit<Colleague, 'lastSignedInOn'> & { readonly lastSignedInAt: Date | null }

const colleagueOf = ({ lastSignedInAt, ...row }: Row): Colleague => ({
  ...row,
  lastSignedInOn: lastSignedInAt && localDate(lastSignedInAt),
})

/** By name. */
export async function colleagues(db: Reader, organisationId: number, today: string): Promise<Colleague[]> {
  return (await query(db, organisationId, today).execute()).map(colleagueOf)
}

/** Throws `not-found`, also for who is no colleague. */
export async function colleagueById(
  db: Reader,
  organisationId: number,
  today: string,
  id: string,
): Promise<Colleague> {
  const row = await query(db, organisationId, today).where('p.id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'personId' })
  return colleagueOf(row)
}

/** The same, and until the transaction ends nobody else changes what this person may do. */
export async function lockColleague(
  trx: Transaction<DB>,
  organisationId: number,
  today: string,
  id: string,
): Promise<Colleague> {
  await trx
    .selectFrom('auth.persons')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .execute()
  return colleagueById(trx, organisationId, today, id)
}
