/** Whoever is paid for the first time: until then only who enrolled them has looked, and so somebody else approves. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'

/**
 * Did this person enrol somebody whom this cycle pays first, or alone make whoever did an operator? The database asks itself
 * the same (`guard_independence`).
 */
export async function enrolledANewcomer(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  { cycleId, personId }: { readonly cycleId: string; readonly personId: string },
): Promise<boolean> {
  const { rows } = await sql<{ enrolled: boolean }>`
    select disbursements.enrolled_a_newcomer(${organisationId}, ${cycleId}, ${personId}) as enrolled`.execute(
    db,
  )
  return rows[0]?.enrolled ?? false
}
