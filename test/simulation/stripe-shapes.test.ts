/**
 * The stand-in's objects against Stripe's description of its responses, and its example resources.
 * Checked: every required field, every type, every known value, and that no top-level field is one that Stripe
 * does not have. Not checked: unknown fields below the top level, which fields go together, the texts, and order.
 */
import t from 'tap'
import { advance, cancelSession, failSession, paySession } from '../../src/simulation/stripe/index.ts'
import { absentMessage, fixture, objectChecker, schemasPresent } from './stripe-schemas.ts'
import { SECRET_KEY, simulatedStripe } from './stripe-setup.ts'

const SCHEMAS: Readonly<Record<string, string>> = {
  'checkout.session': 'Checkout.Session',
  charge: 'Charge',
  payment_intent: 'PaymentIntent',
  payout: 'Payout',
  balance: 'Balance',
  refund: 'Refund',
  dispute: 'Dispute',
}

/** Fields of the example resources that the version we speak no longer has, or that are only there when used. */
const OLDER_OR_OPTIONAL: Readonly<Record<string, string[]>> = {
  charge: ['refunds'],
  payment_intent: ['amount_details', 'transfer_data'],
  balance: ['connect_reserved'],
}

const { db, app, clock, openSession } = await simulatedStripe(t)
for (const method of ['ideal', 'card', 'bancontact', 'sepa_debit'] as const) {
  await paySession(db, { id: await openSession(), method, now: clock.now })
  await failSession(db, { id: await openSession(), method, now: clock.now })
}
const bounced = await openSession()
await paySession(db, { id: bounced, method: 'sepa_debit', now: clock.now })
await failSession(db, { id: bounced, method: 'sepa_debit', now: clock.now })
await cancelSession(db, { id: await openSession(), now: clock.now })
for (const amount of [6_661n, 6_662n])
  await paySession(db, { id: await openSession({ amount, costsShare: 0n }), method: 'card', now: clock.now })
const [charge] = await db
  .selectFrom('simulation.charges')
  .selectAll()
  .where('amount', '=', 2_650n)
  .where('status', '=', 'succeeded')
  .execute()
await app.inject({
  method: 'POST',
  url: '/v1/refunds',
  headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/x-www-form-urlencoded' },
  payload: `charge=${charge?.id}&amount=666&reason=requested_by_customer&metadata[refundId]=r`,
})
await advance(db, new Date('2026-12-01T00:00:00Z'))
const rows = await db.selectFrom('simulation.events').select('body').execute()
const events = rows.map(row => JSON.parse(row.body) as { type: string; data: { object: { object: string } } })
const read = async (path: string) =>
  (await app.inject({ url: path, headers: { authorization: `Bearer ${SECRET_KEY}` } })).json()

t.test('every kind of event has been made', async t => {
  t.strictSame([...new Set(events.map(event => event.type))].sort(), [
    'balance.available',
    'charge.dispute.closed',
    'charge.dispute.created',
    'charge.dispute.funds_reinstated',
    'charge.dispute.funds_withdrawn',
    'charge.failed',
    'charge.pending',
    'charge.refunded',
    'charge.succeeded',
    'charge.updated',
    'checkout.session.async_payment_failed',
    'checkout.session.async_payment_succeeded',
    'checkout.session.completed',
    'checkout.session.expired',
    'payment_intent.payment_failed',
    'payment_intent.processing',
    'payment_intent.succeeded',
    'payout.created',
    'payout.paid',
    'refund.created',
    'refund.failed',
  ])
})

t.test("events and their objects fit Stripe's schemas", async t => {
  if (!schemasPresent) return t.pass(absentMessage)
  const wrongWith = objectChecker()
  for (const event of events) {
    const { object } = event.data
    const wrong = wrongWith('Event', event) ?? wrongWith(SCHEMAS[object.object] ?? 'none', object)
    if (wrong !== null) t.fail(`${event.type}: ${wrong}`)
  }
  t.type(wrongWith('Charge', { ...events[0]?.data.object, amount: 1.5 }), 'string', 'the check can say no')
})

t.test("answers fit Stripe's schemas", async t => {
  if (!schemasPresent) return t.pass(absentMessage)
  const wrongWith = objectChecker()
  const plain = await read('/v1/balance_transactions?limit=100')
  const expanded = await read('/v1/balance_transactions?limit=100&expand[0]=data.source')
  for (const transaction of [...plain.data, ...expanded.data]) {
    t.equal(wrongWith('BalanceTransaction', transaction), null, transaction.type)
  }
  t.equal(wrongWith('BalanceTransaction', await read(`/v1/balance_transactions/${plain.data[0].id}`)), null)
  t.equal(wrongWith('Balance', await read('/v1/balance')), null)
  t.equal(wrongWith('Checkout.Session', await read(`/v1/checkout/sessions/${await openSession()}`)), null)
  t.equal(wrongWith('error', await read('/v1/checkout/sessions/cs_test_nobody')), null)
})

t.test("no field of Stripe's example resources is missing", async t => {
  if (!schemasPresent) return t.pass(absentMessage)
  for (const name of Object.keys(SCHEMAS)) {
    const ours = events.find(event => event.data.object.object === name)?.data.object ?? {}
    const optional = OLDER_OR_OPTIONAL[name] ?? []
    const missing = Object.keys(fixture(name)).filter(field => !(field in ours) && !optional.includes(field))
    t.strictSame(missing, [], name)
  }
})
