/**
 * What a gift would do, told before it is given: "your € 25 is 0.2 % of Groningen's 4th income".
 */
import { perMille } from '../money/index.ts'
import { currentPolicy, type Policy } from './policy.ts'
import type { PoolPosition } from './position.ts'
import { type Sustainability, sustainableIncomes } from './prefunded.ts'

export interface GiftEffect {
  /** The part of the gift that first makes up for what is missing; zero in a healthy pool. */
  readonly repaysMissing: bigint
  /** Which income of the pool the rest goes to first, counted from 1, running incomes included. */
  readonly incomeNumber: number
  /** How much of one income that rest is; above 1000 when it is more than a whole one. Rounded down, so 0 is "a little". */
  readonly sharePerMille: bigint
  /** How many more incomes can start because of the gift. */
  readonly incomesCompleted: number
  readonly after: Sustainability
}

/**
 * The gift in minor units of the pool's currency, zero or more, after fees that the pool bears. The effect is that of
 * money which has arrived and can no longer be taken back; a pending or revocable gift reaches it later.
 */
export function incomesAfterGift(
  position: PoolPosition,
  gift: bigint,
  policy: Policy = currentPolicy,
): GiftEffect {
  if (gift < 0n) throw new RangeError(`a gift is not below zero: ${gift}`)
  const before = sustainableIncomes(position, policy)
  const after = sustainableIncomes({ ...position, fundAvailable: position.fundAvailable + gift }, policy)
  const repaysMissing = gift < before.missing ? gift : before.missing
  return {
    repaysMissing,
    incomeNumber: before.sustained + 1,
    sharePerMille: perMille(gift - repaysMissing, before.costOfOneIncome),
    incomesCompleted: after.newIncomes - before.newIncomes,
    after,
  }
}
