/** Seals recipients' names and accounts anew, under the current secret. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'
import { PORTION } from '../platform/reseal.ts'
import type { Vault } from '../platform/vault.ts'
import { contextOf } from './person.ts'

export async function resealRecipients(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  after: string,
): Promise<{ resealed: number; last: string | null }> {
  return withPersonalData(trx, async () => {
    const rows = await trx
      .selectFrom('recipients.persons')
      .select(['id', 'nameEncrypted', 'ibanEncrypted'])
      .where('organisationId', '=', organisationId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PORTION)
      .forUpdate()
      .execute()
    const old = rows.filter(row => ![row.nameEncrypted, row.ibanEncrypted].every(vault.isCurrent))
    for (const { id, nameEncrypted, ibanEncrypted } of old) {
      const anew = (sealed: Buffer, column: string) => {
        const context = contextOf(organisationId, id, column)
        return vault.encrypt(vault.decrypt(sealed, context), context)
      }
      await trx
        .updateTable('recipients.persons')
        .set({ nameEncrypted: anew(nameEncrypted, 'name'), ibanEncrypted: anew(ibanEncrypted, 'iban') })
        .where('organisationId', '=', organisationId)
        .where('id', '=', id)
        .execute()
    }
    return { resealed: old.length, last: rows.at(-1)?.id ?? null }
  })
}
