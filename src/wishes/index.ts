/** Wishes: what people would do with a basic income. */
export { type Agreement, agreeWithWish } from './agree-with-wish.ts'
export { wishChecks } from './checks.ts'
export { type Decision, decideWish, type WishDecision, wishDecisions } from './decide-wish.ts'
export { forgetWishes } from './forget-wishes.ts'
export { type OpenWish, openWishes, waitingForStaff } from './open-wishes.ts'
export { type OwnWish, ownWish, takeAwayWish } from './own-wish.ts'
export { LONGEST_NICKNAME, LONGEST_NOTE, LONGEST_WISH, SHORTEST_WISH } from './plain-words.ts'
export { LOOK_WITHIN_DAYS, promisedBy } from './promise.ts'
export { type Report, reportWish } from './report-wish.ts'
export { type WishReason, type WishState, wishReasons } from './tables.ts'
export {
  type Wish,
  type WishesAsked,
  type WishOrder,
  type WishPage,
  wishById,
  wishes,
  wishOrders,
} from './wish.ts'
export { type NewWish, type WrittenWish, writeWish } from './write-wish.ts'
