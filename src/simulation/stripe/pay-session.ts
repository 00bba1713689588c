/**
 * The donor pays on the simulated payment page: payment intent, charge, balance transaction and events in one
 * transaction. A debit gets its balance transaction now and its certainty later, as with Stripe.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { insertCharge } from './charge.ts'
import { planDispute } from './disputes.ts'
import { invoicePaid } from './monthly/invoices.ts'
import { createdEvent, startSubscription } from './monthly/start.ts'
import { chargeObject } from './objects/charge.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { paymentIntentObject } from './objects/payment-intent.ts'
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

    const monthly = session.mode === 'subscription' ? await startSubscription(trx, session, input) : null
    const charge = await insertCharge(trx, session, { ...input, ...(monthly ? ofFirstInvoice(monthly) : {}) })
    await planDispute(trx, charge)
    const paid = await completeSession(trx, session, charge, monthly?.subscription.id ?? null)
    await recordEvents(trx, eventsOf(charge, paid, input.now))
    if (monthly) {
      await recordEvents(trx, [createdEvent(monthly.subscription, input.now)])
      if (charge.status === 'succeeded') await invoicePaid(trx, monthly.invoice.id, input.now)
    }
    return { redirectUrl: successUrlOf(paid) }
  })
}

const ofFirstInvoice = ({ subscription, invoice }: Awaited<ReturnType<typeof startSubscription>>) => ({
  ...{ invoiceId: invoice.id, paymentIntentId: invoice.paymentIntentId },
  ...{ mandateId: subscription.mandateId, paymentMethodId: subscription.paymentMethodId },
})

async function completeSession(
  trx: Transaction<DB>,
  session: SessionRow,
  charge: ChargeRow,
  subscriptionId: string | null,
): Promise<SessionRow> {
  return await trx
    .updateTable('simulation.checkout_sessions')
    .set({
      status: 'complete',
      paymentStatus: charge.status === 'succeeded' ? 'paid' : 'unpaid',
      // Of a subscription the payment is its first invoice's.
      paymentIntentId: subscriptionId === null ? charge.paymentIntentId : null,
      subscriptionId,
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
