/** Whose a monthly gift is, and what is shown with each of its instalments. Gone when its donor is erased. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { Shown } from './gifts.ts'

export interface OfMonthlyGift extends Shown {
  readonly monthlyGiftId: string
  readonly donorId: string
}

export async function keepMonthlyGift(
  trx: Transaction<DB>,
  organisationId: number,
  gift: OfMonthlyGift,
): Promise<void> {
  const row = { organisationId, ...gift }
  await withPersonalData(trx, () => trx.insertInto('donors.monthlyGifts').values(row).execute())
}

/** By monthly gift; of those whose donor was erased nothing. */
export async function donorsOfMonthlyGifts(
  trx: Transaction<DB>,
  organisationId: number,
  ids: readonly string[],
): Promise<Map<string, OfMonthlyGift>> {
  if (ids.length === 0) return new Map()
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.monthlyGifts')
      .select(['monthlyGiftId', 'donorId', 'nickname', 'message', 'asOrganisation'])
      .where('organisationId', '=', organisationId)
      .where('monthlyGiftId', 'in', ids)
      .execute(),
  )
  return new Map(rows.map(row => [row.monthlyGiftId, row]))
}

/** Ids of a donor's monthly gifts, the newest first. */
export async function monthlyGiftsOfDonor(
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
): Promise<string[]> {
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.monthlyGifts')
      .select('monthlyGiftId')
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .orderBy('monthlyGiftId', 'desc')
      .execute(),
  )
  return rows.map(({ monthlyGiftId }) => monthlyGiftId)
}
