/** Invoices of subscriptions: made, paid, or not collected. One that fails is tried again twice; then the subscription ends. */
import type { Transaction } from 'kysely'
import type { DB } from '../../../database.ts'
import { newId } from '../ids.ts'
import { invoiceObject } from '../objects/invoice.ts'
import { subscriptionObject } from '../objects/subscription.ts'
import { recordEvents } from '../record-events.ts'
import type { InvoiceRow, SubscriptionRow } from '../tables.ts'
import { itemsOf, totalOf } from './items.ts'

const TRIES = 3
const AGAIN_AFTER_MS = 3 * 86_400_000

export async function insertInvoice(
  trx: Transaction<DB>,
  subscription: SubscriptionRow,
  { billingReason, now }: Pick<InvoiceRow, 'billingReason'> & { now: Date },
): Promise<InvoiceRow> {
  return await trx
    .insertInto('simulation.invoices')
    .values({
      ...{ id: newId('in'), subscriptionId: subscription.id, paymentId: newId('inpay') },
      ...{
        paymentIntentId: newId('pi'),
        status: subscription.paused ? ('void' as const) : ('open' as const),
      },
      ...{ billingReason, amount: totalOf(itemsOf(subscription)), lines: subscription.items },
      ...{ metadata: subscription.metadata, nextAttemptAt: null, paidAt: null, createdAt: now },
      ...{ periodStart: subscription.periodStart, periodEnd: subscription.periodEnd },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Of a paid one, the subscription is well again. */
export async function invoicePaid(trx: Transaction<DB>, id: string, at: Date): Promise<void> {
  const invoice = await trx
    .updateTable('simulation.invoices')
    .set({ status: 'paid', paidAt: at, nextAttemptAt: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(trx, [{ type: 'invoice.paid', object: invoiceObject(invoice), at }])
  await setStatus(trx, invoice.subscriptionId, 'active', at)
}

export async function invoiceFailed(trx: Transaction<DB>, id: string, at: Date): Promise<void> {
  const before = await trx
    .selectFrom('simulation.invoices')
    .select('attempts')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const over = before.attempts >= TRIES
  const invoice = await trx
    .updateTable('simulation.invoices')
    .set(
      over
        ? { status: 'uncollectible', nextAttemptAt: null }
        : { nextAttemptAt: new Date(at.getTime() + AGAIN_AFTER_MS) },
    )
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(trx, [{ type: 'invoice.payment_failed', object: invoiceObject(invoice), at }])
  await setStatus(trx, invoice.subscriptionId, over ? 'canceled' : 'past_due', at)
}

/** Nothing happens to what is so already, or is over. */
export async function setStatus(
  trx: Transaction<DB>,
  id: string,
  status: SubscriptionRow['status'],
  at: Date,
): Promise<void> {
  const changed = await trx
    .updateTable('simulation.subscriptions')
    .set({ status, ...(status === 'canceled' ? { canceledAt: at } : {}) })
    .where('id', '=', id)
    .where('status', 'not in', [status, 'canceled'])
    .returningAll()
    .executeTakeFirst()
  if (!changed) return
  const type = `customer.subscription.${status === 'canceled' ? 'deleted' : 'updated'}`
  await recordEvents(trx, [{ type, object: subscriptionObject(changed), at }])
}
