/** Refunds, disputes and the balance in the contract's words. Pure. */
import type Stripe from 'stripe'
import type { ProviderBalance, Refund, RefundInput } from '../provider.ts'
import { toSafeInteger } from './checkout.ts'

/** The same refund is the same request, byte for byte: Stripe refuses a repeated key with other parameters. */
export function refundParameters(input: RefundInput): Stripe.RefundCreateParams {
  return {
    charge: input.chargeId,
    amount: toSafeInteger(input.amount),
    reason: 'requested_by_customer',
    metadata: { ...input.metadata, refundId: input.refundId },
  }
}

/** Failed with a balance transaction, it was paid and came back: transactions tell that, and not this. */
export function toRefund(refund: Stripe.Refund): Refund {
  const cameToNothing = refund.status === 'failed' || refund.status === 'canceled'
  return {
    providerRefundId: refund.id,
    state: cameToNothing && refund.balance_transaction === null ? 'failed' : 'under-way',
  }
}

/** Whatever is not plainly over is open. */
export function toDisputeState({ status }: Stripe.Dispute): { state: 'open' | 'won' | 'lost' } {
  return { state: status === 'won' ? 'won' : status === 'lost' ? 'lost' : 'open' }
}

export function toBalances({ pending, available }: Stripe.Balance): ProviderBalance[] {
  const currencies = [...new Set([...pending, ...available].map(({ currency }) => currency))]
  const of = (lines: readonly { amount: number; currency: string }[], wanted: string) =>
    lines.reduce((sum, { amount, currency }) => sum + (currency === wanted ? BigInt(amount) : 0n), 0n)
  return currencies.map(currency => ({
    currency: currency.toUpperCase(),
    pending: of(pending, currency),
    available: of(available, currency),
  }))
}
