/**
 * How many full incomes a pool sustains when each one is funded for its whole term before it starts, the rule under
 * which the first crowdfunded income in the Netherlands was paid. Integers only; the same position, the same answer.
 */
import { type Currency, perMille } from '../money/index.ts'
import { type ExplanationLine, explain } from './explanation.ts'
import { currentPolicy, type Policy } from './policy.ts'
import { assertPosition, type PoolPosition } from './position.ts'

/** Amounts in minor units of the currency. */
export interface Sustainability {
  readonly policy: Policy
  readonly currency: Currency
  /** The whole term of one income, in what it costs the pool. */
  readonly costOfOneIncome: bigint
  /** Set aside because donors can still take it back. */
  readonly revocableReserve: bigint
  /** May be committed now; never below zero. */
  readonly free: bigint
  /** What is short before anything is free again; zero in a healthy pool. Never above zero together with `free`. */
  readonly missing: bigint
  /** Incomes that can start now. An enrolment is refused when this is 0. */
  readonly newIncomes: number
  /** Running and new incomes together. */
  readonly sustained: number
  /** How far the free money that is left after newIncomes has come towards one more. */
  readonly progress: { readonly amount: bigint; readonly perMille: bigint }
  /** What must still come in for one more, what is missing included; always above zero. */
  readonly missingForNext: bigint
  readonly explanation: readonly ExplanationLine[]
}

/** Throws RangeError on a position that cannot be true. */
export function sustainableIncomes(position: PoolPosition, policy: Policy = currentPolicy): Sustainability {
  assertPosition(position)
  const costOfOneIncome = position.monthlyGross * BigInt(position.termMonths)
  const revocableReserve = reserveFor(position.revocableDebits, policy)
  // Below zero when more can be taken back, or was, than is there: then nothing is free and `missing` says how much.
  const balance = position.fundAvailable - revocableReserve - position.shortfall
  const free = balance > 0n ? balance : 0n
  const missing = balance < 0n ? -balance : 0n

  const newIncomes = countOf(free / costOfOneIncome)
  const towardsNext = free % costOfOneIncome
  return {
    policy,
    currency: position.currency,
    costOfOneIncome,
    revocableReserve,
    free,
    missing,
    newIncomes,
    sustained: position.runningIncomes + newIncomes,
    progress: { amount: towardsNext, perMille: perMille(towardsNext, costOfOneIncome) },
    missingForNext: costOfOneIncome - towardsNext + missing,
    explanation: explain(position, { costOfOneIncome, revocableReserve, balance, newIncomes }),
  }
}

// Rounded up: a cent in doubt is set aside.
function reserveFor(revocableDebits: bigint, policy: Policy): bigint {
  return (revocableDebits * policy.sepaReservePerMille + 999n) / 1000n
}

// Past 2^53 a number would round, perhaps upwards, and promise an income that is not there.
function countOf(incomes: bigint): number {
  if (incomes > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`too many incomes to count: ${incomes}`)
  return Number(incomes)
}
