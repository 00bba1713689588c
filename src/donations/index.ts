/** Money in. */
export { approveRefund } from './approve-refund.ts'
export { askRefunds } from './ask-refunds.ts'
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
export { decideRefund, leftOf } from './decide-refund.ts'
export {
  type Donation,
  type DonationState,
  donationById,
  donationByReceipt,
  donationIdsOf,
  donationStates,
  donationsByIds,
  donationsOf,
  ledgerKeysOf,
} from './donation.ts'
export { type ExpectedFee, expectedFees } from './expected-fees.ts'
export { givenInTotal, type PublicGift, recentGifts, revocableDebits } from './gifts.ts'
export { type GiftToGiveBack, giftsToGiveBack } from './gifts-to-give-back.ts'
export { giftLimits, refuseOutOfLimits } from './limits.ts'
export { makeAvailable } from './make-available.ts'
export { announceDebits } from './monthly/announce-debits.ts'
export { askMonthlyChanges } from './monthly/ask-monthly-changes.ts'
export {
  changeMonthlyGift,
  type MonthlyChangeInput,
  openAccountPage,
  ownMonthlyGifts,
} from './monthly/change-monthly-gift.ts'
export {
  anyRuns,
  type MonthlyChangeKind,
  type MonthlyGift,
  type MonthlySums,
  monthlyGiftById,
  monthlyGiftByToken,
  monthlyGiftsOfPool,
  monthlySums,
} from './monthly/monthly-gift.ts'
export { type MonthlyGiftState, monthlyGiftStates } from './monthly/provider.ts'
export { readMonthlyGifts } from './monthly/read-monthly-gifts.ts'
export { type MonthlyGiftInput, startMonthlyGift } from './monthly/start-monthly-gift.ts'
export { type Moved, movedFor, movedKinds } from './moved.ts'
export { postTransactions } from './post-transactions.ts'
export { type BalanceReading, difference, latestBalances, readBalance } from './read-balance.ts'
export { receiptTokenOf } from './receipt-token.ts'
export { openInbox } from './receive-event.ts'
export {
  isWithdrawable,
  type Refund,
  type RefundState,
  refundById,
  refundStates,
  refundsOf,
  refundsToDo,
} from './refund.ts'
export { settleDisputes } from './settle-disputes.ts'
export { startDonation } from './start-donation.ts'
export { thankDonors } from './thank-donors.ts'
export { withdrawRefund } from './withdraw-refund.ts'
