/** A payment intent as Stripe's API shows it. It has no row of its own: its one charge and its session tell all. */
import type { ChargeRow, SessionRow } from '../tables.ts'
import { paymentMethodId } from './charge.ts'
import { amountOf, unixSeconds } from './values.ts'

const UNUSED = {
  amount_capturable: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: { enabled: true },
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic_async',
  confirmation_method: 'automatic',
  customer: null,
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_group: null,
}

/** A failed attempt leaves the intent waiting for another method; a debit on its way is "processing". */
const STATUS = { pending: 'processing', succeeded: 'succeeded', failed: 'requires_payment_method' } as const

export function paymentIntentObject(charge: ChargeRow, session: SessionRow) {
  const methods: unknown = JSON.parse(session.methods)
  return {
    ...UNUSED,
    id: charge.paymentIntentId,
    object: 'payment_intent',
    allowed_payment_method_types: methods,
    amount: amountOf(charge.amount),
    amount_received: charge.status === 'succeeded' ? amountOf(charge.amount) : 0,
    client_secret: `${charge.paymentIntentId}_secret_simulated`,
    created: unixSeconds(charge.createdAt),
    currency: charge.currency,
    last_payment_error:
      charge.status === 'failed'
        ? { type: 'card_error', code: charge.failureCode ?? 'payment_failed' }
        : null,
    latest_charge: charge.id,
    livemode: false,
    metadata: JSON.parse(session.intentMetadata) as unknown,
    payment_method: charge.status === 'failed' ? null : paymentMethodId(charge),
    payment_method_types: methods,
    status: STATUS[charge.status],
  }
}
