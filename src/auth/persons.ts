/** Persons who can sign in, with the roles that they have today. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { newId } from '../platform/id.ts'
import type { Vault } from '../platform/vault.ts'
import { DomainError } from '../refusals.ts'
import type { Grant, Role } from './permissions.ts'

export interface HeldGrant extends Grant {
  /** YYYY-MM-DD; null: until it is ended. */
  readonly lastDay: string | null
}

export interface Person {
  readonly id: string
  /** What colleagues see; empty for donors and recipients. */
  readonly name: string
  /** What they may do today. */
  readonly grants: readonly HeldGrant[]
  /** The same without pools, each once. */
  readonly roles: readonly Role[]
  /** Of a recipient: the enrolment that is theirs. */
  readonly enrolmentId: string | null
  /** Has an authenticator or a passkey: then it is asked, whatever their roles. */
  readonly secondFactor: boolean
}

type Reader = Kysely<DB> | Transaction<DB>

/** `today`: a stand-in's role is over after its last day. */
export function persons(db: Reader, organisationId: number, today: string) {
  return db
    .selectFrom('auth.persons as p')
    .where('p.organisationId', '=', organisationId)
    .select(['p.id', 'p.name', 'p.enrolmentId'])
    .select(
      sql<boolean>`p.second_factor or exists (select from auth.passkeys k
        where k.organisation_id = p.organisation_id and k.person_id = p.id)`.as('secondFactor'),
    )
    .select(
      sql<
        HeldGrant[]
      >`(select coalesce(json_agg(json_build_object('role', g.role, 'poolId', g.pool_id, 'lastDay', g.last_day) order by g.granted_at), '[]')
          from auth.grants g
         where g.organisation_id = p.organisation_id and g.person_id = p.id
           and g.ended_at is null and coalesce(g.last_day >= ${today}::date, true))`.as('grants'),
    )
    .orderBy('p.id')
}

export const withRoles = (row: Omit<Person, 'roles'>): Person => ({
  ...row,
  roles: [...new Set(row.grants.map(({ role }) => role))],
})

export async function personById(
  db: Reader,
  organisationId: number,
  today: string,
  id: string,
): Promise<Person | null> {
  const row = await persons(db, organisationId, today).where('p.id', '=', id).executeTakeFirst()
  return row ? withRoles(row) : null
}

/** Everybody with a role, but for donors: a demonstration's persons, an organisation's staff and recipients. */
export async function personsWithRoles(db: Reader, organisationId: number, today: string): Promise<Person[]> {
  const rows = await persons(db, organisationId, today).execute()
  return rows.map(withRoles).filter(({ roles }) => roles.some(role => role !== 'donor'))
}

/** What colleagues are called, by id: those whose role ended too, since what they decided stays. */
export async function personNames(db: Reader, organisationId: number): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('auth.persons')
    .select(['id', 'name'])
    .where('organisationId', '=', organisationId)
    .where('name', '<>', '')
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export const emailContext = (organisationId: number, id: string) =>
  `auth.persons/${organisationId}/${id}/email`

/** One writing of an address: as mail servers treat it, near enough that nobody has two accounts by accident. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

export interface NewPerson {
  readonly name: string
  readonly email?: string | undefined
  readonly locale?: 'nl' | 'en' | undefined
  readonly enrolmentId?: string | undefined
}

/** Throws `email-taken`. */
export async function addPerson(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  { name, email, locale, enrolmentId }: NewPerson,
): Promise<string> {
  const id = newId()
  const address = email === undefined ? undefined : normalEmail(email)
  const adding = trx.insertInto('auth.persons').values({
    organisationId,
    id,
    name,
    enrolmentId: enrolmentId ?? null,
    emailSealed: address === undefined ? null : vault.encrypt(address, emailContext(organisationId, id)),
    emailFingerprint: address === undefined ? null : vault.fingerprint(`email/${address}`),
    ...(locale ? { locale } : {}),
  })
  await adding.execute().catch(refuseTaken)
  return id
}

/** Somebody else took the address between our looking and our writing. */
function refuseTaken(error: { code?: string; constraint?: string }): never {
  if (error.code === '23505' && error.constraint === 'person_of_email')
    throw new DomainError('email-taken', { field: 'email' })
  throw error
}

/** Whose address this is; null when nobody's. */
export async function personIdOfEmail(
  db: Reader,
  vault: Vault,
  organisationId: number,
  email: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('auth.persons')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('emailFingerprint', 'in', [...vault.fingerprints(`email/${normalEmail(email)}`)])
    .executeTakeFirst()
  return row?.id ?? null
}

/** The address that they proved, in clear; null when they have none. */
export async function addressOfPerson(
  db: Reader,
  { organisationId, vault }: { readonly organisationId: number; readonly vault: Vault },
  personId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('auth.persons')
    .select('emailSealed')
    .where('organisationId', '=', organisationId)
    .where('id', '=', personId)
    .executeTakeFirst()
  const sealed = row?.emailSealed
  return sealed ? vault.decrypt(sealed, emailContext(organisationId, personId)).toString() : null
}

/** The same, with what links an address to a person; nobody else links it until the transaction ends. */
export async function lockPersonOfEmail(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  email: string,
): Promise<{ id: string; name: string; enrolmentId: string | null } | null> {
  const row = await trx
    .selectFrom('auth.persons')
    .select(['id', 'name', 'enrolmentId'])
    .where('organisationId', '=', organisationId)
    .where('emailFingerprint', 'in', [...vault.fingerprints(`email/${normalEmail(email)}`)])
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** Gives a donor or a recipient who becomes a colleague the name that colleagues see. */
export async function namePerson(
  trx: Transaction<DB>,
  organisationId: number,
  id: string,
  name: string,
): Promise<void> {
  await trx
    .updateTable('auth.persons')
    .set({ name, updatedAt: sql<Date>`clock_timestamp()` })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .execute()
}
