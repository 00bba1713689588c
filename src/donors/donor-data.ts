/** What is held of a donor beside their gifts: what they were told, and which letters they stopped when. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'

export interface DonorData {
  readonly letters: readonly { readonly kind: string; readonly about: string; readonly toldAt: Date }[]
  readonly stops: readonly { readonly kind: string; readonly stoppedAt: Date }[]
}

export async function donorData(
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
): Promise<DonorData> {
  return withPersonalData(trx, async () => ({
    letters: await trx
      .selectFrom('donors.letters')
      .select(['kind', 'about', 'toldAt'])
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .orderBy('toldAt')
      .execute(),
    stops: await trx
      .selectFrom('donors.stops')
      .select(['kind', 'stoppedAt'])
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .orderBy('kind')
      .execute(),
  }))
}
