/** One payment: its charge, and what that puts on the balance. A debit gets its balance transaction now and its certainty later. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { newId } from './ids.ts'
import { paymentTerms } from './rates.ts'
import type { ChargeRow, SessionRow, SimulatedMethod } from './tables.ts'

export interface Payment {
  readonly method: SimulatedMethod
  readonly now: Date
  readonly paymentIntentId?: string
  /** Of an instalment. */
  readonly invoiceId?: string
  readonly mandateId?: string | null
  readonly paymentMethodId?: string | null
  /** It will be taken back before it is certain. */
  readonly bounces?: boolean
  /** Instead of what the checkout was for. */
  readonly amount?: bigint
}

export async function insertCharge(
  trx: Transaction<DB>,
  session: SessionRow,
  payment: Payment,
): Promise<ChargeRow> {
  const { method, now, amount = session.amount } = payment
  const terms = paymentTerms(method, amount, now)
  const isCard = method === 'card'
  const chargeId = newId(isCard ? 'ch' : 'py')
  const transaction = await trx
    .insertInto('simulation.balance_transactions')
    .values({
      id: newId('txn'),
      type: isCard ? 'charge' : 'payment',
      reportingCategory: 'charge',
      amount,
      fee: terms.fee,
      currency: session.currency,
      status: 'pending',
      sourceId: chargeId,
      description: null,
      payoutId: null,
      createdAt: now,
      availableOn: terms.availableOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return await trx
    .insertInto('simulation.charges')
    .values({
      id: chargeId,
      paymentIntentId: payment.paymentIntentId ?? newId('pi'),
      checkoutSessionId: session.id,
      status: terms.settlesAt === null ? 'succeeded' : 'pending',
      amount,
      currency: session.currency,
      method,
      metadata: session.intentMetadata,
      balanceTransactionId: transaction.id,
      failureBalanceTransactionId: null,
      failureCode: null,
      settlesAt: terms.settlesAt,
      createdAt: now,
      invoiceId: payment.invoiceId ?? null,
      mandateId: payment.mandateId ?? null,
      paymentMethodId: payment.paymentMethodId ?? null,
      bounces: payment.bounces ?? false,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** An attempt that was refused before any money moved. */
export async function insertFailedCharge(
  trx: Transaction<DB>,
  session: SessionRow,
  { method, now, paymentIntentId, invoiceId, paymentMethodId, amount }: Payment,
): Promise<ChargeRow> {
  return await trx
    .insertInto('simulation.charges')
    .values({
      id: newId(method === 'card' ? 'ch' : 'py'),
      paymentIntentId: paymentIntentId ?? newId('pi'),
      checkoutSessionId: session.id,
      status: 'failed',
      amount: amount ?? session.amount,
      currency: session.currency,
      method,
      metadata: session.intentMetadata,
      balanceTransactionId: null,
      failureBalanceTransactionId: null,
      failureCode: 'card_declined',
      settlesAt: null,
      createdAt: now,
      invoiceId: invoiceId ?? null,
      paymentMethodId: paymentMethodId ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
