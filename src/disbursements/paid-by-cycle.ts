/** What a pool really paid, by cycle: what the bank's statement settled. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type Month, monthOf } from '../platform/calendar/index.ts'

export interface PaidCycle {
  readonly cycleId: string
  readonly month: Month
  readonly payday: string
  readonly incomes: number
  readonly paid: bigint
}

/** In the order of their paydays; a cycle of which nothing arrived yet is left out. */
export async function paidByCycle(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  poolId: string,
): Promise<PaidCycle[]> {
  const rows = await db
    .selectFrom('disbursements.attempts as a')
    .innerJoin('disbursements.payouts as p', join =>
      join.onRef('p.organisationId', '=', 'a.organisationId').onRef('p.id', '=', 'a.payoutId'),
    )
    .innerJoin('disbursements.cycles as c', join =>
      join.onRef('c.organisationId', '=', 'p.organisationId').onRef('c.id', '=', 'p.cycleId'),
    )
    .select([
      'c.id as cycleId',
      'c.month',
      'c.payday',
      sql<bigint>`count(*)`.as('incomes'),
      sql<bigint>`sum(p.amount)::bigint`.as('paid'),
    ])
    .where('a.organisationId', '=', organisationId)
    .where('a.outcome', '=', 'settled')
    .where('c.poolId', '=', poolId)
    .groupBy(['c.id', 'c.month', 'c.payday'])
    .orderBy('c.payday')
    .orderBy('c.id')
    .execute()
  return rows.map(row => ({ ...row, month: monthOf(row.month), incomes: Number(row.incomes) }))
}
