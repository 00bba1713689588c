/** Whose a gift is, what its donor chose to show with it, and whether it came and they were thanked. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'

export interface Shown {
  readonly nickname: string | null
  readonly message: string | null
  /** The nickname is an organisation's name. */
  readonly asOrganisation: boolean
}

export interface NewGift extends Shown {
  readonly donationId: string
  readonly donorId: string | null
}

/** Beside the donation, in its transaction. Of whoever shows nothing and left no address nothing is kept. */
export async function keepGift(trx: Transaction<DB>, organisationId: number, gift: NewGift): Promise<void> {
  if (!gift.donorId && !gift.nickname && !gift.message) return
  const row = { organisationId, ...gift, receivedAt: null, thankedAt: null }
  await withPersonalData(trx, () => trx.insertInto('donors.gifts').values(row).execute())
}

/** What donors show with these gifts, by donation. */
export async function shownWith(
  trx: Transaction<DB>,
  organisationId: number,
  donationIds: readonly string[],
): Promise<Map<string, Shown>> {
  if (donationIds.length === 0) return new Map()
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.gifts')
      .select(['donationId', 'nickname', 'message', 'asOrganisation'])
      .where('organisationId', '=', organisationId)
      .where('donationId', 'in', donationIds)
      .execute(),
  )
  return new Map(rows.map(({ donationId, ...shown }) => [donationId, shown]))
}

/** Ids of a donor's donations, the newest first. */
export async function giftsOfDonor(
  trx: Transaction<DB>,
  organisationId: number,
  donorId: string,
): Promise<string[]> {
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.gifts')
      .select('donationId')
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .orderBy('donationId', 'desc')
      .execute(),
  )
  return rows.map(({ donationId }) => donationId)
}

/** Money came for these, in the transaction in which that is posted: their donors are thanked soon. Again it changes nothing. */
export async function giftsCame(
  trx: Transaction<DB>,
  organisationId: number,
  donationIds: readonly string[],
  at: Date,
): Promise<void> {
  if (donationIds.length === 0) return
  await withPersonalData(trx, () =>
    trx
      .updateTable('donors.gifts')
      .set({ receivedAt: at })
      .where('organisationId', '=', organisationId)
      .where('donationId', 'in', donationIds)
      .where('donorId', 'is not', null)
      .where('receivedAt', 'is', null)
      .execute(),
  )
}
