/**
 * What the calculation knows of a pool: its balances at one moment and the terms of one income. Read by the caller in
 * one statement, and under the pool's lock when the answer decides something.
 */
import type { Currency } from '../money/index.ts'

/** All amounts in minor units, none below zero; balances are shown as people say them, not signed as the ledger does. */
export interface PoolPosition {
  readonly currency: Currency
  /** Given, but not yet free to use at the payment provider. */
  readonly fundPending: bigint
  /** Free to commit, revocable debits included. */
  readonly fundAvailable: bigint
  /** Held by the provider while a donor disputes the payment. */
  readonly fundDisputed: bigint
  /** Set aside for the rest of all running terms. */
  readonly reserved: bigint
  /** Owed to recipients for approved months. */
  readonly payable: bigint
  /** What was taken back from the pool after it had been committed; repaid before anything else. */
  readonly shortfall: bigint
  /** SEPA debits within fundAvailable that donors can still take back. */
  readonly revocableDebits: bigint
  /** What one month costs the pool, above zero: more than the recipient receives where the pool bears a tax. */
  readonly monthlyGross: bigint
  /** Whole months, above zero. */
  readonly termMonths: number
  /** Enrolments whose term is running; their money is in `reserved`. */
  readonly runningIncomes: number
}

/** Throws RangeError where the position cannot be true: wrong sums must not become promises. */
export function assertPosition(position: PoolPosition): void {
  const { fundPending, fundAvailable, fundDisputed, reserved, payable, shortfall, revocableDebits } = position
  const amounts = { fundPending, fundAvailable, fundDisputed, reserved, payable, shortfall, revocableDebits }
  for (const [name, amount] of Object.entries(amounts)) {
    if (amount < 0n) throw new RangeError(`${name} is below zero: ${amount}`)
  }
  if (position.monthlyGross <= 0n) throw new RangeError('an income must cost something')
  if (!Number.isSafeInteger(position.termMonths) || position.termMonths < 1) {
    throw new RangeError(`not a term in months: ${position.termMonths}`)
  }
  if (!Number.isSafeInteger(position.runningIncomes) || position.runningIncomes < 0) {
    throw new RangeError(`not a number of incomes: ${position.runningIncomes}`)
  }
}
