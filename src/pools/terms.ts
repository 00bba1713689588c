/** The terms of a pool, and how they change: by a change that the database holds every column to. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type Pool, poolById } from './pool.ts'

/** As `changes.changes` keeps them; the monthly amount in minor units. */
export interface PoolTerms {
  readonly name: string
  readonly area: string
  readonly monthlyAmount: number
  readonly termMonths: number
  readonly paydayOfMonth: number
  readonly feeBearer: 'pool' | 'costs'
}

export const termNames = [
  ...(['name', 'area', 'monthlyAmount', 'termMonths', 'paydayOfMonth', 'feeBearer'] as const),
] as const

export const termsOf = ({ name, area, termMonths, paydayOfMonth, feeBearer, ...pool }: Pool): PoolTerms => ({
  ...{ name, area, termMonths, paydayOfMonth, feeBearer },
  monthlyAmount: Number(pool.monthlyAmount),
})

/** A gift that is being written down waits for this, or is waited for: whether somebody gave is known until the end. */
export async function lockTerms(trx: Transaction<DB>, organisationId: number, poolId: string): Promise<Pool> {
  await trx
    .selectFrom('pools.pools')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', poolId)
    .forUpdate()
    .execute()
  return poolById(trx, organisationId, poolId)
}

/** Running enrolments keep their amount and term, planned cycles their payday, gifts who bears their fee. */
export async function changeTerms(
  trx: Transaction<DB>,
  organisationId: number,
  poolId: string,
  changeId: string,
  { monthlyAmount, ...terms }: PoolTerms,
): Promise<void> {
  await trx
    .updateTable('pools.pools')
    .set({ ...terms, monthlyAmount: BigInt(monthlyAmount), termsChangeId: changeId })
    .where('organisationId', '=', organisationId)
    .where('id', '=', poolId)
    .execute()
}

/** Every pool that is paid from one account is paid from the other; answers how many. */
export async function moveToAccount(
  trx: Transaction<DB>,
  organisationId: number,
  changeId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<number> {
  const moved = await trx
    .updateTable('pools.pools')
    .set({ bankAccountId: to, termsChangeId: changeId })
    .where('organisationId', '=', organisationId)
    .where('bankAccountId', '=', from)
    .returning('id')
    .execute()
  return moved.length
}

export interface TermChange {
  readonly changeId: string
  readonly changedAt: Date
  readonly was: PoolTerms
  readonly became: PoolTerms
  /** Nobody had given yet; else two people agreed. */
  readonly alone: boolean
}

/** What the public was told before, newest first. Another account of ours changes none of it, and is not among them. */
export async function termChanges(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
): Promise<TermChange[]> {
  const found = await db
    .selectFrom('pools.termChanges as t')
    .innerJoin('changes.changes as c', join =>
      join.onRef('c.organisationId', '=', 't.organisationId').onRef('c.id', '=', 't.changeId'),
    )
    .select(['t.changeId', 't.changedAt', 't.was', 't.became'])
    .select(sql<boolean>`c.decision = 'alone'`.as('alone'))
    .where('t.organisationId', '=', organisationId)
    .where('t.poolId', '=', poolId)
    .orderBy('c.position', 'desc')
    .execute()
  return found.filter(({ was, became }) => termNames.some(name => was[name] !== became[name]))
}

/** Somebody began to give on the terms as they are. */
export async function wasGivenTo(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  poolId: string,
): Promise<boolean> {
  const gift = await db
    .selectFrom('donations.donations')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('poolId', '=', poolId)
    .limit(1)
    .executeTakeFirst()
  return gift !== undefined
}
