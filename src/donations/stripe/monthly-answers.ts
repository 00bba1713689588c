/** Subscriptions and their invoices in the contract's words. Pure. */
import type Stripe from 'stripe'
import type { MonthlyGiftState, ProviderInstalment, ProviderMonthlyGift } from '../monthly/provider.ts'
import { partOf } from './monthly-requests.ts'
import { methodOf } from './transactions.ts'

export function toMonthlyGift(subscription: Stripe.Subscription): ProviderMonthlyGift {
  const items = subscription.items.data
  const itemOf = (part: 'gift' | 'costs') =>
    items.find(({ price }) => partOf(idOf(price.product)) === part)?.id ?? null
  const state = stateOf(subscription)
  const method = subscription.default_payment_method
  const due = Math.min(...items.map(item => item.current_period_end))
  return {
    subscriptionId: subscription.id,
    customerId: idOf(subscription.customer),
    monthlyGiftId: subscription.metadata.monthlyGiftId ?? null,
    organisationId: subscription.metadata.organisationId ?? null,
    state,
    amounts: amountsOf(
      items.map(({ price, quantity }) => ({
        product: idOf(price.product),
        cents: price.unit_amount === null ? null : price.unit_amount * (quantity ?? 1),
      })),
    ),
    giftItemId: itemOf('gift'),
    costsItemId: itemOf('costs'),
    nextAt:
      Number.isFinite(due) && (state === 'active' || state === 'payment-failing')
        ? new Date(due * 1000)
        : null,
    method: method !== null && typeof method === 'object' ? methodOf(method.type) : null,
    methodId: method === null ? null : idOf(method),
  }
}

/** Collection that was paused leaves Stripe's own status as it is. */
function stateOf({ status, pause_collection }: Stripe.Subscription): MonthlyGiftState {
  if (status === 'canceled' || status === 'incomplete_expired') return 'stopped'
  if (status === 'incomplete') return 'awaiting-payment'
  if (status === 'paused' || pause_collection !== null) return 'paused'
  return status === 'past_due' || status === 'unpaid' ? 'payment-failing' : 'active'
}

/** An invoice says of itself which subscription it is of, with that one's metadata of the day. A charge no longer says its invoice. */
export function toInstalment({ invoice }: Stripe.InvoicePayment): ProviderInstalment | null {
  if (typeof invoice !== 'object' || !('parent' in invoice)) return null
  const details = invoice.parent?.subscription_details
  if (!details) return null
  return {
    subscriptionId: idOf(details.subscription),
    invoiceId: invoice.id ?? '',
    monthlyGiftId: details.metadata?.monthlyGiftId ?? null,
    organisationId: details.metadata?.organisationId ?? null,
    amounts: invoice.lines.has_more
      ? null
      : amountsOf(
          invoice.lines.data.map(({ amount, pricing }) => ({
            product: idOf(pricing?.price_details?.product ?? ''),
            cents: amount,
          })),
        ),
  }
}

function amountsOf(
  lines: readonly { product: string; cents: number | null }[],
): { amount: bigint; costsShare: bigint } | null {
  const sums = { gift: 0n, costs: 0n }
  for (const { product, cents } of lines) {
    const part = partOf(product)
    if (part === null || cents === null || cents < 0) return null
    sums[part] += BigInt(cents)
  }
  return sums.gift > 0n ? { amount: sums.gift, costsShare: sums.costs } : null
}

const idOf = (it: string | { id: string }): string => (typeof it === 'string' ? it : it.id)
