/** What time does to payments that are not finished: open sessions expire, debits on their way become certain. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { bounce } from './fail-session.ts'
import { invoicePaid } from './monthly/invoices.ts'
import { chargeObject } from './objects/charge.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { paymentIntentObject } from './objects/payment-intent.ts'
import { recordEvents } from './record-events.ts'
import type { ChargeRow, SessionRow } from './tables.ts'

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
  await bounceDebits(trx, until)
  const charges = await trx
    .updateTable('simulation.charges')
    .set({ status: 'succeeded' })
    .where('status', '=', 'pending')
    .where('settlesAt', '<=', until)
    .returningAll()
    .execute()
  const sessions = await sessionsOf(trx, charges)
  for (const charge of charges) {
    const session = sessions.get(charge.checkoutSessionId)
    if (session === undefined) throw new Error(`charge ${charge.id} has no session`)
    const at = charge.settlesAt ?? until
    await recordEvents(trx, [
      { type: 'charge.succeeded', object: chargeObject(charge), at },
      { type: 'payment_intent.succeeded', object: paymentIntentObject(charge, session), at },
    ])
    const paid = await trx
      .updateTable('simulation.checkout_sessions')
      .set({ paymentStatus: 'paid' })
      .where('id', '=', session.id)
      .where('paymentStatus', '=', 'unpaid')
      .returningAll()
      .executeTakeFirst()
    // Of an instalment later than the first the checkout was paid long ago.
    if (paid) {
      const object = checkoutSessionObject(paid, '')
      await recordEvents(trx, [{ type: 'checkout.session.async_payment_succeeded', object, at }])
    }
    if (charge.invoiceId !== null) await invoicePaid(trx, charge.invoiceId, at)
  }
}

async function bounceDebits(trx: Transaction<DB>, until: Date): Promise<void> {
  const bouncing = await trx
    .selectFrom('simulation.charges')
    .selectAll()
    .where('status', '=', 'pending')
    .where('bounces', '=', true)
    .where('settlesAt', '<=', until)
    .execute()
  const sessions = await sessionsOf(trx, bouncing)
  for (const charge of bouncing) {
    const session = sessions.get(charge.checkoutSessionId)
    if (session) await bounce(trx, session, charge, charge.settlesAt ?? until)
  }
}

async function sessionsOf(trx: Transaction<DB>, charges: readonly ChargeRow[]) {
  if (charges.length === 0) return new Map<string, SessionRow>()
  const rows = await trx
    .selectFrom('simulation.checkout_sessions')
    .selectAll()
    .where(
      'id',
      'in',
      charges.map(charge => charge.checkoutSessionId),
    )
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}
