/** An invoice of a subscription, and the payment of it, as Stripe's API shows them. */
import type { Item } from '../monthly/items.ts'
import type { InvoiceRow } from '../tables.ts'
import { customerOf } from './subscription.ts'
import { amountOf, unixSeconds } from './values.ts'

const UNUSED = {
  account_country: 'NL',
  account_name: null,
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_shipping: 0,
  application: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_email: null,
  customer_name: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: 'none',
  customer_tax_ids: [],
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  due_date: null,
  ending_balance: 0,
  footer: null,
  from_invoice: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  metadata: {},
  number: null,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  subtotal_excluding_tax: null,
  test_clock: null,
  total_discount_amounts: [],
  total_excluding_tax: null,
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
}

export function invoiceObject(row: InvoiceRow) {
  const amount = amountOf(row.amount)
  const paid = row.status === 'paid' ? amount : 0
  const metadata = JSON.parse(row.metadata) as unknown
  return {
    ...UNUSED,
    id: row.id,
    object: 'invoice',
    amount_due: amount,
    amount_paid: paid,
    amount_remaining: amount - paid,
    attempt_count: row.attempts,
    attempted: row.attempts > 0,
    auto_advance: row.status === 'open',
    billing_reason: row.billingReason,
    collection_method: 'charge_automatically',
    created: unixSeconds(row.createdAt),
    currency: 'eur',
    customer: customerOf(row.subscriptionId),
    effective_at: unixSeconds(row.createdAt),
    lines: {
      object: 'list',
      data: (JSON.parse(row.lines) as Item[]).map((item, index) => lineObject(row, item, index)),
      has_more: false,
      url: `/v1/invoices/${row.id}/lines`,
    },
    next_payment_attempt: row.nextAttemptAt === null ? null : unixSeconds(row.nextAttemptAt),
    parent: {
      quote_details: null,
      subscription_details: { metadata, subscription: row.subscriptionId },
      type: 'subscription_details',
    },
    period_end: unixSeconds(row.periodStart),
    period_start: unixSeconds(row.periodStart),
    status: row.status,
    status_transitions: {
      finalized_at: unixSeconds(row.createdAt),
      marked_uncollectible_at: null,
      paid_at: row.paidAt === null ? null : unixSeconds(row.paidAt),
      voided_at: row.status === 'void' ? unixSeconds(row.createdAt) : null,
    },
    subtotal: amount,
    total: amount,
  }
}

function lineObject(row: InvoiceRow, item: Item, index: number) {
  return {
    id: `il_${row.id.slice(3)}${index}`,
    object: 'line_item',
    amount: Number(item.amount),
    currency: 'eur',
    description: item.name,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: row.id,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: row.subscriptionId,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period: { end: unixSeconds(row.periodEnd), start: unixSeconds(row.periodStart) },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.priceId, product: item.productId },
      type: 'price_details',
      unit_amount_decimal: item.amount,
    },
    quantity: 1,
    quantity_decimal: '1',
    subscription: row.subscriptionId,
    subtotal: Number(item.amount),
    taxes: [],
  }
}

/** `invoice`: its id, or the whole of it where the request asked to expand it. */
export function invoicePaymentObject(row: InvoiceRow, invoice: string | object = row.id) {
  return {
    id: row.paymentId,
    object: 'invoice_payment',
    amount_paid: row.status === 'paid' ? amountOf(row.amount) : null,
    amount_requested: amountOf(row.amount),
    created: unixSeconds(row.createdAt),
    currency: 'eur',
    invoice,
    is_default: true,
    livemode: false,
    payment: { payment_intent: row.paymentIntentId, type: 'payment_intent' },
    status: row.status === 'paid' ? 'paid' : row.status === 'open' ? 'open' : 'canceled',
    status_transitions: {
      canceled_at: null,
      paid_at: row.paidAt === null ? null : unixSeconds(row.paidAt),
    },
  }
}
