/** A subscription as Stripe's API shows it. */
import { itemsOf } from '../monthly/items.ts'
import type { SubscriptionRow } from '../tables.ts'
import { unixSeconds } from './values.ts'

const UNUSED = {
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: null, type: 'flexible' },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  customer_account: null,
  days_until_due: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'off',
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
  trial_end: null,
  trial_settings: null,
  trial_start: null,
}

/** Each subscription here is of a customer of its own. */
export const customerOf = (subscriptionId: string): string => `cus_${subscriptionId.slice(4, 18)}`

/** `method`: whether the payment method comes whole, where the request asked to expand it. */
export function subscriptionObject(row: SubscriptionRow, { method = false } = {}) {
  const canceledAt = row.canceledAt === null ? null : unixSeconds(row.canceledAt)
  return {
    ...UNUSED,
    id: row.id,
    object: 'subscription',
    billing_cycle_anchor: unixSeconds(row.anchor),
    canceled_at: canceledAt,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: unixSeconds(row.createdAt),
    currency: 'eur',
    customer: row.customerId,
    default_payment_method: method ? paymentMethodObject(row) : row.paymentMethodId,
    ended_at: canceledAt,
    items: {
      object: 'list',
      data: itemsOf(row).map(item => itemObject(row, item)),
      has_more: false,
      url: `/v1/subscription_items?subscription=${row.id}`,
    },
    metadata: JSON.parse(row.metadata) as unknown,
    pause_collection: row.paused ? { behavior: 'void', resumes_at: null } : null,
    start_date: unixSeconds(row.anchor),
    status: row.status,
  }
}

function itemObject(row: SubscriptionRow, item: ReturnType<typeof itemsOf>[number]) {
  return {
    id: item.id,
    object: 'subscription_item',
    billing_thresholds: null,
    created: unixSeconds(row.createdAt),
    current_period_end: unixSeconds(row.periodEnd),
    current_period_start: unixSeconds(row.periodStart),
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: { id: item.priceId, object: 'plan' },
    price: {
      id: item.priceId,
      object: 'price',
      active: true,
      billing_scheme: 'per_unit',
      created: unixSeconds(row.createdAt),
      currency: 'eur',
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: item.productId,
      recurring: {
        interval: 'month',
        interval_count: 1,
        meter: null,
        trial_period_days: null,
        usage_type: 'licensed',
      },
      tax_behavior: 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'recurring',
      unit_amount: Number(item.amount),
      unit_amount_decimal: item.amount,
    },
    quantity: 1,
    subscription: row.id,
    tax_rates: [],
  }
}

function paymentMethodObject({ paymentMethodId, method, customerId, createdAt }: SubscriptionRow) {
  const account = {
    bank_code: null,
    branch_code: null,
    country: 'NL',
    fingerprint: null,
    generated_from: null,
    last4: '4321',
  }
  const card = {
    brand: 'visa',
    checks: null,
    country: 'NL',
    display_brand: 'visa',
    exp_month: 12,
    exp_year: 2034,
    fingerprint: null,
    funding: 'debit',
    generated_from: null,
    last4: '4242',
    networks: null,
    regulated_status: null,
    three_d_secure_usage: null,
    wallet: null,
  }
  return {
    id: paymentMethodId,
    object: 'payment_method',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    created: unixSeconds(createdAt),
    customer: customerId,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: method,
    ...(method === 'card' ? { card } : { sepa_debit: account }),
  }
}
