/**
 * The calculation as lines that a person can check with a pocket calculator, in order, from the balances of the pool to
 * the number of incomes. Pages give each key its words; the numbers are those that were calculated with.
 */
import type { PoolPosition } from './position.ts'

export type LineKey =
  | 'monthly-gross'
  | 'term-months'
  | 'cost-of-one-income'
  | 'fund-available'
  | 'revocable-debits'
  | 'shortfall'
  | 'free'
  | 'missing'
  | 'divided-by-cost'
  | 'new-incomes'
  | 'running-incomes'
  | 'sustained-incomes'
  | 'fund-pending'
  | 'fund-disputed'
  | 'reserved'
  | 'payable'

/**
 * What a line does with the number reached so far:
 * `start` begins anew with this one; `minus`, `plus` and `times` work it in; `divide` counts how many whole times this
 * amount fits, none when the number is below zero; `equals` and `result` state the number reached, the latter as an
 * answer; `aside` does nothing: it shows money that is there but cannot be promised (again).
 */
export type Operation = 'start' | 'minus' | 'plus' | 'times' | 'divide' | 'equals' | 'result' | 'aside'

/** Each line has either an amount in minor units or a count. */
export type ExplanationLine =
  | { readonly key: LineKey; readonly operation: Operation; readonly amount: bigint; readonly count?: never }
  | { readonly key: LineKey; readonly operation: Operation; readonly count: number; readonly amount?: never }

interface Outcome {
  readonly costOfOneIncome: bigint
  readonly revocableReserve: bigint
  /** Free money, or what is missing as an amount below zero. */
  readonly balance: bigint
  readonly newIncomes: number
}

/** `missing` stands in the place of `free`, as an amount below zero, when nothing is free. */
export function explain(position: PoolPosition, outcome: Outcome): readonly ExplanationLine[] {
  const { costOfOneIncome, revocableReserve, balance, newIncomes } = outcome
  return [
    { key: 'monthly-gross', operation: 'start', amount: position.monthlyGross },
    { key: 'term-months', operation: 'times', count: position.termMonths },
    { key: 'cost-of-one-income', operation: 'result', amount: costOfOneIncome },
    { key: 'fund-available', operation: 'start', amount: position.fundAvailable },
    { key: 'revocable-debits', operation: 'minus', amount: revocableReserve },
    { key: 'shortfall', operation: 'minus', amount: position.shortfall },
    { key: balance < 0n ? 'missing' : 'free', operation: 'equals', amount: balance },
    { key: 'divided-by-cost', operation: 'divide', amount: costOfOneIncome },
    { key: 'new-incomes', operation: 'equals', count: newIncomes },
    { key: 'running-incomes', operation: 'plus', count: position.runningIncomes },
    { key: 'sustained-incomes', operation: 'result', count: position.runningIncomes + newIncomes },
    ...asides(position),
  ]
}

function asides(position: PoolPosition): ExplanationLine[] {
  const lines: ExplanationLine[] = [
    { key: 'fund-pending', operation: 'aside', amount: position.fundPending },
    { key: 'fund-disputed', operation: 'aside', amount: position.fundDisputed },
    { key: 'reserved', operation: 'aside', amount: position.reserved },
    { key: 'payable', operation: 'aside', amount: position.payable },
  ]
  return lines.filter(line => line.amount !== 0n)
}
