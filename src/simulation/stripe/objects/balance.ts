/** Balance transactions, payouts and the balance as Stripe's API shows them. */
import type { PayoutRow, TransactionRow } from '../tables.ts'
import { amountOf, unixSeconds } from './values.ts'

/** `source` is its id, or the whole object where the request asked to expand it. */
export function balanceTransactionObject(row: TransactionRow, source: string | object = row.sourceId) {
  return {
    id: row.id,
    object: 'balance_transaction',
    amount: amountOf(row.amount),
    available_on: unixSeconds(row.availableOn),
    balance_type: 'payments',
    created: unixSeconds(row.createdAt),
    currency: row.currency,
    description: row.description,
    exchange_rate: null,
    fee: amountOf(row.fee),
    fee_details:
      row.fee === 0n
        ? []
        : [
            {
              amount: amountOf(row.fee),
              application: null,
              currency: row.currency,
              description: 'Simulated processing fee',
              type: 'stripe_fee',
            },
          ],
    net: amountOf(row.amount - row.fee),
    reporting_category: row.reportingCategory,
    source,
    status: row.status,
    type: row.type,
  }
}

export function payoutObject(row: PayoutRow) {
  return {
    id: row.id,
    object: 'payout',
    amount: amountOf(row.amount),
    application_fee: null,
    application_fee_amount: null,
    arrival_date: unixSeconds(row.arrivesAt),
    automatic: true,
    balance_transaction: row.balanceTransactionId,
    created: unixSeconds(row.createdAt),
    currency: row.currency,
    description: 'STRIPE PAYOUT',
    destination: 'ba_simulated',
    failure_balance_transaction: row.failureBalanceTransactionId,
    failure_code: row.status === 'failed' ? 'could_not_process' : null,
    failure_message: row.status === 'failed' ? 'The simulated bank refused the payout.' : null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'completed',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: row.status,
    trace_id: { status: 'supported', value: row.reference },
    type: 'bank_account',
  }
}

export function balanceObject(sums: { available: bigint; pending: bigint }) {
  const line = (amount: bigint) => [
    { amount: amountOf(amount), currency: 'eur', source_types: { card: amountOf(amount) } },
  ]
  return { object: 'balance', available: line(sums.available), pending: line(sums.pending), livemode: false }
}
