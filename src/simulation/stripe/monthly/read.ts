/** Lists over the API: subscriptions, what paid their invoices, and the events of the last thirty days. */
import type { Kysely } from 'kysely'
import type { DB } from '../../../database.ts'
import { notFound, SimulatedApiError } from '../api-error.ts'
import { type Form, listOf } from '../form.ts'
import { invoiceObject, invoicePaymentObject } from '../objects/invoice.ts'
import { subscriptionObject } from '../objects/subscription.ts'

const EVENTS_KEPT_MS = 30 * 86_400_000

export async function readSubscription(db: Kysely<DB>, id: string, query: Form) {
  const row = await db
    .selectFrom('simulation.subscriptions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('subscription', id)
  return subscriptionObject(row, { method: listOf(query.expand).includes('default_payment_method') })
}

/** Newest first. Stripe leaves out what is over unless one asks for all. */
export async function listSubscriptions(db: Kysely<DB>, query: Form) {
  const { starting_after: after, status } = query
  let rows = db.selectFrom('simulation.subscriptions').selectAll()
  if (status !== 'all') rows = rows.where('status', '<>', 'canceled')
  if (typeof after === 'string') {
    const last = db.selectFrom('simulation.subscriptions').where('id', '=', after)
    rows = rows.where(eb =>
      eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(last.select('createdAt'), eb.val(after)) as never),
    )
  }
  const limit = Number(query.limit ?? 10)
  const found = await rows
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const method = listOf(query.expand).includes('data.default_payment_method')
  return list(
    '/v1/subscriptions',
    found.map(row => subscriptionObject(row, { method })),
    limit,
  )
}

export async function listInvoicePayments(db: Kysely<DB>, query: Form) {
  const { payment } = query
  const paymentIntent = typeof payment === 'object' ? payment.payment_intent : undefined
  if (typeof paymentIntent !== 'string') {
    throw new SimulatedApiError('Only the payments of one payment intent are simulated.', {
      param: 'payment',
    })
  }
  const rows = await db
    .selectFrom('simulation.invoices')
    .selectAll()
    .where('paymentIntentId', '=', paymentIntent)
    .execute()
  const whole = listOf(query.expand).includes('data.invoice')
  return list(
    '/v1/invoice_payments',
    rows.map(row => invoicePaymentObject(row, whole ? invoiceObject(row) : row.id)),
    10,
  )
}

export async function listEvents(db: Kysely<DB>, query: Form, now: Date) {
  const limit = Number(query.limit ?? 10)
  let rows = db
    .selectFrom('simulation.events')
    .select('body')
    .where('createdAt', '>=', new Date(now.getTime() - EVENTS_KEPT_MS))
  const types = listOf(query.types).map(String)
  if (types.length > 0) rows = rows.where('type', 'in', types)
  const from = typeof query.created === 'object' ? query.created.gte : undefined
  if (from !== undefined) rows = rows.where('createdAt', '>=', new Date(Number(from) * 1000))
  if (typeof query.starting_after === 'string') {
    const { starting_after: after } = query
    rows = rows.where('position', '<', eb =>
      eb.selectFrom('simulation.events as last').select('last.position').where('last.id', '=', after),
    )
  }
  const found = await rows
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute()
  return list(
    '/v1/events',
    found.map(({ body }) => JSON.parse(body) as object),
    limit,
  )
}

const list = (url: string, found: readonly object[], limit: number) => ({
  ...{ object: 'list', data: found.slice(0, limit), has_more: found.length > limit, url },
})
