/** What givers are told back. */
export { noteGoals, tellGoals } from './goals.ts'
export { askOverview, makeOverviews } from './make-overviews.ts'
export {
  keptOverview,
  type Overview,
  type OverviewContent,
  type OverviewTotals,
  type OverviewYear,
  overviewOf,
  overviewYears,
  totalsOf,
  yearOf,
} from './overview.ts'
export { eraseOwnData, type OwnData, ownData } from './own-data.ts'
export { kept, keptInAll, type OwnGift, type OwnGifts, ownGifts } from './own-gifts.ts'
export { type OwnOverview, ownOverview } from './own-overview.ts'
