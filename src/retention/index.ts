/** Keeping donors: what their gifts did, and what makes them come back. */
export { inThePool, monthsOfGift, monthsOfPool } from './months-of-gift.ts'
