/** The donor turns back. Stripe would leave the session open for a day; here it expires at once, so that one sees it happen. */
import type { Kysely } from 'kysely'
import type { DB } from '../../database.ts'
import { checkoutSessionObject } from './objects/checkout-session.ts'
import { recordEvents } from './record-events.ts'
import { lockSession, successUrlOf } from './sessions.ts'

/** Answers where the donor goes next; a session that was paid meanwhile stays paid. Throws SimulatedApiError. */
export async function cancelSession(
  db: Kysely<DB>,
  input: { id: string; now: Date },
): Promise<{ redirectUrl: string }> {
  return await db.transaction().execute(async trx => {
    const session = await lockSession(trx, input.id)
    if (session.status === 'complete') return { redirectUrl: successUrlOf(session) }
    if (session.status === 'open') {
      const expired = await trx
        .updateTable('simulation.checkout_sessions')
        .set({ status: 'expired' })
        .where('id', '=', session.id)
        .returningAll()
        .executeTakeFirstOrThrow()
      const object = checkoutSessionObject(expired, '')
      await recordEvents(trx, [{ type: 'checkout.session.expired', object, at: input.now }])
    }
    return { redirectUrl: session.cancelUrl ?? session.successUrl }
  })
}
