/** Reading wishes as everybody does: those that are shown. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Locale } from '../money/index.ts'
import { withPersonalData } from '../platform/personal.ts'
import { DomainError } from '../refusals.ts'

export interface Wish {
  readonly id: string
  readonly poolId: string | null
  readonly locale: Locale
  readonly text: string
  /** Null: anonymous. */
  readonly nickname: string | null
  /** How many said "me too". */
  readonly agreements: number
  readonly writtenAt: Date
}

export const wishOrders = ['newest', 'most-agreed'] as const
export type WishOrder = (typeof wishOrders)[number]

export interface WishesAsked {
  readonly order: WishOrder
  readonly poolId?: string | undefined
  /** The last wish of the page before: its place in the order is looked up as it is now. */
  readonly after?: string | undefined
  readonly limit: number
}

export interface WishPage {
  readonly wishes: readonly Wish[]
  /** To ask the next page with; null on the last. */
  readonly next: string | null
}

export async function wishes(
  db: Kysely<DB>,
  organisationId: number,
  { order, poolId, after, limit }: WishesAsked,
): Promise<WishPage> {
  const place = order === 'newest' ? sql`w.id` : sql`w.agreements, w.id`
  const listed = shownWishes(db, organisationId)
    .$if(order === 'most-agreed', query => query.orderBy('w.agreements', 'desc'))
    .orderBy('w.id', 'desc')
    .$if(poolId !== undefined, query => query.where('w.poolId', '=', poolId ?? ''))
    .$if(after !== undefined, query =>
      query.where(
        sql<boolean>`(${place}) < (select ${place} from wishes.wishes w where w.organisation_id = ${organisationId} and w.id = ${after})`,
      ),
    )
  const rows = await listed.limit(limit + 1).execute()
  const page = rows.slice(0, limit)
  return {
    wishes: await withWords(db, organisationId, page),
    next: rows[limit] ? (page.at(-1)?.id ?? null) : null,
  }
}

/** Throws `not-found` for one that is not shown, whatever became of it. */
export async function wishById(db: Kysely<DB>, organisationId: number, id: string): Promise<Wish> {
  const row = await shownWishes(db, organisationId).where('w.id', '=', id).executeTakeFirst()
  const [wish] = await withWords(db, organisationId, row ? [row] : [])
  if (!wish) throw new DomainError('not-found', { field: 'wishId' })
  return wish
}

const shownWishes = (db: Kysely<DB>, organisationId: number) =>
  db
    .selectFrom('wishes.wishes as w')
    .select(['w.id', 'w.poolId', 'w.locale', 'w.agreements', 'w.writtenAt'])
    .where('w.organisationId', '=', organisationId)
    .where('w.state', '=', 'shown')

/** Together with what was written; one that was taken away in between is left out. */
export async function withWords<Row extends { readonly id: string }>(
  db: Kysely<DB>,
  organisationId: number,
  rows: readonly Row[],
): Promise<(Row & { text: string; nickname: string | null })[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const words = new Map(
    (await db.transaction().execute(trx => wordsOf(trx, organisationId, ids))).map(row => [row.id, row]),
  )
  return rows.flatMap(row => {
    const { text, nickname = null } = words.get(row.id) ?? {}
    return text ? [{ ...row, text, nickname }] : []
  })
}

export const wordsOf = (trx: Transaction<DB>, organisationId: number, ids: readonly string[]) =>
  withPersonalData(trx, () =>
    trx
      .selectFrom('wishes.wishes')
      .select(['id', 'text', 'nickname'])
      .where('organisationId', '=', organisationId)
      .where('id', 'in', ids)
      .execute(),
  )
