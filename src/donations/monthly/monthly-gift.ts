/** Reading monthly gifts: what the provider said last, and what a donor asked that was not answered yet. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Currency } from '../../money/index.ts'
import { sha256 } from '../../platform/id.ts'
import { DomainError } from '../../refusals.ts'
import type { MonthlyGiftState } from './provider.ts'

export type MonthlyChangeKind = 'change-amount' | 'pause' | 'resume' | 'stop'

export interface MonthlyGift {
  readonly id: string
  readonly poolId: string
  /** Of each instalment. */
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: Currency
  readonly startedAt: Date
  readonly state: MonthlyGiftState
  /** When the provider said so; null: not yet. */
  readonly saidAt: Date | null
  /** When the next instalment is due; null when none will be. */
  readonly nextAt: Date | null
  readonly method: string | null
  /** Of the instalments that came. */
  readonly instalments: number
  /** Asked, and nobody knows yet whether it happened. */
  readonly openChange: MonthlyChangeKind | null
}

type Reader = Kysely<DB> | Transaction<DB>

const monthlyGifts = (db: Reader, organisationId: number) =>
  db
    .selectFrom('donations.monthlyGifts as g')
    .leftJoin('donations.monthlyChanges as c', join =>
      join
        .onRef('c.organisationId', '=', 'g.organisationId')
        .onRef('c.monthlyGiftId', '=', 'g.id')
        .on('c.answeredAt', 'is', null),
    )
    .where('g.organisationId', '=', organisationId)
    .select(['g.id', 'g.poolId', 'g.amount', 'g.costsShare', 'g.currency', 'g.startedAt'])
    .select(['g.state', 'g.saidAt', 'g.nextAt', 'g.method', 'c.what as openChange'])
    .select(
      sql<number>`(select count(*)::int from donations.donations d
         join donations.provider_transactions t on t.organisation_id = d.organisation_id and t.donation_id = d.id
          and t.kind = 'gift' and t.parked is null
        where d.organisation_id = g.organisation_id and d.monthly_gift_id = g.id
          and not exists (select from donations.provider_transactions f where f.organisation_id = d.organisation_id
                             and f.donation_id = d.id and f.kind = 'gift-failed'))`.as('instalments'),
    )

export async function monthlyGiftById(db: Reader, organisationId: number, id: string): Promise<MonthlyGift> {
  const row = await monthlyGifts(db, organisationId).where('g.id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'monthlyGiftId' })
  return row
}

/** Of the page that a donor comes back to after paying. */
export async function monthlyGiftByToken(
  db: Reader,
  organisationId: number,
  token: string,
): Promise<MonthlyGift> {
  const row = await monthlyGifts(db, organisationId)
    .where('g.tokenSha256', '=', sha256(token))
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'token' })
  return row
}

/** Those of these ids, the newest first. */
export async function monthlyGiftsByIds(
  db: Reader,
  organisationId: number,
  ids: readonly string[],
): Promise<MonthlyGift[]> {
  if (ids.length === 0) return []
  return monthlyGifts(db, organisationId).where('g.id', 'in', ids).orderBy('g.id', 'desc').execute()
}

/** A payment page is open for a day, and what was paid on it is read within another. */
const MAY_BEGIN_MS = 2 * 86_400_000

/** Whether of these something may still be taken from somebody's account: also of one that was just begun, and may be paid. */
export async function anyRuns(
  db: Reader,
  organisationId: number,
  ids: readonly string[],
  now: Date,
): Promise<boolean> {
  const gifts = await monthlyGiftsByIds(db, organisationId, ids)
  const mayBegin = (startedAt: Date) => now.getTime() - startedAt.getTime() < MAY_BEGIN_MS
  return gifts.some(({ state, startedAt }) =>
    state === 'awaiting-payment' ? mayBegin(startedAt) : state !== 'stopped',
  )
}

/** Of a pool, the newest first, without who gives. */
export async function monthlyGiftsOfPool(
  db: Reader,
  organisationId: number,
  poolId: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<MonthlyGift[]> {
  let query = monthlyGifts(db, organisationId).where('g.poolId', '=', poolId)
  if (before !== undefined) query = query.where('g.id', '<', before)
  return query.orderBy('g.id', 'desc').limit(limit).execute()
}

export interface MonthlySums {
  readonly state: MonthlyGiftState
  readonly count: number
  /** For the pool, each month, without contributions to costs. */
  readonly amount: bigint
}

/** How many there are of each state, and how much they are together. */
export async function monthlySums(
  db: Reader,
  organisationId: number,
  poolId?: string,
): Promise<MonthlySums[]> {
  let query = db
    .selectFrom('donations.monthlyGifts')
    .select(['state', sql<number>`count(*)::int`.as('count'), sql<bigint>`sum(amount)::bigint`.as('amount')])
    .where('organisationId', '=', organisationId)
  if (poolId !== undefined) query = query.where('poolId', '=', poolId)
  return query.groupBy('state').orderBy('state').execute()
}
