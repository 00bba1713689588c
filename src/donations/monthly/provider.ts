/**
 * What monthly gifts ask of a provider, beside ../provider.ts. The provider keeps the calendar and collects; what it says of a
 * monthly gift is the truth, and ours is what it said when. Every change carries a key that was stored before the call.
 */
import type { Locale } from '../../money/index.ts'
import type { Checkout, PaymentMethod } from '../provider.ts'

export interface MonthlyCheckoutInput {
  monthlyGiftId: string
  organisationId: string
  poolId: string
  poolName: string
  /** Of each instalment: the gift itself, and the separate contribution to costs. */
  amount: bigint
  costsShare: bigint
  currency: string
  successUrl: string
  cancelUrl: string
  locale: Locale
  idempotencyKey: string
}

/**
 * awaiting-payment: its first instalment did not come. payment-failing: an instalment could not be collected, and the provider
 * tries again. stopped: for good.
 */
export const monthlyGiftStates = [
  'awaiting-payment',
  'active',
  'paused',
  'payment-failing',
  'stopped',
] as const
export type MonthlyGiftState = (typeof monthlyGiftStates)[number]

/** A monthly gift as the provider has it now. */
export interface ProviderMonthlyGift {
  subscriptionId: string
  customerId: string
  monthlyGiftId: string | null
  organisationId: string | null
  state: MonthlyGiftState
  /** Of the next instalment; null when it is not made of what we asked for. */
  amounts: { amount: bigint; costsShare: bigint } | null
  /** What a change of the amount has to name. */
  giftItemId: string | null
  costsItemId: string | null
  /** When the next instalment is due; null when none will be. */
  nextAt: Date | null
  method: PaymentMethod | null
  methodId: string | null
}

/** What one payment paid for. */
export interface ProviderInstalment {
  subscriptionId: string
  invoiceId: string
  monthlyGiftId: string | null
  organisationId: string | null
  /** null when it is not made of what we asked for. */
  amounts: { amount: bigint; costsShare: bigint } | null
}

/** Whatever is asked is said in full, so that a repetition is the same request. */
export type MonthlyChange = { subscriptionId: string; idempotencyKey: string } & (
  | {
      what: 'change-amount'
      organisationId: string
      poolId: string
      locale: Locale
      currency: string
      amount: bigint
      costsShare: bigint
      giftItemId: string
      costsItemId: string | null
    }
  | { what: 'pause' | 'resume' | 'stop' }
)

export interface MonthlyProvider {
  createMonthlyCheckout(input: MonthlyCheckoutInput): Promise<Checkout>
  /** What a payment was for; null when it is no instalment of anything. */
  getInstalment(paymentId: string): Promise<ProviderInstalment | null>
  /** null when the provider does not know it. */
  getMonthlyGift(subscriptionId: string): Promise<ProviderMonthlyGift | null>
  /** All there are, also those that stopped; call again with nextCursor until it is null. */
  listMonthlyGifts(input: {
    cursor?: string
  }): Promise<{ monthlyGifts: ProviderMonthlyGift[]; nextCursor: string | null }>
  /** Which changed since, and when for the last time. */
  changedMonthlyGifts(since: Date): Promise<Map<string, Date>>
  /** From the next instalment on; answers what it became. */
  changeMonthlyGift(change: MonthlyChange): Promise<ProviderMonthlyGift>
  /** The provider's own page where a donor chooses another account or card. */
  openAccountPage(input: { customerId: string; returnUrl: string; locale: Locale }): Promise<{ url: string }>
  /** What the donor's bank shows of the mandate to debit. */
  getMandate(mandateId: string): Promise<{ reference: string | null }>
}
