/** Whose a gift is, what its donor chose to show with it, and whether it came and they were thanked. */
import { sql, type Transaction } from 'kysely'
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

/** Money came for a donation, at that moment. */
export interface Came {
  readonly donationId: string
  readonly at: Date
}

/** In the transaction in which it is posted: their donors are thanked soon. What came before stays as it was. */
export async function giftsCame(
  trx: Transaction<DB>,
  organisationId: number,
  came: readonly Came[],
): Promise<void> {
  if (came.length === 0) return
  const ids = came.map(({ donationId }) => donationId)
  const times = came.map(({ at }) => at)
  await withPersonalData(trx, () =>
    sql`update donors.gifts g set received_at = came.at
          from (select id, min(at) as at from unnest(${ids}::uuid[], ${times}::timestamptz[]) c(id, at) group by id) came
         where g.organisation_id = ${organisationId} and g.donation_id = came.id
           and g.donor_id is not null and g.received_at is null`.execute(trx),
  )
}

/** Donations that came and whose donors were not thanked yet, by id; `after` an earlier one. */
export async function giftsToThankFor(
  trx: Transaction<DB>,
  organisationId: number,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Came[]> {
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.gifts')
      .select(['donationId', 'receivedAt'])
      .where('organisationId', '=', organisationId)
      .where('donorId', 'is not', null)
      .where('receivedAt', 'is not', null)
      .where('thankedAt', 'is', null)
      .$if(after !== null, query => query.where('donationId', '>', after as string))
      .orderBy('donationId')
      .limit(limit)
      .execute(),
  )
  return rows.flatMap(({ donationId, receivedAt }) => (receivedAt ? [{ donationId, at: receivedAt }] : []))
}

/** Whom to thank, for whoever is first to ask; null for anybody after. The letter goes in the same transaction. */
export async function claimThanks(
  trx: Transaction<DB>,
  organisationId: number,
  donationId: string,
  at: Date,
): Promise<string | null> {
  const row = await withPersonalData(trx, () =>
    trx
      .updateTable('donors.gifts')
      .set({ thankedAt: at })
      .where('organisationId', '=', organisationId)
      .where('donationId', '=', donationId)
      .where('receivedAt', 'is not', null)
      .where('thankedAt', 'is', null)
      .returning('donorId')
      .executeTakeFirst(),
  )
  return row?.donorId ?? null
}

/** Who gave these, each once, of what came before that moment. */
export async function donorsOfGifts(
  trx: Transaction<DB>,
  organisationId: number,
  donationIds: readonly string[],
  before: Date,
): Promise<string[]> {
  if (donationIds.length === 0) return []
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.gifts')
      .select('donorId')
      .distinct()
      .where('organisationId', '=', organisationId)
      .where('donationId', 'in', donationIds)
      .where('receivedAt', '<=', before)
      .where('donorId', 'is not', null)
      .execute(),
  )
  return rows.flatMap(({ donorId }) => donorId ?? [])
}

/** Of all who are known, by id; `after` an earlier one. */
export async function donorIds(
  trx: Transaction<DB>,
  organisationId: number,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const rows = await withPersonalData(trx, () =>
    trx
      .selectFrom('donors.donors')
      .select('id')
      .where('organisationId', '=', organisationId)
      .where('erasedAt', 'is', null)
      .$if(after !== null, query => query.where('id', '>', after as string))
      .orderBy('id')
      .limit(limit)
      .execute(),
  )
  return rows.map(({ id }) => id)
}
