/**
 * The chart of accounts: every state that money can be in is an account. `ledger.account_kinds` in the database
 * is the same list and holds each one's side and floor; a test keeps the two equal.
 */

export const accountKinds = [
  'stripe-pending',
  'stripe-available',
  'in-transit',
  'bank',
  'batch-clearing',
  'dispute-receivable',
  'shortfall',
  'fund-pending',
  'fund-available',
  'fund-disputed',
  'refunds-owed',
  'enrolment-reserved',
  'recipient-payable',
  'payout-sent',
  'costs-pending',
  'costs-available',
  'loss-reserve',
  'suspense',
] as const

export type AccountKind = (typeof accountKinds)[number]

/** Points at an account by what it is for; `subject` is an opaque id, '' for the organisation itself. */
export interface AccountReference {
  readonly kind: AccountKind
  readonly subject: string
  readonly poolId: string | null
}

const ofPool =
  (kind: AccountKind) =>
  (poolId: string): AccountReference => ({ kind, subject: poolId, poolId })
const ofOrganisation = (kind: AccountKind): AccountReference => ({ kind, subject: '', poolId: null })
const ofEnrolment =
  (kind: AccountKind) =>
  (enrolmentId: string, poolId: string): AccountReference => ({
    kind,
    subject: enrolmentId,
    poolId,
  })

/** Money at the provider that is not ours to use yet; one a pool, so that pools do not wait for each other. */
export const stripePending = ofPool('stripe-pending')
export const stripeAvailable = ofOrganisation('stripe-available')
/** On its way from the provider to our bank. */
export const inTransit = ofOrganisation('in-transit')
export const bank = (bankAccountId: string): AccountReference => ({
  kind: 'bank',
  subject: bankAccountId,
  poolId: null,
})
/** Between a batch's one debit at the bank and its many payouts: ends at zero. */
export const batchClearing = (batchId: string): AccountReference => ({
  kind: 'batch-clearing',
  subject: batchId,
  poolId: null,
})
export const disputeReceivable = ofPool('dispute-receivable')

export const fundPending = ofPool('fund-pending')
export const fundAvailable = ofPool('fund-available')
export const fundDisputed = ofPool('fund-disputed')
export const refundsOwed = ofPool('refunds-owed')

/** The rest of a recipient's term, set aside: a thirteenth month of twelve cannot be paid. */
export const enrolmentReserved = ofEnrolment('enrolment-reserved')
export const recipientPayable = ofEnrolment('recipient-payable')
export const payoutSent = ofEnrolment('payout-sent')

export const costsPending = ofOrganisation('costs-pending')
export const costsAvailable = ofOrganisation('costs-available')
export const lossReserve = ofOrganisation('loss-reserve')
/** What nobody recognises yet. */
export const suspense = ofOrganisation('suspense')
