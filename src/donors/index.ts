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
  type DonorLetterKind,
  donorLetterKinds,
  type StoppableKind,
  stoppableKinds,
} from './letter-kinds.ts'
export { resealDonors } from './reseal.ts'
export {
  chooseLetters,
  kindOfStopLink,
  type LetterChoices,
  letterChoices,
  stopByLink,
} from './stop-letters.ts'
export { type Addressee, type DonorLetter, tellDonor } from './tell-donor.ts'
