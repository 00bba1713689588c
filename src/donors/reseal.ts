/** Seals donors' addresses anew and hashes them anew, under the current secret. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'
import { PORTION } from '../platform/reseal.ts'
import type { Vault } from '../platform/vault.ts'
import { addressText, emailContext } from './donor.ts'

export async function resealDonors(
  trx: Transaction<DB>,
  vault: Vault,
  organisationId: number,
  after: string,
): Promise<{ resealed: number; last: string | null }> {
  return withPersonalData(trx, async () => {
    const rows = await trx
      .selectFrom('donors.donors')
      .select(['id', 'emailSealed'])
      .where('organisationId', '=', organisationId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PORTION)
      .forUpdate()
      .execute()
    const old = rows.flatMap(({ id, emailSealed }) =>
      emailSealed && !vault.isCurrent(emailSealed) ? [{ id, emailSealed }] : [],
    )
    for (const { id, emailSealed } of old) {
      const context = emailContext(organisationId, id)
      const address = vault.decrypt(emailSealed, context).toString()
      await trx
        .updateTable('donors.donors')
        .set({
          emailSealed: vault.encrypt(address, context),
          emailFingerprint: vault.fingerprint(addressText(address)),
        })
        .where('organisationId', '=', organisationId)
        .where('id', '=', id)
        .execute()
    }
    return { resealed: old.length, last: rows.at(-1)?.id ?? null }
  })
}
