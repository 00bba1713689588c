/** A pool: money for one purpose in one currency, with the terms of the income it pays. */
import type { Kysely, Transaction } from 'kysely'
import { type Actor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { newId } from '../platform/id.ts'
import { DomainError } from '../refusals.ts'
import { type LegalSubject, legalSubjects } from './tables.ts'

export interface Pool {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: 'community' | 'personal'
  readonly area: string
  readonly currency: Currency
  /** What the pool spends on one income in a month, in minor units. */
  readonly monthlyAmount: bigint
  readonly termMonths: number
  readonly paydayOfMonth: number
  readonly feeBearer: 'pool' | 'costs'
  readonly bankAccountId: string
  readonly state: 'open' | 'closed'
  /** The last day of the campaign that fills it, YYYY-MM-DD; null: it takes gifts as long as it is open. */
  readonly giftsUntil: string | null
  /** Its campaign gives gifts back when the goal is not reached: it takes only those that can go back. */
  readonly givesBack: boolean
}

const columns = [
  'id',
  'slug',
  'name',
  'kind',
  'area',
  'currency',
  'monthlyAmount',
  'termMonths',
  'paydayOfMonth',
  'feeBearer',
  'bankAccountId',
  'state',
  'giftsUntil',
  'givesBack',
] as const

type Reader = Kysely<DB> | Transaction<DB>

export async function pools(db: Reader, organisationId: number): Promise<Pool[]> {
  return db
    .selectFrom('pools.pools')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .orderBy('id')
    .execute()
}

/** Throws `not-found` for a pool that this organisation does not have. */
export async function poolById(db: Reader, organisationId: number, id: string): Promise<Pool> {
  const pool = await db
    .selectFrom('pools.pools')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!pool) throw new DomainError('not-found', { field: 'poolId' })
  return pool
}

export async function poolBySlug(db: Reader, organisationId: number, slug: string): Promise<Pool> {
  const pool = await db
    .selectFrom('pools.pools')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (!pool) throw new DomainError('not-found', { field: 'pool' })
  return pool
}

/**
 * Decisions that spend a pool's money stand in one queue: whoever holds this lock decides next.
 * Taken before any ledger row, everywhere in the same order.
 */
export async function lockPool(trx: Transaction<DB>, organisationId: number, poolId: string): Promise<Pool> {
  const pool = await trx
    .selectFrom('pools.pools')
    .select(columns)
    .where('organisationId', '=', organisationId)
    .where('id', '=', poolId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!pool) throw new DomainError('not-found', { field: 'poolId' })
  return pool
}

export type NewPool = Omit<Pool, 'id' | 'state' | 'giftsUntil' | 'givesBack'> &
  Partial<Pick<Pool, 'giftsUntil' | 'givesBack'>>

export async function createPool(
  trx: Transaction<DB>,
  organisationId: number,
  actor: Actor,
  now: Date,
  input: NewPool,
): Promise<Pool> {
  const pool = { giftsUntil: null, givesBack: false, ...input, id: newId(), state: 'open' as const }
  const inserted = await trx
    .insertInto('pools.pools')
    .values({ organisationId, ...pool })
    .onConflict(conflict => conflict.columns(['organisationId', 'slug']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) throw new DomainError('pool-exists', { field: 'slug' })
  await recordAct(trx, organisationId, actor, {
    at: now,
    action: 'pool.create',
    subject: { kind: 'pool', id: pool.id },
    detail: { monthlyAmount: input.monthlyAmount.toString(), termMonths: input.termMonths },
  })
  return pool
}

export async function closePool(
  trx: Transaction<DB>,
  organisationId: number,
  actor: Actor,
  now: Date,
  { poolId, reason }: { readonly poolId: string; readonly reason: string },
): Promise<void> {
  await lockPool(trx, organisationId, poolId)
  await trx
    .updateTable('pools.pools')
    .set({ state: 'closed' })
    .where('organisationId', '=', organisationId)
    .where('id', '=', poolId)
    .execute()
  await recordAct(trx, organisationId, actor, {
    at: now,
    action: 'pool.close',
    subject: { kind: 'pool', id: poolId },
    reason,
  })
}

/** Which of the documents that a pool must have are not there. */
export async function missingDocuments(
  trx: Reader,
  organisationId: number,
  poolId: string,
): Promise<LegalSubject[]> {
  const rows = await trx
    .selectFrom('pools.legalDocuments')
    .select('subject')
    .distinct()
    .where('organisationId', '=', organisationId)
    .where('poolId', '=', poolId)
    .execute()
  const present = new Set(rows.map(row => row.subject))
  return legalSubjects.filter(subject => !present.has(subject))
}
