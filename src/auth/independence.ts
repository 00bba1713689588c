/** Who does not work here any more is no second pair of eyes. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'

/** Everything was taken from this person then or later. */
export async function wasDisabledSince(
  trx: Transaction<DB>,
  organisationId: number,
  personId: string,
  since: Date,
): Promise<boolean> {
  const disabled = await trx
    .selectFrom('acts.acts')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('action', '=', 'person.disable')
    .where('subjectId', '=', personId)
    .where('at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return disabled !== undefined
}
