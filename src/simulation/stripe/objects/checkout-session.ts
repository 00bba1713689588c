/** A checkout session as Stripe's API shows it. What a hosted donation never uses is null, as with Stripe. */
import type { SessionRow } from '../tables.ts'
import { customerOf } from './subscription.ts'
import { amountOf, unixSeconds } from './values.ts'

const UNUSED = {
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  customer_creation: 'if_required',
  customer_details: null,
  customer_email: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: {},
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  wallet_options: null,
}

export function checkoutSessionObject(row: SessionRow, publicBaseUrl: string) {
  const methods: unknown = JSON.parse(row.methods)
  return {
    ...UNUSED,
    id: row.id,
    object: 'checkout.session',
    allowed_payment_method_types: methods,
    amount_subtotal: amountOf(row.amount),
    amount_total: amountOf(row.amount),
    cancel_url: row.cancelUrl,
    client_reference_id: row.clientReferenceId,
    created: unixSeconds(row.createdAt),
    currency: row.currency,
    expires_at: unixSeconds(row.expiresAt),
    livemode: false,
    locale: row.locale,
    metadata: JSON.parse(row.metadata) as unknown,
    mode: row.mode,
    subscription: row.subscriptionId,
    customer: row.subscriptionId === null ? null : customerOf(row.subscriptionId),
    payment_intent: row.paymentIntentId,
    payment_method_types: methods,
    payment_status: row.paymentStatus,
    status: row.status,
    submit_type: row.submitType,
    success_url: row.successUrl,
    ui_mode: 'hosted_page',
    url: row.status === 'open' ? paymentPageUrl(publicBaseUrl, row.id) : null,
  }
}

export const paymentPageUrl = (publicBaseUrl: string, sessionId: string): string =>
  `${publicBaseUrl.replace(/\/$/, '')}/simulated-payment/${sessionId}`
