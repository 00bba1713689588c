/** What staff sees of wishes: those that wait, those that were reported, and those that are hidden. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import { withPersonalData } from '../platform/personal.ts'
import type { WishReason, WishState } from './tables.ts'
import { type Wish, withWords } from './wish.ts'

export interface OpenReport {
  readonly reason: WishReason
  readonly reports: number
}

export interface OpenWish extends Wish {
  readonly state: WishState
  readonly because: WishReason | 'reported' | null
  /** Until when staff is in time; null: hidden by staff, and nothing waits. */
  readonly lookBy: string | null
  /** Not looked at yet, the most given reason first. */
  readonly reports: readonly OpenReport[]
  /** What reporters added. */
  readonly notes: readonly string[]
}

/** The most urgent first; hidden ones that nothing waits for come last. */
export async function openWishes(db: Kysely<DB>, organisationId: number, limit: number): Promise<OpenWish[]> {
  const rows = await db
    .selectFrom('wishes.wishes')
    .select(['id', 'poolId', 'locale', 'agreements', 'writtenAt', 'state', 'because', 'lookBy'])
    .where('organisationId', '=', organisationId)
    .where(eb => eb.or([eb('lookBy', 'is not', null), eb('state', '=', 'hidden')]))
    .orderBy(sql`look_by nulls last`)
    .orderBy('id')
    .limit(limit)
    .execute()
  const found = await withWords(db, organisationId, rows)
  const ids = found.map(({ id }) => id)
  const reports = await reportsOn(db, organisationId, ids)
  const notes = await notesOn(db, organisationId, ids)
  return found.map(wish => ({
    ...wish,
    reports: reports.filter(({ wishId }) => wishId === wish.id),
    notes: notes.flatMap(({ wishId, words }) => (wishId === wish.id && words ? [words] : [])),
  }))
}

/** How many wait, how many of them too long, and until when staff is in time for the first. */
export async function waitingForStaff(
  db: Kysely<DB>,
  organisationId: number,
  today: string,
): Promise<{ waiting: number; late: number; lookBy: string | null }> {
  const row = await db
    .selectFrom('wishes.wishes')
    .select(({ fn }) => [
      fn.countAll<bigint>().as('waiting'),
      sql<bigint>`count(*) filter (where look_by < ${today}::date)`.as('late'),
      sql<string | null>`min(look_by) filter (where look_by >= ${today}::date)`.as('lookBy'),
    ])
    .where('organisationId', '=', organisationId)
    .where('lookBy', 'is not', null)
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), late: Number(row.late), lookBy: row.lookBy }
}

async function reportsOn(db: Kysely<DB>, organisationId: number, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('wishes.reports')
    .select(({ fn }) => ['wishId', 'reason', fn.countAll<bigint>().as('reports')])
    .where('organisationId', '=', organisationId)
    .where('wishId', 'in', ids)
    .where('lookedAt', 'is', null)
    .groupBy(['wishId', 'reason'])
    .orderBy('reports', 'desc')
    .execute()
  return rows.map(row => ({ ...row, reports: Number(row.reports) }))
}

async function notesOn(db: Kysely<DB>, organisationId: number, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .transaction()
    .execute(trx =>
      withPersonalData(trx, () =>
        trx
          .selectFrom('wishes.reports')
          .select(['wishId', 'words'])
          .where('organisationId', '=', organisationId)
          .where('wishId', 'in', ids)
          .where('lookedAt', 'is', null)
          .where('words', 'is not', null)
          .orderBy('reportedAt')
          .execute(),
      ),
    )
}
