/** How many full incomes a pool sustains, and why. Pure: no clock, no database, no settings. */
export type { ExplanationLine, LineKey, Operation } from './explanation.ts'
export { type GiftAtWork, giftAtWork, type PaidMonth, type PartOfMonth } from './gift-at-work.ts'
export { currentPolicy, type Policy } from './policy.ts'
export type { PoolPosition } from './position.ts'
export { type Sustainability, sustainableIncomes } from './prefunded.ts'
export { type GiftEffect, incomesAfterGift } from './simulate.ts'
export { type TimeOfIncome, timeOfIncome } from './time-of-income.ts'
