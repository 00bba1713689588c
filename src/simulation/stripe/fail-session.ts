/**
 * A payment that does not come. On an open session the attempt fails before any money moved, and the donor may try
 * again. On a debit that was under way it fails late: its balance transaction is taken back by a second one.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { SimulatedApiError } from './api-error.ts'
import { book } from './book.ts'
import { insertFailedCharge } from './charge.ts'
import { invoiceFailed } from './monthly/invoices.ts'
import { chargeObject } from './objects/charge.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { paymentIntentObject } from './objects/payment-intent.ts'
import { recordEvents } from './record-events.ts'
import { lockSession, refuseUnlessPayable } from './sessions.ts'
import type { ChargeRow, SessionRow, SimulatedMethod } from './tables.ts'

export interface FailSessionInput {
  id: string
  method: SimulatedMethod
  now: Date
}

/** Throws SimulatedApiError when there is no payment that could still fail. */
export async function failSession(db: Kysely<DB>, input: FailSessionInput): Promise<void> {
  await db.transaction().execute(async trx => {
    const session = await lockSession(trx, input.id)
    if (session.status === 'complete') return await failDebit(trx, session, input.now)
    refuseUnlessPayable(session, input.method, input.now)
    const charge = await insertFailedCharge(trx, session, input)
    await recordEvents(trx, failureEvents(charge, session, input.now))
  })
}

async function failDebit(trx: Transaction<DB>, session: SessionRow, now: Date): Promise<void> {
  const pending = await trx
    .selectFrom('simulation.charges')
    .selectAll()
    .where('checkoutSessionId', '=', session.id)
    .where('status', '=', 'pending')
    .forUpdate()
    .executeTakeFirst()
  if (pending === undefined) {
    throw new SimulatedApiError('This payment is certain already.', { code: 'charge_already_succeeded' })
  }
  await bounce(trx, session, pending, now)
}

/** Of an instalment, its invoice is collected later or not at all. */
export async function bounce(
  trx: Transaction<DB>,
  session: SessionRow,
  pending: ChargeRow,
  now: Date,
): Promise<void> {
  const charge = await trx
    .updateTable('simulation.charges')
    .set({
      status: 'failed',
      failureCode: 'insufficient_funds',
      failureBalanceTransactionId: await takeBack(trx, pending, now),
      settlesAt: null,
    })
    .where('id', '=', pending.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(trx, failureEvents(charge, session, now))
  if (session.paymentStatus === 'unpaid') {
    const object = checkoutSessionObject(session, '')
    await recordEvents(trx, [{ type: 'checkout.session.async_payment_failed', object, at: now }])
  }
  if (charge.invoiceId !== null) await invoiceFailed(trx, charge.invoiceId, now)
}

/** The fee stays paid. */
const takeBack = (trx: Transaction<DB>, charge: ChargeRow, now: Date): Promise<string> =>
  book(trx, charge, {
    ...{ type: 'payment_failure_refund', reportingCategory: 'charge_failure' },
    ...{ amount: -charge.amount, sourceId: charge.id, now },
  })

function failureEvents(charge: ChargeRow, session: SessionRow, at: Date) {
  return [
    { type: 'charge.failed', object: chargeObject(charge), at },
    { type: 'payment_intent.payment_failed', object: paymentIntentObject(charge, session), at },
  ]
}
