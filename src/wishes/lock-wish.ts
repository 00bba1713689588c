/** Who decides on a wish, or reacts to it, holds its row: one after the other. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { DomainError } from '../refusals.ts'

/** Throws `not-found`. */
export async function lockWish(trx: Transaction<DB>, organisationId: number, wishId: string) {
  const wish = await trx
    .selectFrom('wishes.wishes')
    .select(['id', 'state', 'agreements', 'lookBy'])
    .where('organisationId', '=', organisationId)
    .where('id', '=', wishId)
    .forUpdate()
    .executeTakeFirst()
  if (!wish) throw new DomainError('not-found', { field: 'wishId' })
  return wish
}

/** One that is not shown does not exist for whoever reacts. */
export async function lockShown(trx: Transaction<DB>, organisationId: number, wishId: string) {
  const wish = await lockWish(trx, organisationId, wishId)
  if (wish.state !== 'shown') throw new DomainError('not-found', { field: 'wishId' })
  return wish
}
