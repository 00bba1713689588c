/**
 * The donor pays on the simulated payment page: payment intent, charge, balance transaction and events in one
 * transaction. A debit gets its balance transaction now and its certainty later, as with Stripe.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { planDispute } from './disputes.ts'
import { newId } from './ids.ts'
import { chargeObject } from './objects/charge.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { paymentIntentObject } from './objects/payment-intent.ts'
import { paymentTerms } from './rates.ts'
import { recordEvents } from './record-events.ts'
import { lockSession, refuseUnlessPayable, successUrlOf } from './sessions.ts'
import type { ChargeRow, SessionRow, SimulatedMethod } from './tables.ts'

export interface PaySessionInput {
  id: string
  method: SimulatedMethod
  now: Date
}

/** Answers where the donor goes next. Paying twice is paying once. Throws SimulatedApiError. */
export async function paySession(db: Kysely<DB>, input: PaySessionInput): Promise<{ redirectUrl: string }> {
  return await db.transaction().execute(async trx => {
    const session = await lockSession(trx, input.id)
    if (session.status === 'complete') return { redirectUrl: successUrlOf(session) }
    refuseUnlessPayable(session, input.method, input.now)

    const charge = await insertCharge(trx, session, input)
    await planDispute(trx, charge)
    const paid = await completeSession(trx, session, charge)
    await recordEvents(trx, eventsOf(charge, paid, input.now))
    return { redirectUrl: successUrlOf(paid) }
  })
}

async function insertCharge(
  trx: Transaction<DB>,
  session: SessionRow,
  input: PaySessionInput,
): Promise<ChargeRow> {
  const terms = paymentTerms(input.method, session.amount, input.now)
  const isCard = input.method === 'card'
  const chargeId = newId(isCard ? 'ch' : 'py')
  const transaction = await trx
    .insertInto('simulation.balance_transactions')
    .values({
      id: newId('txn'),
      type: isCard ? 'charge' : 'payment',
      reportingCategory: 'charge',
      amount: session.amount,
      fee: terms.fee,
      currency: session.currency,
      status: 'pending',
      sourceId: chargeId,
      description: null,
      payoutId: null,
      createdAt: input.now,
      availableOn: terms.availableOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return await trx
    .insertInto('simulation.charges')
    .values({
      id: chargeId,
      paymentIntentId: newId('pi'),
      checkoutSessionId: session.id,
      status: terms.settlesAt === null ? 'succeeded' : 'pending',
      amount: session.amount,
      currency: session.currency,
      method: input.method,
      metadata: session.intentMetadata,
      balanceTransactionId: transaction.id,
      failureBalanceTransactionId: null,
      failureCode: null,
      settlesAt: terms.settlesAt,
      createdAt: input.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function completeSession(
  trx: Transaction<DB>,
  session: SessionRow,
  charge: ChargeRow,
): Promise<SessionRow> {
  return await trx
    .updateTable('simulation.checkout_sessions')
    .set({
      status: 'complete',
      paymentStatus: charge.status === 'succeeded' ? 'paid' : 'unpaid',
      paymentIntentId: charge.paymentIntentId,
    })
    .where('id', '=', session.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

function eventsOf(charge: ChargeRow, session: SessionRow, at: Date) {
  const intent = paymentIntentObject(charge, session)
  const completed = { type: 'checkout.session.completed', object: checkoutSessionObject(session, ''), at }
  if (charge.status === 'pending') {
    return [
      { type: 'charge.pending', object: chargeObject(charge), at },
      { type: 'payment_intent.processing', object: intent, at },
      completed,
    ]
  }
  return [
    // With asynchronous capture the charge is announced before its balance transaction is known.
    { type: 'charge.succeeded', object: chargeObject({ ...charge, balanceTransactionId: null }), at },
    { type: 'payment_intent.succeeded', object: intent, at },
    completed,
    { type: 'charge.updated', object: chargeObject(charge), at },
  ]
}
