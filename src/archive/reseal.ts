/** Seals archived files and events anew, under the current secret. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { Vault } from '../platform/vault.ts'
import { contextOf } from './index.ts'

/** Files may be large. */
const PORTION = 20

export async function resealDocuments(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  after: string,
): Promise<{ resealed: number; last: string | null }> {
  return withPersonalData(trx, async () => {
    const rows = await trx
      .selectFrom('archive.documents')
      .select(['id', 'bodyEncrypted'])
      .where('organisationId', '=', organisationId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PORTION)
      .forUpdate()
      .execute()
    const old = rows.filter(({ bodyEncrypted }) => !vault.isCurrent(bodyEncrypted))
    for (const { id, bodyEncrypted } of old) {
      const context = contextOf(organisationId, id)
      await trx
        .updateTable('archive.documents')
        .set({ bodyEncrypted: vault.encrypt(vault.decrypt(bodyEncrypted, context), context) })
        .where('organisationId', '=', organisationId)
        .where('id', '=', id)
        .execute()
    }
    return { resealed: old.length, last: rows.at(-1)?.id ?? null }
  })
}
