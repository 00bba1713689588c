/** Who gives, and what they are told. */
export { type Donor, donorById, donorIdOfPerson, donorOfAddress, ownDonor } from './donor.ts'
export { giftsCame, giftsOfDonor, keepGift, type Shown, shownWith } from './gifts.ts'
export {
  type DonorLetterKind,
  donorLetterKinds,
  type StoppableKind,
  stoppableKinds,
} from './letter-kinds.ts'
export { resealDonors } from './reseal.ts'
export { type DonorLetter, tellDonor } from './tell-donor.ts'
