/** A refund as Stripe's API shows it. */
import type { RefundRow } from '../tables.ts'
import { amountOf, unixSeconds } from './values.ts'

export function refundObject(row: RefundRow) {
  return {
    id: row.id,
    object: 'refund',
    amount: amountOf(row.amount),
    balance_transaction: row.balanceTransactionId,
    charge: row.chargeId,
    created: unixSeconds(row.createdAt),
    currency: row.currency,
    customer: null,
    customer_account: null,
    destination_details: { type: 'card', card: { type: 'refund', reference_status: 'pending' } },
    ...(row.failureBalanceTransactionId === null
      ? {}
      : {
          failure_balance_transaction: row.failureBalanceTransactionId,
          failure_reason: 'expired_or_canceled_card',
        }),
    metadata: JSON.parse(row.metadata) as unknown,
    payment_intent: null,
    payment_method: null,
    reason: row.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: row.status,
    transfer_reversal: null,
  }
}
