/** Money in. */
export { type AskedTransfer, epcPayload } from './bank-transfer/epc.ts'
export { inGroups, referencesIn } from './bank-transfer/reference.ts'
export {
  type AwaitedTransfer,
  awaitedTransfers,
  costsShareOf,
  recordTransfers,
  type TransferOfDonation,
  transferOfDonation,
} from './bank-transfer/transfers.ts'
export { donationChecks, donationKinds } from './checks.ts'
export {
  type Donation,
  type DonationState,
  donationById,
  donationByReceipt,
  givenInTotal,
  type PublicGift,
  recentGifts,
  revocableDebits,
} from './donation.ts'
export { makeAvailable } from './make-available.ts'
export { postTransactions } from './post-transactions.ts'
export { receiveEvent } from './receive-event.ts'
export { LARGEST_GIFT, SMALLEST_GIFT, startDonation } from './start-donation.ts'
