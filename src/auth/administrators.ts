/** Without an administrator of the whole organisation nobody could give anybody a role: the last one stays. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { DomainError } from '../refusals.ts'

/**
 * Throws `last-administrator` when nobody is one but through these grants. Stand-ins do not count: their day comes.
 * Until the transaction ends nobody else ends such a role, so two administrators cannot end each other.
 */
export async function keepAnAdministrator(
  trx: Transaction<DB>,
  organisationId: number,
  ending: readonly string[],
): Promise<void> {
  const lasting = await trx
    .selectFrom('auth.grants')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('role', '=', 'administrator')
    .where('poolId', 'is', null)
    .where('lastDay', 'is', null)
    .where('endedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const touched = lasting.some(({ id }) => ending.includes(id))
  if (touched && lasting.every(({ id }) => ending.includes(id))) throw new DomainError('last-administrator')
}
