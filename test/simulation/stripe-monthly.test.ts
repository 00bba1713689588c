/** The stand-in's subscriptions: months pass, debits fail and are tried again, and every object is one that Stripe could have sent. */
import t from 'tap'
import type { SimulatedMethod } from '../../src/simulation/stripe/index.ts'
import { advance, changeAccount, failSession, paySession } from '../../src/simulation/stripe/index.ts'
import { monthsLater, nextPeriodEnd } from '../../src/simulation/stripe/monthly/period.ts'
import { absentMessage, objectChecker, schemasPresent } from './stripe-schemas.ts'
import { SECRET_KEY, type SimulatedSetup, simulatedStripe } from './stripe-setup.ts'

let count = 0
async function subscribe({ provider, db, clock }: SimulatedSetup, amount: bigint, method: SimulatedMethod) {
  count += 1
  const { providerCheckoutId: id } = await provider.createMonthlyCheckout({
    ...{ monthlyGiftId: `gift-${count}`, organisationId: '1', poolId: 'pool', poolName: 'Pool', amount },
    ...{ costsShare: 0n, currency: 'EUR', locale: 'nl', idempotencyKey: `monthly-${count}` },
    ...{ successUrl: 'http://meent.test/a', cancelUrl: 'http://meent.test/b' },
  })
  await paySession(db, { id, method, now: clock.now })
  return id
}
const charges = async ({ db }: SimulatedSetup) =>
  (await db.selectFrom('simulation.charges').selectAll().orderBy('createdAt').orderBy('id').execute()).map(
    ({ method, status, createdAt }) => `${createdAt.toISOString().slice(0, 10)} ${method} ${status}`,
  )
const status = async ({ db }: SimulatedSetup) =>
  (await db.selectFrom('simulation.subscriptions').select('status').executeTakeFirstOrThrow()).status

t.test('the day of the month stays, and a short month has its last', async t => {
  const anchor = new Date('2027-01-31T10:00:00Z')
  const days: string[] = []
  for (let at = anchor; days.length < 4; ) {
    at = nextPeriodEnd(anchor, at)
    days.push(at.toISOString().slice(0, 10))
  }
  t.strictSame(days, ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31'])
  t.strictSame(monthsLater(new Date('2026-12-31T00:00:00Z'), 2), new Date('2027-02-28T00:00:00Z'))
})

t.test('a bank payment, and then a debit every month, in one jump or day by day', async t => {
  const world = await simulatedStripe(t)
  await subscribe(world, 2_500n, 'ideal')
  await advance(world.db, new Date('2027-02-28T00:00:00Z'))
  t.strictSame(await charges(world), [
    '2026-11-02 ideal succeeded',
    '2026-12-02 sepa_debit succeeded',
    '2027-01-02 sepa_debit succeeded',
    '2027-02-02 sepa_debit succeeded',
  ])
})

t.test('one that fails is tried again after three days, and works', async t => {
  const world = await simulatedStripe(t)
  await subscribe(world, 6_664n, 'card')
  await advance(world.db, new Date('2026-12-03T00:00:00Z'))
  t.equal(await status(world), 'past_due')
  await advance(world.db, new Date('2026-12-06T00:00:00Z'))
  t.equal(await status(world), 'active')
  t.strictSame(await charges(world), [
    '2026-11-02 card succeeded',
    '2026-12-02 card failed',
    '2026-12-05 card succeeded',
  ])
})

t.test('one that never works ends after three tries; each debit is given and taken back', async t => {
  const world = await simulatedStripe(t)
  await subscribe(world, 6_665n, 'sepa_debit')
  await advance(world.db, new Date('2027-03-01T00:00:00Z'))
  t.equal(await status(world), 'canceled')
  t.equal((await charges(world)).filter(each => each.endsWith('failed')).length, 3)
  const left = await world.db
    .selectFrom('simulation.balance_transactions')
    .select(({ fn }) => fn.sum<string>('amount').as('left'))
    .where('type', '<>', 'payout')
    .executeTakeFirst()
  t.equal(BigInt(left?.left ?? 0), 6_665n, 'the first one stays')
})

t.test("objects and answers fit Stripe's schemas", async t => {
  const world = await simulatedStripe(t)
  const { db, app, clock, provider } = world
  for (const method of ['ideal', 'bancontact', 'card', 'sepa_debit'] as const) {
    await subscribe(world, 2_500n, method)
    await subscribe(world, 6_665n, method)
  }
  const bounced = await subscribe(world, 1_000n, 'sepa_debit')
  await failSession(db, { id: bounced, method: 'sepa_debit', now: clock.now })
  const { monthlyGifts } = await provider.listMonthlyGifts({})
  const [paused, moved] = monthlyGifts
  const subscriptionId = paused?.subscriptionId ?? ''
  await provider.changeMonthlyGift({ what: 'pause', subscriptionId, idempotencyKey: 'pause' })
  const page = { customerId: moved?.customerId ?? '', returnUrl: 'http://meent.test/', locale: 'nl' as const }
  const portalSessionId = (await provider.openAccountPage(page)).url.split('/').at(-1) ?? ''
  await changeAccount(db, { portalSessionId, method: 'sepa_debit', now: clock.now })
  clock.now = new Date('2027-01-20T00:00:00Z')
  await advance(db, clock.now)
  const rows = await db.selectFrom('simulation.events').select('body').execute()
  const events = rows.map(
    row => JSON.parse(row.body) as { type: string; data: { object: { object: string } } },
  )
  for (const type of ['created', 'updated', 'deleted'])
    t.ok(
      events.some(event => event.type === `customer.subscription.${type}`),
      type,
    )
  for (const type of ['paid', 'payment_failed', 'voided', 'finalized'])
    t.ok(
      events.some(event => event.type === `invoice.${type}`),
      type,
    )
  if (!schemasPresent) return t.pass(absentMessage)
  const wrongWith = objectChecker()
  const schemas: Record<string, string> = {
    ...{ subscription: 'Subscription', invoice: 'Invoice', 'checkout.session': 'Checkout.Session' },
    ...{ charge: 'Charge', payment_intent: 'PaymentIntent', balance: 'Balance', payout: 'Payout' },
  }
  for (const event of events) {
    const { object } = event.data
    const wrong = wrongWith('Event', event) ?? wrongWith(schemas[object.object] ?? 'none', object)
    if (wrong !== null) t.fail(`${event.type}: ${wrong}`)
  }
  const headers = { authorization: `Bearer ${SECRET_KEY}` }
  const read = async (url: string) => (await app.inject({ url, headers })).json()
  const { data } = await read('/v1/subscriptions?status=all&limit=100&expand[0]=data.default_payment_method')
  for (const each of data) {
    t.equal(wrongWith('Subscription', each), null)
    t.equal(wrongWith('PaymentMethod', each.default_payment_method), null)
  }
  const { paymentIntentId: intent } = await db
    .selectFrom('simulation.invoices')
    .select('paymentIntentId')
    .executeTakeFirstOrThrow()
  const url = `/v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]=${intent}&expand[0]=data.invoice`
  const [payment] = (await read(url)).data
  t.equal(wrongWith('InvoicePayment', payment), null)
  t.equal(wrongWith('Invoice', payment.invoice), null)
  const mandate = await db.selectFrom('simulation.mandates').select('id').executeTakeFirstOrThrow()
  t.equal(wrongWith('Mandate', await read(`/v1/mandates/${mandate.id}`)), null)
  const post = (path: string, payload: string) =>
    app.inject({
      ...{ method: 'POST', url: path, payload },
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    })
  const product = await post('/v1/products', 'id=meent_gift_x_nl&name=x')
  t.equal(wrongWith('Product', product.json()), null)
  const portal = `customer=${page.customerId}&return_url=http://meent.test/&flow_data[type]=payment_method_update`
  t.equal(
    wrongWith('BillingPortal.Session', (await post('/v1/billing_portal/sessions', portal)).json()),
    null,
  )
})
