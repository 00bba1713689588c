/** Mandates to debit an account: the first bank payment gives one, or the page on which a donor names another account. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../../database.ts'
import { notFound } from '../api-error.ts'
import { newId } from '../ids.ts'
import { mandateObject } from '../objects/mandate.ts'

export async function makeMandate(trx: Transaction<DB>, paymentMethodId: string, now: Date): Promise<string> {
  const id = newId('mandate')
  const reference = id.slice(-16).toUpperCase()
  await trx
    .insertInto('simulation.mandates')
    .values({ id, reference, paymentMethodId, createdAt: now })
    .execute()
  return id
}

export async function readMandate(db: Kysely<DB>, id: string) {
  const row = await db.selectFrom('simulation.mandates').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('mandate', id)
  return mandateObject(row)
}
