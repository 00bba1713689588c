/**
 * A donation as a Stripe Checkout session, and back. Pure: the same donation gives the same request, byte for
 * byte, because Stripe refuses a repeated idempotency key with other parameters. So nothing here depends on
 * the clock (no expires_at: a session lives the 24 hours that Stripe gives it).
 */
import type Stripe from 'stripe'
import type { Checkout, CheckoutInput } from '../provider.ts'

/** A filter on what the account has switched on. "ideal" is iDEAL | Wero, which pages call a bank payment. */
export const METHODS: Stripe.Checkout.SessionCreateParams.AllowedPaymentMethodType[] = [
  'ideal',
  'card',
  'sepa_debit',
  'bancontact',
]

export const LINE_TEXT = {
  nl: { gift: (pool: string) => `Donatie aan ${pool}`, costs: 'Bijdrage aan organisatiekosten' },
  en: { gift: (pool: string) => `Donation to ${pool}`, costs: 'Contribution to costs' },
} as const

/** Long names are cut: the line is read on a phone, and Stripe refuses endless ones. */
export const LONGEST_NAME = 250

export function checkoutParameters(input: CheckoutInput): Stripe.Checkout.SessionCreateParams {
  const text = LINE_TEXT[input.locale]
  const metadata = {
    donationId: input.donationId,
    organisationId: input.metadata.organisationId,
    poolId: input.metadata.poolId,
  }
  const lines = [lineItem(text.gift(input.poolName), input.amount, input.currency)]
  if (input.costsShare !== 0n) lines.push(lineItem(text.costs, input.costsShare, input.currency))

  return {
    mode: 'payment',
    submit_type: 'donate',
    locale: input.locale,
    allowed_payment_method_types: METHODS,
    client_reference_id: input.donationId,
    line_items: lines,
    metadata,
    // Stripe copies these from the payment intent to its charge, and the charge is what comes with a
    // balance transaction: that is how a movement of money finds its donation again.
    payment_intent_data: { metadata },
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
  }
}

export function toCheckout(session: Stripe.Checkout.Session): Checkout {
  // Only a session that is over, or that is embedded, has no page; a new hosted one always has.
  if (session.url === null) throw new Error(`checkout ${session.id} came without a payment page`)
  return {
    providerCheckoutId: session.id,
    url: session.url,
    expiresAt: new Date(session.expires_at * 1000),
  }
}

function lineItem(name: string, amount: bigint, currency: string) {
  return {
    quantity: 1,
    price_data: {
      currency: currency.toLowerCase(),
      unit_amount: toSafeInteger(amount),
      product_data: { name: name.slice(0, LONGEST_NAME) },
    },
  }
}

export function toSafeInteger(amount: bigint): number {
  if (amount <= 0n || amount > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(`an amount of ${amount} cannot be sent to the provider`)
  }
  return Number(amount)
}
