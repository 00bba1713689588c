/**
 * A month passes: each subscription that is due gets an invoice, and its account or card is asked for it. An instalment of
 * € 66.64 fails once and then works; one of € 66.65 never works, the first aside.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../../../database.ts'
import { insertCharge, insertFailedCharge } from '../charge.ts'
import { chargeObject } from '../objects/charge.ts'
import { invoiceObject } from '../objects/invoice.ts'
import { paymentIntentObject } from '../objects/payment-intent.ts'
import { subscriptionObject } from '../objects/subscription.ts'
import { recordEvents } from '../record-events.ts'
import type { InvoiceRow, SubscriptionRow } from '../tables.ts'
import { insertInvoice, invoiceFailed, invoicePaid } from './invoices.ts'
import { nextPeriodEnd } from './period.ts'

const fails = ({ amount }: InvoiceRow, attempt: number): boolean =>
  amount === 6_665n || (amount === 6_664n && attempt === 1)

export async function renewSubscriptions(trx: Transaction<DB>, until: Date): Promise<void> {
  const due = await trx
    .selectFrom('simulation.subscriptions')
    .selectAll()
    .where('status', '<>', 'canceled')
    .where('periodEnd', '<=', until)
    .orderBy('periodEnd')
    .orderBy('id')
    .execute()
  for (const before of due) {
    const now = before.periodEnd
    const subscription = await trx
      .updateTable('simulation.subscriptions')
      .set({ periodStart: now, periodEnd: nextPeriodEnd(before.anchor, now) })
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    const invoice = await insertInvoice(trx, subscription, { billingReason: 'subscription_cycle', now })
    const type = invoice.status === 'void' ? 'invoice.voided' : 'invoice.finalized'
    await recordEvents(trx, [
      { type: 'customer.subscription.updated', object: subscriptionObject(subscription), at: now },
      { type, object: invoiceObject(invoice), at: now },
    ])
    if (invoice.status === 'open') await collect(trx, subscription, invoice, now)
  }
}

export async function collectAgain(trx: Transaction<DB>, until: Date): Promise<void> {
  const due = await trx
    .selectFrom('simulation.invoices')
    .selectAll()
    .where('nextAttemptAt', '<=', until)
    .orderBy('nextAttemptAt')
    .execute()
  for (const invoice of due) {
    const subscription = await trx
      .selectFrom('simulation.subscriptions')
      .selectAll()
      .where('id', '=', invoice.subscriptionId)
      .executeTakeFirstOrThrow()
    if (subscription.status === 'canceled' || subscription.paused) {
      await trx
        .updateTable('simulation.invoices')
        .set({ nextAttemptAt: null, status: 'void' })
        .where('id', '=', invoice.id)
        .execute()
    } else await collect(trx, subscription, invoice, invoice.nextAttemptAt ?? until)
  }
}

async function collect(trx: Transaction<DB>, subscription: SubscriptionRow, before: InvoiceRow, now: Date) {
  const invoice = await trx
    .updateTable('simulation.invoices')
    .set({ attempts: before.attempts + 1, nextAttemptAt: null })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const session = await trx
    .selectFrom('simulation.checkout_sessions')
    .selectAll()
    .where('id', '=', subscription.checkoutSessionId)
    .executeTakeFirstOrThrow()
  const { method, paymentMethodId, mandateId } = subscription
  const failing = fails(invoice, invoice.attempts)
  const payment = {
    ...{ method, now, amount: invoice.amount, invoiceId: invoice.id, paymentMethodId, mandateId },
    ...{ paymentIntentId: invoice.paymentIntentId, bounces: failing },
  }
  const charge =
    failing && method === 'card'
      ? await insertFailedCharge(trx, session, payment)
      : await insertCharge(trx, session, payment)
  const type = { pending: 'charge.pending', succeeded: 'charge.succeeded', failed: 'charge.failed' }[
    charge.status
  ]
  const intent = {
    ...{ pending: 'payment_intent.processing', succeeded: 'payment_intent.succeeded' },
    failed: 'payment_intent.payment_failed',
  }[charge.status]
  await recordEvents(trx, [
    { type, object: chargeObject(charge), at: now },
    { type: intent, object: paymentIntentObject(charge, session), at: now },
  ])
  if (charge.status === 'succeeded') await invoicePaid(trx, invoice.id, now)
  if (charge.status === 'failed') await invoiceFailed(trx, invoice.id, now)
}
