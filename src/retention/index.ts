/** Keeping donors: what their gifts did, and what makes them come back. */
export {
  askToFollow,
  follow,
  followByLink,
  followedBy,
  followedByDonor,
  subjectOfFollowLink,
  unfollow,
} from './follow.ts'
export { inThePool, monthsOfGift, monthsOfPool } from './months-of-gift.ts'
export {
  LONGEST_NEWS,
  LONGEST_TITLE,
  latestNews,
  type NewNews,
  type News,
  poolOfNews,
  publishNews,
  takeDownNews,
} from './news.ts'
export { remindToRenew } from './remind-to-renew.ts'
export { type Tiding, tellFollowers } from './tell-followers.ts'
export { tellMonths } from './tell-months.ts'
