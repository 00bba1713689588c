/**
 * Monthly gifts as requests to Stripe. Pure, and the same bytes for the same input, as ./checkout.ts.
 *
 * Gift and contribution to costs are two products with ids of our own making. So a change of the amount can name them without
 * asking, and each invoice's lines say what is gift and what is costs, also when somebody changed the amount at Stripe itself.
 */
import type Stripe from 'stripe'
import type { Locale } from '../../money/index.ts'
import type { MonthlyChange, MonthlyCheckoutInput } from '../monthly/provider.ts'
import { LINE_TEXT, LONGEST_NAME, METHODS, toSafeInteger } from './checkout.ts'

export type Part = 'gift' | 'costs'

interface WhichProduct {
  organisationId: string
  poolId: string
  locale: Locale
}

const productId = (part: Part, { organisationId, poolId, locale }: WhichProduct): string =>
  `meent_${part}_${part === 'gift' ? poolId : organisationId}_${locale}`

/** Of which part a product is; null of one that is not ours. */
export function partOf(product: string): Part | null {
  const [ours, part] = product.split('_')
  return ours === 'meent' && (part === 'gift' || part === 'costs') ? part : null
}

/** What has to be there before a checkout can name it. */
export function productsOf(input: MonthlyCheckoutInput): Stripe.ProductCreateParams[] {
  const text = LINE_TEXT[input.locale]
  const gift = { id: productId('gift', input), name: text.gift(input.poolName).slice(0, LONGEST_NAME) }
  return input.costsShare === 0n ? [gift] : [gift, { id: productId('costs', input), name: text.costs }]
}

export function monthlyCheckoutParameters(input: MonthlyCheckoutInput): Stripe.Checkout.SessionCreateParams {
  const { monthlyGiftId, organisationId, poolId } = input
  const metadata = { monthlyGiftId, organisationId, poolId }
  const lines = [{ quantity: 1, price_data: priceOf('gift', input.amount, input) }]
  if (input.costsShare !== 0n)
    lines.push({ quantity: 1, price_data: priceOf('costs', input.costsShare, input) })
  return {
    mode: 'subscription',
    locale: input.locale,
    // A first bank payment gives the mandate for the debits that follow.
    allowed_payment_method_types: METHODS,
    client_reference_id: monthlyGiftId,
    line_items: lines,
    metadata,
    // Each invoice carries these as they were when it was made: so an instalment finds its monthly gift.
    subscription_data: { metadata },
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
  }
}

/** Nothing is charged or paid back for the month that runs: the next instalment is the first with the new amount. */
export function changeParameters(
  change: Exclude<MonthlyChange, { what: 'stop' }>,
): Stripe.SubscriptionUpdateParams {
  // What would fall due while paused is never collected, also later.
  if (change.what === 'pause') return { pause_collection: { behavior: 'void' } }
  if (change.what === 'resume') return { pause_collection: '' }
  if (change.what !== 'change-amount') throw new RangeError(`no request to ${change.what} a monthly gift`)
  const items: Stripe.SubscriptionUpdateParams.Item[] = [
    { id: change.giftItemId, price_data: priceOf('gift', change.amount, change) },
  ]
  if (change.costsShare === 0n) {
    if (change.costsItemId) items.push({ id: change.costsItemId, deleted: true })
  } else {
    const price_data = priceOf('costs', change.costsShare, change)
    items.push(change.costsItemId ? { id: change.costsItemId, price_data } : { price_data })
  }
  return { items, proration_behavior: 'none' }
}

export const accountPageParameters = (input: {
  customerId: string
  returnUrl: string
  locale: Locale
}): Stripe.BillingPortal.SessionCreateParams => ({
  customer: input.customerId,
  return_url: input.returnUrl,
  locale: input.locale,
  flow_data: { type: 'payment_method_update' },
})

function priceOf(part: Part, amount: bigint, of: WhichProduct & { currency: string }) {
  return {
    currency: of.currency.toLowerCase(),
    product: productId(part, of),
    unit_amount: toSafeInteger(amount),
    recurring: { interval: 'month' as const },
  }
}
