/** What a pool has, owes and has promised, gathered for the sustainability formula. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { revocableDebits } from '../donations/index.ts'
import { poolTotals, type Totals } from '../ledger/index.ts'
import { localDate, monthOf } from '../platform/calendar/index.ts'
import type { Pool } from '../pools/index.ts'
import { type PoolPosition, type Sustainability, sustainableIncomes } from '../sustainability/index.ts'
import { enrolmentsOf } from './enrolment.ts'

export interface PoolStanding {
  readonly totals: Totals
  readonly position: PoolPosition
  readonly sustainability: Sustainability
}

/** Within a transaction that decides, the caller holds the pool's lock. */
export async function poolStanding(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  pool: Pool,
  now: Date,
): Promise<PoolStanding> {
  const totals = await poolTotals(db, organisationId, pool.id)
  const month = monthOf(localDate(now))
  const enrolments = await enrolmentsOf(db, organisationId, pool.id)
  const position: PoolPosition = {
    currency: pool.currency,
    fundPending: totals['fund-pending'],
    fundAvailable: totals['fund-available'],
    fundDisputed: totals['fund-disputed'],
    reserved: totals['enrolment-reserved'],
    payable: totals['recipient-payable'],
    shortfall: totals.shortfall,
    revocableDebits: await revocableDebits(db, organisationId, pool.id, now),
    monthlyGross: pool.monthlyAmount,
    termMonths: pool.termMonths,
    runningIncomes: enrolments.filter(each => each.lastMonth >= month).length,
  }
  return { totals, position, sustainability: sustainableIncomes(position) }
}
