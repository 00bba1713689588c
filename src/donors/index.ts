/** Who gives, and what they are told. */

export { type Donor, donorById, donorIdOfPerson, donorOfAddress, ownDonor } from './donor.ts'
export { type DonorData, donorData } from './donor-data.ts'
export { eraseDonor } from './erase-donor.ts'
export {
  type Came,
  claimThanks,
  donorIds,
  donorsOfGifts,
  giftsCame,
  giftsOfDonor,
  giftsToThankFor,
  keepGift,
  type Shown,
  shownWith,
} from './gifts.ts'
export {
  COHORT_MONTHS,
  type Cohort,
  cohorts,
  type GiverToTell,
  giversToTell,
  lastGaveBetween,
  nothingToTell,
} from './giving-history.ts'
export {
  type DonorLetterKind,
  donorLetterKinds,
  type StoppableKind,
  stoppableKinds,
} from './letter-kinds.ts'
export {
  donorsOfMonthlyGifts,
  keepMonthlyGift,
  monthlyGiftsOfDonor,
  type OfMonthlyGift,
} from './monthly-gifts.ts'
export { resealDonors } from './reseal.ts'
export {
  chooseLetters,
  kindOfStopLink,
  type LetterChoices,
  letterChoices,
  resumeLetters,
  stopByLink,
} from './stop-letters.ts'
export { type Addressee, type DonorLetter, tellDonor } from './tell-donor.ts'
export { type Untold, untoldOf } from './untold.ts'
