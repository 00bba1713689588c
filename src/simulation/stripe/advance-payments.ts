/** What time does to payments that are not finished: open sessions expire, debits on their way become certain. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { chargeObject } from './objects/charge.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { paymentIntentObject } from './objects/payment-intent.ts'
import { recordEvents } from './record-events.ts'

export async function expireSessions(trx: Transaction<DB>, until: Date): Promise<void> {
  const expired = await trx
    .updateTable('simulation.checkout_sessions')
    .set({ status: 'expired' })
    .where('status', '=', 'open')
    .where('expiresAt', '<=', until)
    .returningAll()
    .execute()
  await recordEvents(
    trx,
    expired.map(session => ({
      type: 'checkout.session.expired',
      object: checkoutSessionObject(session, ''),
      at: session.expiresAt,
    })),
  )
}

export async function settleDebits(trx: Transaction<DB>, until: Date): Promise<void> {
  const charges = await trx
    .updateTable('simulation.charges')
    .set({ status: 'succeeded' })
    .where('status', '=', 'pending')
    .where('settlesAt', '<=', until)
    .returningAll()
    .execute()
  if (charges.length === 0) return
  const sessions = await trx
    .updateTable('simulation.checkout_sessions')
    .set({ paymentStatus: 'paid' })
    .from('simulation.charges as charge')
    .whereRef('simulation.checkout_sessions.id', '=', 'charge.checkoutSessionId')
    .where('charge.status', '=', 'succeeded')
    .where('charge.settlesAt', '<=', until)
    .where('simulation.checkout_sessions.paymentStatus', '=', 'unpaid')
    .returningAll('simulation.checkout_sessions')
    .execute()
  const sessionOf = new Map(sessions.map(session => [session.id, session]))
  await recordEvents(
    trx,
    charges.flatMap(charge => {
      const session = sessionOf.get(charge.checkoutSessionId)
      if (session === undefined) throw new Error(`charge ${charge.id} has no unpaid session`)
      const at = charge.settlesAt ?? until
      return [
        { type: 'charge.succeeded', object: chargeObject(charge), at },
        { type: 'payment_intent.succeeded', object: paymentIntentObject(charge, session), at },
        { type: 'checkout.session.async_payment_succeeded', object: checkoutSessionObject(session, ''), at },
      ]
    }),
  )
}
