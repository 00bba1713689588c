/** A charge as Stripe's API shows it. Nobody's name, address or account number is made up here. */
import type { ChargeRow, SimulatedMethod } from '../tables.ts'
import { amountOf, unixSeconds } from './values.ts'

const UNUSED = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
  calculated_statement_descriptor: null,
  customer: null,
  description: null,
  disputed: false,
  fraud_details: {},
  on_behalf_of: null,
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
}

/** `refunded`: what of it was given back; said where that is what is told. */
export function chargeObject(row: ChargeRow, { refunded = 0n } = {}) {
  const succeeded = row.status === 'succeeded'
  return {
    ...UNUSED,
    id: row.id,
    object: 'charge',
    amount: amountOf(row.amount),
    amount_refunded: amountOf(refunded),
    refunded: refunded >= row.amount,
    amount_captured: row.status === 'failed' ? 0 : amountOf(row.amount),
    balance_transaction: row.balanceTransactionId,
    captured: row.status !== 'failed',
    created: unixSeconds(row.createdAt),
    currency: row.currency,
    failure_balance_transaction: row.failureBalanceTransactionId,
    failure_code: row.failureCode,
    failure_message: row.failureCode === null ? null : 'The simulated bank refused the payment.',
    livemode: false,
    metadata: JSON.parse(row.metadata) as unknown,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: row.status === 'failed' ? 'declined_by_network' : 'approved_by_network',
      reason: row.failureCode,
      seller_message: null,
      type: row.status === 'failed' ? 'issuer_declined' : 'authorized',
    },
    paid: succeeded,
    payment_intent: row.paymentIntentId,
    payment_method: paymentMethodId(row),
    payment_method_details: {
      type: row.method,
      [row.method]: { ...METHOD_DETAILS[row.method], ...kept(row) },
    },
    status: row.status,
  }
}

/** Stripe has an object for it; here only its id exists. A bank payment is one thing, the account that it leaves to debit another. */
export const paymentMethodId = (row: Pick<ChargeRow, 'id' | 'method' | 'paymentMethodId'>): string =>
  (isBankPayment(row.method) ? null : row.paymentMethodId) ?? `pm_${row.id.slice(row.id.indexOf('_') + 1)}`

const isBankPayment = (method: SimulatedMethod): boolean => method === 'ideal' || method === 'bancontact'

/** Of an instalment: with which mandate, or which mandate it made. */
function kept({ method, mandateId, paymentMethodId: account }: ChargeRow): object {
  if (isBankPayment(method)) {
    return { generated_sepa_debit: account, generated_sepa_debit_mandate: mandateId }
  }
  return method === 'sepa_debit' ? { mandate: mandateId } : {}
}

const METHOD_DETAILS: Readonly<Record<SimulatedMethod, object>> = {
  ideal: {
    bank: null,
    bic: null,
    generated_sepa_debit: null,
    generated_sepa_debit_mandate: null,
    iban_last4: null,
    transaction_id: null,
    verified_name: null,
  },
  bancontact: {
    bank_code: null,
    bank_name: null,
    bic: null,
    generated_sepa_debit: null,
    generated_sepa_debit_mandate: null,
    iban_last4: null,
    preferred_language: 'nl',
    verified_name: null,
  },
  sepa_debit: {
    bank_code: null,
    branch_code: null,
    country: 'NL',
    fingerprint: null,
    last4: null,
    mandate: null,
  },
  card: {
    amount_authorized: null,
    authorization_code: null,
    brand: 'visa',
    checks: null,
    country: 'NL',
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2034,
    funding: 'debit',
    installments: null,
    last4: '4242',
    mandate: null,
    network: 'visa',
    network_transaction_id: null,
    regulated_status: null,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  },
}
