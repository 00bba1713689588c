/** Changing and ending a subscription, over the API and on the page where a donor chooses another account. */
import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'
import type { DB } from '../../../database.ts'
import { notFound, SimulatedApiError } from '../api-error.ts'
import { type Form, listOf, parseForm } from '../form.ts'
import { newId } from '../ids.ts'
import { portalSessionObject } from '../objects/mandate.ts'
import { subscriptionObject } from '../objects/subscription.ts'
import { type OnceAnswer, type OnceInput, once } from '../once.ts'
import { productNames } from '../products.ts'
import { recordEvents } from '../record-events.ts'
import type { SubscriptionRow } from '../tables.ts'
import { setStatus } from './invoices.ts'
import { type Item, itemsOf } from './items.ts'
import { makeMandate } from './mandates.ts'

const item = z.strictObject({
  id: z.string().optional(),
  deleted: z.literal('true').optional(),
  price_data: z
    .strictObject({
      currency: z.literal('eur'),
      product: z.string().min(1),
      unit_amount: z.string().regex(/^[1-9]\d{0,11}$/),
      recurring: z.strictObject({ interval: z.literal('month') }),
    })
    .optional(),
})

const updateRequest = z.strictObject({
  items: z.preprocess(value => listOf(value as Form | undefined), z.array(item).min(1).max(20)).optional(),
  proration_behavior: z.literal('none', 'only changes without proration are simulated').optional(),
  pause_collection: z.union([z.literal(''), z.strictObject({ behavior: z.literal('void') })]).optional(),
  expand: z.unknown().optional(),
})

export async function updateSubscription(db: Kysely<DB>, id: string, input: OnceInput): Promise<OnceAnswer> {
  return await once(db, input, async trx => {
    const form = parseForm(input.body)
    const parsed = updateRequest.safeParse(form)
    if (!parsed.success)
      throw new SimulatedApiError(z.prettifyError(parsed.error), { code: 'parameter_invalid' })
    const before = await lockSubscription(trx, id)
    if (before.status === 'canceled') throw new SimulatedApiError('This subscription is over.')
    const { items, pause_collection } = parsed.data
    const after = await trx
      .updateTable('simulation.subscriptions')
      .set({
        items: JSON.stringify(items ? await changedItems(trx, itemsOf(before), items) : itemsOf(before)),
        paused: pause_collection === undefined ? before.paused : pause_collection !== '',
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await told(trx, after, input.now)
    return subscriptionObject(after, { method: listOf(form.expand).includes('default_payment_method') })
  })
}

async function changedItems(
  trx: Transaction<DB>,
  before: Item[],
  asked: z.infer<typeof item>[],
): Promise<Item[]> {
  const names = await productNames(
    trx,
    asked.flatMap(({ price_data }) => price_data?.product ?? []),
  )
  let items = [...before]
  for (const { id, deleted, price_data } of asked) {
    if (id !== undefined && !items.some(each => each.id === id)) throw notFound('subscription item', id)
    items = items.filter(each => each.id !== id)
    if (deleted || !price_data) continue
    const { product, unit_amount: amount } = price_data
    items.push({
      ...{ id: id ?? newId('si'), priceId: newId('price'), productId: product, amount },
      name: names.get(product) ?? '',
    })
  }
  return items
}

/** One that is over is not found, as with Stripe. */
export async function cancelSubscription(
  db: Kysely<DB>,
  id: string,
  now: Date,
  query: Form,
): Promise<object> {
  return await db.transaction().execute(async trx => {
    const before = await lockSubscription(trx, id)
    if (before.status === 'canceled') throw notFound('subscription', id)
    await setStatus(trx, id, 'canceled', now)
    const method = listOf(query.expand).includes('default_payment_method')
    return subscriptionObject(await lockSubscription(trx, id), { method })
  })
}

const portalRequest = z.strictObject({
  customer: z.string(),
  return_url: z.url(),
  locale: z.enum(['nl', 'en']).optional(),
  flow_data: z.strictObject({ type: z.literal('payment_method_update') }),
})

export async function createPortalSession(
  db: Kysely<DB>,
  input: OnceInput & { publicBaseUrl: string },
): Promise<OnceAnswer> {
  return await once(db, input, async trx => {
    const parsed = portalRequest.safeParse(parseForm(input.body))
    if (!parsed.success)
      throw new SimulatedApiError(z.prettifyError(parsed.error), { code: 'parameter_invalid' })
    const { customer, return_url: returnUrl, locale = null } = parsed.data
    const known = await trx
      .selectFrom('simulation.subscriptions')
      .select('id')
      .where('customerId', '=', customer)
      .executeTakeFirst()
    if (!known) throw notFound('customer', customer)
    const row = await trx
      .insertInto('simulation.portal_sessions')
      .values({ id: newId('bps'), customerId: customer, returnUrl, locale, createdAt: input.now })
      .returningAll()
      .executeTakeFirstOrThrow()
    return portalSessionObject(row, input.publicBaseUrl)
  })
}

export async function findPortalSession(db: Kysely<DB>, id: string) {
  return db.selectFrom('simulation.portal_sessions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** On that page: from now on another account, or a card. Answers where the donor goes next. */
export async function changeAccount(
  db: Kysely<DB>,
  input: { portalSessionId: string; method: 'card' | 'sepa_debit'; now: Date },
): Promise<{ redirectUrl: string }> {
  const { portalSessionId, method, now } = input
  return await db.transaction().execute(async trx => {
    const session = await trx
      .selectFrom('simulation.portal_sessions')
      .selectAll()
      .where('id', '=', portalSessionId)
      .executeTakeFirst()
    if (!session) throw notFound('session', portalSessionId)
    const rows = await trx
      .selectFrom('simulation.subscriptions')
      .select('id')
      .where('customerId', '=', session.customerId)
      .where('status', '<>', 'canceled')
      .execute()
    for (const { id } of rows) {
      const paymentMethodId = newId('pm')
      const mandateId = method === 'card' ? null : await makeMandate(trx, paymentMethodId, now)
      const after = await trx
        .updateTable('simulation.subscriptions')
        .set({ method, paymentMethodId, mandateId })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow()
      await told(trx, after, now)
    }
    return { redirectUrl: session.returnUrl }
  })
}

const told = (trx: Transaction<DB>, after: SubscriptionRow, at: Date): Promise<void> =>
  recordEvents(trx, [{ type: 'customer.subscription.updated', object: subscriptionObject(after), at }])

async function lockSubscription(trx: Transaction<DB>, id: string): Promise<SubscriptionRow> {
  const row = await trx
    .selectFrom('simulation.subscriptions')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('subscription', id)
  return row
}
