/** The account with which a recipient signs in: linked to one enrolment, with the role that shows it. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { colleagueById } from './colleagues.ts'
import { grantRole } from './grants.ts'
import { addPerson } from './persons.ts'
import { tellOfChange } from './second-factor/tell-of-change.ts'
import { endSessions } from './sessions.ts'
import { tellRecipient } from './tell-of-access.ts'

export interface RecipientAccount {
  /** Whose address this is already; null makes a person. */
  readonly personId: string | null
  readonly enrolmentId: string
  readonly poolId: string
  readonly email: string
  readonly locale: 'nl' | 'en' | undefined
  readonly givenBy: string
}

/** The caller refuses an account that is somebody else's, and records the act. */
export async function linkRecipient(
  trx: Transaction<DB>,
  deps: Deps,
  { personId, enrolmentId, poolId, email, locale, givenBy }: RecipientAccount,
): Promise<void> {
  const { organisationId, vault } = deps
  const id =
    personId ?? (await addPerson(trx, vault, organisationId, { name: '', email, locale, enrolmentId }))
  if (personId) {
    await endRecipientRoles(trx, organisationId, id, givenBy)
    await trx
      .updateTable('auth.persons')
      .set({ enrolmentId, updatedAt: sql<Date>`clock_timestamp()` })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .execute()
  }
  await grantRole(trx, organisationId, { personId: id, role: 'recipient', poolId, grantedBy: givenBy })
  await tellRecipient(trx, deps, { email, locale: locale ?? 'nl' })
}

/**
 * Takes an enrolment from the account that has it. The address of an account never changes, since it may be a
 * colleague's too; of one that is left with nothing, it is forgotten. Either way a letter goes there first.
 */
export async function unlinkRecipient(
  trx: Transaction<DB>,
  deps: Deps,
  enrolmentId: string,
  endedBy: string,
): Promise<void> {
  const { organisationId } = deps
  const person = await trx
    .updateTable('auth.persons')
    .set({ enrolmentId: null, updatedAt: sql<Date>`clock_timestamp()` })
    .where('organisationId', '=', organisationId)
    .where('enrolmentId', '=', enrolmentId)
    .returning('id')
    .executeTakeFirst()
  if (!person) return
  await endRecipientRoles(trx, organisationId, person.id, endedBy)
  await tellOfChange(trx, deps, person.id, 'address-replaced')
  const today = localDate(deps.clock.now())
  const colleague = await colleagueById(trx, organisationId, today, person.id).catch(() => null)
  if (colleague) return // they stay signed in, and reachable
  await endSessions(trx, organisationId, person.id)
  await trx
    .updateTable('auth.persons as p')
    .set({ emailSealed: null, emailFingerprint: null })
    .where('p.organisationId', '=', organisationId)
    .where('p.id', '=', person.id)
    .where(
      sql<boolean>`not exists (select from auth.grants g where g.organisation_id = p.organisation_id
        and g.person_id = p.id and g.role <> 'recipient')`,
    )
    .execute()
}

async function endRecipientRoles(
  trx: Transaction<DB>,
  organisationId: number,
  personId: string,
  endedBy: string,
): Promise<void> {
  await trx
    .updateTable('auth.grants')
    .set({ endedBy, endedAt: sql<Date>`clock_timestamp()` })
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .where('role', '=', 'recipient')
    .where('endedAt', 'is', null)
    .execute()
}

/** Whether somebody can sign in as the recipient of this enrolment. */
export async function hasSignIn(
  db: Deps['db'],
  organisationId: number,
  enrolmentId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('auth.persons')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('enrolmentId', '=', enrolmentId)
    .where('emailFingerprint', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}
