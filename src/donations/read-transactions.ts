/**
 * Which of the provider's transactions are read, and how far back. A provider allows some 25 questions a second, so they are
 * listed, a hundred at a time, and a reading stops as soon as it may.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { MONEY_TYPES } from './mark-events.ts'
import type { ProviderTransaction } from './provider.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A provider shows a transaction after the event that tells of it, and may date it back to the start of its day. */
const OVERLAP_MS = 36 * HOUR_MS
/** So often all of that is read again. In between a reading ends at the first page of before the last one with nothing new. */
const WHOLE_EVERY_MS = 10 * 60_000
/** Days that events of long ago ask for, in one reading. */
const LATE_DAYS = 7

export const FIRST_READING = new Date('2014-01-01T00:00:00Z')

export interface Range {
  readonly createdFrom: Date
  readonly createdTo?: Date
}

export interface Plan {
  readonly ranges: readonly Range[]
  /** Of before this, a page with nothing new ends the reading. */
  readonly endsBefore: Date | undefined
  /** By the database's clock, as events are received: those of before are dealt with when all was read. */
  readonly startedAt: Date
}

export async function planReading(
  { db, organisationId, clock }: Deps,
  { rereadDays }: { rereadDays: number },
): Promise<Plan> {
  const { rows } = await sql<{ startedAt: Date; readUntil: Date | null; wholeAt: Date | null }>`
    select clock_timestamp() as started_at, r.read_until, r.whole_at
      from (values (${organisationId}::int)) o(id)
      left join donations.provider_readings r on r.organisation_id = o.id`.execute(db)
  const { startedAt = new Date(), readUntil, wholeAt } = rows[0] ?? {}
  const createdFrom = new Date((readUntil ?? FIRST_READING).getTime() - OVERLAP_MS - rereadDays * DAY_MS)
  const sinceWhole = clock.now().getTime() - (wholeAt?.getTime() ?? 0)
  const mayEnd = rereadDays === 0 && sinceWhole >= 0 && sinceWhole < WHOLE_EVERY_MS
  return {
    ranges: [{ createdFrom }, ...(await lateDays(db, organisationId, createdFrom))],
    endsBefore: mayEnd ? (readUntil ?? undefined) : undefined,
    startedAt,
  }
}

/** An event of before all that is read now: its day is read as well. */
async function lateDays(db: Kysely<DB>, organisationId: number, before: Date): Promise<Range[]> {
  const { rows } = await sql<{ day: Date }>`
    select distinct date_trunc('day', happened_at) as day from donations.inbox
     where organisation_id = ${organisationId} and processed_at is null and happened_at < ${before} and type ~ ${MONEY_TYPES}
     order by day limit ${LATE_DAYS}`.execute(db)
  return rows.map(({ day }) => ({
    createdFrom: new Date(day.getTime() - OVERLAP_MS),
    createdTo: new Date(day.getTime() + DAY_MS),
  }))
}

/** Newest first. */
export async function* transactionPages(
  { db, organisationId, provider }: Deps,
  { ranges, endsBefore }: Plan,
): AsyncGenerator<readonly ProviderTransaction[]> {
  for (const range of ranges) {
    let cursor: string | null = null
    do {
      const { transactions, nextCursor } = await provider.listTransactions({
        ...range,
        ...(cursor ? { cursor } : {}),
      })
      cursor = nextCursor
      yield transactions
      if (!endsBefore || transactions.some(({ createdAt }) => createdAt >= endsBefore)) continue
      if ((await unknownOnes(db, organisationId, transactions)).length === 0) break
    } while (cursor)
  }
}

export async function unknownOnes<T extends ProviderTransaction>(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  transactions: readonly T[],
): Promise<T[]> {
  if (transactions.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select id from donations.provider_transactions
     where organisation_id = ${organisationId} and id = any (${transactions.map(({ id }) => id)}::text[])`.execute(
    db,
  )
  const known = new Set(rows.map(row => row.id))
  return transactions.filter(({ id }) => !known.has(id))
}
