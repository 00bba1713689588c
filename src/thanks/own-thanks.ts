/** A recipient's own thank-yous: what became of each, and whether another can be written now. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import type { Locale } from '../money/index.ts'
import { localDate, type Month, monthOf } from '../platform/calendar/index.ts'
import type { ThanksReason, ThanksState } from './tables.ts'
import { wordsOf } from './words-of.ts'

export interface OwnThanks {
  readonly id: string
  readonly locale: Locale
  readonly state: ThanksState
  readonly because: ThanksReason | null
  readonly month: Month
  /** The day that staff promised; null when nothing waits for them. */
  readonly lookBy: string | null
  /** Null when the words were erased. */
  readonly text: string | null
  readonly nickname: string | null
}

export interface OwnThankings {
  /** The newest first. */
  readonly thanks: readonly OwnThanks[]
  readonly mayWrite: 'yes' | 'when-read' | 'next-month'
}

export async function ownThanks(
  db: Kysely<DB>,
  organisationId: number,
  enrolmentId: string,
  now: Date,
): Promise<OwnThankings> {
  const rows = await db
    .selectFrom('thanks.thanks')
    .select(['id', 'locale', 'state', 'because', 'month', 'lookBy'])
    .where('organisationId', '=', organisationId)
    .where('enrolmentId', '=', enrolmentId)
    .orderBy('month', 'desc')
    .execute()
  const ids = rows.map(({ id }) => id)
  const read =
    ids.length === 0 ? [] : await db.transaction().execute(trx => wordsOf(trx, organisationId, ids))
  const words = new Map(read.map(row => [row.id, row]))
  const thanks = rows.map(row => {
    const { text = null, nickname = null } = words.get(row.id) ?? {}
    return { ...row, month: monthOf(row.month), text, nickname }
  })
  const isWaiting = thanks.some(({ state }) => state === 'waiting')
  const isThisMonth = thanks.some(({ month }) => month === monthOf(localDate(now)))
  return { thanks, mayWrite: isWaiting ? 'when-read' : isThisMonth ? 'next-month' : 'yes' }
}
