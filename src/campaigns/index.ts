/** Campaigns: public appeals that fill a pool, from the first draft to what happens when the goal is not reached. */
export {
  type Campaign,
  campaignById,
  campaignBySlug,
  campaignOfPool,
  campaigns,
  campaignsOf,
  ownCampaign,
  pictureOf,
  type Story,
  storyOf,
} from './campaign.ts'
export { carryOut, mayStillAct } from './carry-out.ts'
export { campaignChecks, campaignKinds } from './checks.ts'
export { type CampaignDecision, decideCampaign } from './decide-campaign.ts'
export { forgetCampaigns } from './forget-campaigns.ts'
export {
  approveOutcome,
  decideOutcome,
  type Outcome,
  type OutcomeState,
  outcomeById,
  outcomeState,
  outcomesOf,
  withdrawOutcome,
} from './outcome.ts'
export { LARGEST_PICTURE_BYTES, tooLarge } from './picture.ts'
export { DECIDE_WITHIN_DAYS } from './promise.ts'
export { type Review, reviewCampaign, reviewOf } from './review-campaign.ts'
export { setPicture } from './set-picture.ts'
export { sharePicture } from './share-picture.ts'
export { type CampaignStanding, campaignStanding } from './standing.ts'
export { submitCampaign } from './submit-campaign.ts'
export { type CampaignState, campaignStates, choices, type ForWhom, type IfUnreached } from './tables.ts'
export {
  type CampaignTerms,
  goalOf,
  LARGEST_FOR_ONESELF,
  LARGEST_MONTH,
  LONGEST_ALT,
  LONGEST_STORY,
  LONGEST_TERM,
  LONGEST_TITLE,
  LONGEST_UPDATE,
  MOST_DAYS,
  SHORTEST_STORY,
  SMALLEST_MONTH,
} from './terms.ts'
export { removeUpdate, type Update, updateById, updatesBetween, updatesOf, writeUpdate } from './updates.ts'
export {
  type CampaignsWaiting,
  campaignsToReview,
  campaignsWaiting,
  type OpenEnding,
  openEndings,
} from './waiting.ts'
export { watchCampaigns } from './watch-campaigns.ts'
export { changeCampaign, type NewCampaign, startCampaign } from './write-campaign.ts'
