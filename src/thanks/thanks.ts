/** Reading thank-yous as everybody does: those that are shown, of one pool. Nothing here says who wrote them. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import type { Locale } from '../money/index.ts'
import { type Month, monthOf } from '../platform/calendar/index.ts'
import { withWords } from './words-of.ts'

export interface Thanks {
  readonly id: string
  readonly locale: Locale
  readonly text: string
  /** Null: without one. */
  readonly nickname: string | null
  /** When it was written, as exactly as anybody is told. */
  readonly month: Month
}

export interface ThanksAsked {
  /** The last one of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

/** The newest shown first. `next`: to ask the next page with; null on the last. */
export async function thanksOf(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
  { after, limit }: ThanksAsked,
): Promise<{ readonly thanks: readonly Thanks[]; readonly next: string | null }> {
  const rows = await db
    .selectFrom('thanks.thanks as t')
    .select(['t.id', 't.locale', 't.month'])
    .where('t.organisationId', '=', organisationId)
    .where('t.poolId', '=', poolId)
    .where('t.state', '=', 'shown')
    .$if(after !== undefined, query =>
      query.where(
        sql<boolean>`(t.decided_at, t.id) < (select l.decided_at, l.id from thanks.thanks l
          where l.organisation_id = ${organisationId} and l.pool_id = ${poolId} and l.id = ${after})`,
      ),
    )
    .orderBy('t.decidedAt', 'desc')
    .orderBy('t.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit).map(row => ({ ...row, month: monthOf(row.month) }))
  return {
    thanks: await withWords(db, organisationId, page),
    next: rows[limit] ? (page.at(-1)?.id ?? null) : null,
  }
}

export interface NewlyShown extends Thanks {
  readonly shownAt: Date
}

/** What has been shown since a moment, by pool, the oldest first: for telling donors of it. What is gone again is not there. */
export async function thanksShownSince(
  db: Kysely<DB>,
  organisationId: number,
  since: Date,
): Promise<ReadonlyMap<string, readonly NewlyShown[]>> {
  const rows = await db
    .selectFrom('thanks.thanks')
    .select(['id', 'poolId', 'locale', 'month', 'decidedAt'])
    .where('organisationId', '=', organisationId)
    .where('state', '=', 'shown')
    .where('decidedAt', '>', since)
    .orderBy('decidedAt')
    .orderBy('id')
    .execute()
  const byPool = new Map<string, NewlyShown[]>()
  for (const { poolId, decidedAt, month, ...row } of await withWords(db, organisationId, rows)) {
    const shown = { ...row, month: monthOf(month), shownAt: decidedAt ?? since }
    byPool.set(poolId, [...(byPool.get(poolId) ?? []), shown])
  }
  return byPool
}
