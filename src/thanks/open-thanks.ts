/** What staff sees of thank-yous: those that wait, and the latest that are shown. Not who wrote them. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import { monthOf } from '../platform/calendar/index.ts'
import type { Thanks } from './thanks.ts'
import { withWords } from './words-of.ts'

export interface StaffThanks extends Thanks {
  readonly poolId: string
  readonly state: 'waiting' | 'shown'
  /** Until when staff is in time; null: it is shown. */
  readonly lookBy: string | null
  /** Whoever wrote it down for a recipient, and therefore does not decide. */
  readonly helpedBy: string | null
}

/** The most urgent first. */
export const openThanks = (db: Kysely<DB>, organisationId: number, limit: number): Promise<StaffThanks[]> =>
  listed(db, organisationId, 'waiting', limit)

/** The newest first: what was shown by mistake can be refused still. */
export const shownThanks = (db: Kysely<DB>, organisationId: number, limit: number): Promise<StaffThanks[]> =>
  listed(db, organisationId, 'shown', limit)

async function listed(
  db: Kysely<DB>,
  organisationId: number,
  state: StaffThanks['state'],
  limit: number,
): Promise<StaffThanks[]> {
  const rows = await db
    .selectFrom('thanks.thanks')
    .select(['id', 'poolId', 'locale', 'month', 'lookBy', 'helpedBy'])
    .where('organisationId', '=', organisationId)
    .where('state', '=', state)
    .$if(state === 'waiting', query => query.orderBy('lookBy'))
    .$if(state === 'shown', query => query.orderBy('decidedAt', 'desc'))
    .orderBy('id')
    .limit(limit)
    .execute()
  const found = rows.map(row => ({ ...row, state, month: monthOf(row.month) }))
  return withWords(db, organisationId, found)
}

/** How many wait, how many of them too long, and until when staff is in time for the first. */
export async function thanksForStaff(
  db: Kysely<DB>,
  organisationId: number,
  today: string,
): Promise<{ waiting: number; late: number; lookBy: string | null }> {
  const row = await db
    .selectFrom('thanks.thanks')
    .select(({ fn }) => [
      fn.countAll<bigint>().as('waiting'),
      sql<bigint>`count(*) filter (where look_by < ${today}::date)`.as('late'),
      sql<string | null>`min(look_by) filter (where look_by >= ${today}::date)`.as('lookBy'),
    ])
    .where('organisationId', '=', organisationId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), late: Number(row.late), lookBy: row.lookBy }
}
