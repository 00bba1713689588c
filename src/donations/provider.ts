/**
 * What donations know of a payment provider. One small contract, so that Stripe, the simulated
 * provider and whatever comes later are exchangeable, and no provider's words leak into the slice.
 * Amounts are bigint minor units, currencies upper-case ISO 4217 codes, times instants.
 */

import type { Locale } from '../money/index.ts'
import type { MonthlyProvider } from './monthly/provider.ts'

/** Opaque ids only: what stands here is stored by the provider and seen by its staff. */
export interface CheckoutMetadata {
  donationId?: string
  organisationId?: string
  poolId?: string
  /** Of a refund that we asked for. */
  refundId?: string
}

export interface CheckoutInput {
  donationId: string
  poolName: string
  /** The gift itself, for the pool. */
  amount: bigint
  /** The separate contribution to costs; 0n when there is none. */
  costsShare: bigint
  currency: string
  successUrl: string
  cancelUrl: string
  locale: Locale
  /** Stored by the caller, with all of this input, *before* the call: see ProviderUnknown. */
  idempotencyKey: string
  metadata: { organisationId: string; poolId: string; donationId?: string }
}

export interface Checkout {
  providerCheckoutId: string
  url: string
  expiresAt: Date
}

export type PaymentMethod = 'card' | 'ideal' | 'sepa_debit' | 'bancontact' | 'other'

/**
 * gift: a donor's payment. gift-failed: that payment taken back before it was ever certain (a debit that bounced).
 * refund: paid back to the donor. refund-failed: that did not arrive. dispute: withdrawn because the donor's bank asked.
 * dispute-won: reinstated. other: nobody may post it by guess, a person looks at it.
 */
export type ProviderTransactionKind =
  | 'gift'
  | 'gift-failed'
  | 'provider-payout'
  | 'provider-payout-failed'
  | 'provider-fee'
  | 'refund'
  | 'refund-failed'
  | 'dispute'
  | 'dispute-won'
  | 'other'

/** One movement of the balance that we hold at the provider; net = amount − fee, signed as the provider signs. */
export interface ProviderTransaction {
  id: string
  kind: ProviderTransactionKind
  amount: bigint
  fee: bigint
  net: bigint
  currency: string
  status: 'pending' | 'available'
  createdAt: Date
  availableOn: Date
  /** The provider's id of what is behind it: a charge, a refund, a dispute, a payout. Events are about these. */
  sourceId?: string
  chargeId?: string
  /** What the charge is an attempt at: of an instalment, the way to its monthly gift. */
  paymentId?: string
  /** With which the donor's bank is debited, and the account that it is of. */
  mandate?: { id: string; methodId: string }
  /** A debit has its transaction before it is certain: only 'succeeded' means that the donor paid. */
  chargeStatus?: 'pending' | 'succeeded' | 'failed'
  checkoutMetadata?: CheckoutMetadata
  method?: PaymentMethod
  /** The provider's own. */
  disputeId?: string
  payoutId?: string
  /** What the bank will show with the payout's credit, where the provider tells. */
  payoutReference?: string
}

/** A verified message. It only tells us to look: money moves on transactions. */
export interface ProviderEvent {
  id: string
  type: string
  createdAt: Date
  livemode: boolean
  apiVersion: string
  accountId?: string
  objectId?: string
  /** The object that the event is about, as the provider sent it; it may hold personal data. */
  data: unknown
}

export interface RefundInput {
  /** The payment that is given back, in whole or in part. */
  chargeId: string
  amount: bigint
  /** Ours: also the idempotency key, stored by the caller *before* the call. */
  refundId: string
  metadata: { organisationId: string; donationId: string }
}

/** `failed`: it came to nothing and never will. */
export interface Refund {
  providerRefundId: string
  state: 'under-way' | 'failed'
}

export interface ProviderBalance {
  currency: string
  pending: bigint
  available: bigint
}

/** All that giving asks: a way to pay one gift. Stripe, the simulated provider and a bank transfer are each one. */
export interface CheckoutProvider {
  createCheckout(input: CheckoutInput): Promise<Checkout>
}

/** One that also holds money for us, and tells of it. */
export interface PaymentProvider extends CheckoutProvider, MonthlyProvider {
  /** Newest first; call again with nextCursor until it is null. */
  listTransactions(input: { createdFrom: Date; createdTo?: Date; cursor?: string }): Promise<{
    transactions: ProviderTransaction[]
    nextCursor: string | null
  }>
  getTransaction(id: string): Promise<ProviderTransaction>
  /** What a charge says of its donation: for refunds and disputes that say nothing themselves. */
  getChargeMetadata(chargeId: string): Promise<CheckoutMetadata>
  refund(input: RefundInput): Promise<Refund>
  /** Ours among the refunds of this charge; null when the provider never heard of it. */
  findRefund(input: { chargeId: string; refundId: string }): Promise<Refund | null>
  getDispute(id: string): Promise<{ state: 'open' | 'won' | 'lost' }>
  /** By currency. What is not there is zero. */
  getBalance(): Promise<ProviderBalance[]>
  /** Throws ProviderEventRefused; rawBody is the body exactly as it came over the wire. */
  verifyEvent(rawBody: Buffer | string, signatureHeader: string, now: Date): ProviderEvent
}

export type RejectionReason =
  | 'invalid-request'
  | 'not-found'
  | 'idempotency-conflict'
  | 'declined'
  | 'credentials'
  | 'rate-limited'

/** The provider understood and said no: nothing happened there, and the same call would be refused again (but after a wait for 'rate-limited'). */
export class ProviderRejected extends Error {
  override readonly name = 'ProviderRejected'
  readonly outcome = 'rejected'
  readonly reason: RejectionReason
  readonly providerCode: string | undefined
  readonly requestId: string | undefined

  constructor(
    reason: RejectionReason,
    detail: { message: string; providerCode?: string; requestId?: string },
  ) {
    super(detail.message)
    this.reason = reason
    this.providerCode = detail.providerCode
    this.requestId = detail.requestId
  }
}

/**
 * Nobody knows whether it happened: time-out, broken connection, 5xx. The only safe repetition is the same
 * input under the same idempotency key; a new key could charge twice.
 */
export class ProviderUnknown extends Error {
  override readonly name = 'ProviderUnknown'
  readonly outcome = 'unknown'
  readonly requestId: string | undefined

  constructor(detail: { message: string; requestId?: string; cause?: unknown }) {
    super(detail.message, { cause: detail.cause })
    this.requestId = detail.requestId
  }
}

export type EventRefusal = 'signature' | 'unreadable' | 'livemode' | 'api-version'

/** The message is not to be stored or acted on; `reason` is for our log, the sender learns no more than "refused". */
export class ProviderEventRefused extends Error {
  override readonly name = 'ProviderEventRefused'
  readonly reason: EventRefusal

  constructor(reason: EventRefusal, message: string) {
    super(message)
    this.reason = reason
  }
}
