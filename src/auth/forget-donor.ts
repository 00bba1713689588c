/** Forgets the address of somebody who only ever gave: they are signed out, and nobody is found by that address any more. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { endSessions } from './sessions.ts'

/** Answers whether it was forgotten: not of whoever has, or had, another role. The caller records the act. */
export async function forgetDonor(
  trx: Transaction<DB>,
  organisationId: number,
  personId: string,
): Promise<boolean> {
  const forgotten = await trx
    .updateTable('auth.persons as p')
    .set({ emailSealed: null, emailFingerprint: null, updatedAt: sql<Date>`clock_timestamp()` })
    .where('p.organisationId', '=', organisationId)
    .where('p.id', '=', personId)
    .where('p.enrolmentId', 'is', null)
    .where('p.name', '=', '')
    .where(
      sql<boolean>`not exists (select from auth.grants g where g.organisation_id = p.organisation_id
        and g.person_id = p.id and g.role <> 'donor')`,
    )
    .returning('p.id')
    .executeTakeFirst()
  if (!forgotten) return false
  await endSessions(trx, organisationId, personId)
  return true
}
