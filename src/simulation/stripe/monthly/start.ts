/** The donor paid the first instalment: the subscription begins, with an account or card that the next ones are taken from. */
import type { Transaction } from 'kysely'
import type { DB } from '../../../database.ts'
import { newId } from '../ids.ts'
import { subscriptionObject } from '../objects/subscription.ts'
import type { InvoiceRow, SessionRow, SimulatedMethod, SubscriptionRow } from '../tables.ts'
import { insertInvoice } from './invoices.ts'
import type { Item } from './items.ts'
import { makeMandate } from './mandates.ts'
import { monthsLater } from './period.ts'

export async function startSubscription(
  trx: Transaction<DB>,
  session: SessionRow,
  { method, now }: { method: SimulatedMethod; now: Date },
): Promise<{ subscription: SubscriptionRow; invoice: InvoiceRow }> {
  const lines = JSON.parse(session.lineItems) as { name: string; product: string; amount: string }[]
  const items: Item[] = lines.map(({ name, product, amount }) => ({
    ...{ id: newId('si'), priceId: newId('price'), productId: product, name, amount },
  }))
  const id = newId('sub')
  const paymentMethodId = newId('pm')
  const subscription = await trx
    .insertInto('simulation.subscriptions')
    .values({
      ...{
        id,
        customerId: `cus_${id.slice(4, 18)}`,
        checkoutSessionId: session.id,
        status: 'active' as const,
      },
      ...{ items: JSON.stringify(items), metadata: session.subscriptionMetadata, paymentMethodId },
      method: method === 'card' ? ('card' as const) : ('sepa_debit' as const),
      mandateId: method === 'card' ? null : await makeMandate(trx, paymentMethodId, now),
      ...{ anchor: now, periodStart: now, periodEnd: monthsLater(now, 1), canceledAt: null, createdAt: now },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const invoice = await insertInvoice(trx, subscription, { billingReason: 'subscription_create', now })
  return { subscription, invoice }
}

export const createdEvent = (subscription: SubscriptionRow, at: Date) => ({
  ...{ type: 'customer.subscription.created', object: subscriptionObject(subscription), at },
})
