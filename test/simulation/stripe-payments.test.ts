/** What a donor can do on the simulated payment page, and what it leaves at the provider. */
import t from 'tap'
import {
  advance,
  cancelSession,
  failSession,
  findSession,
  paySession,
  readBalance,
} from '../../src/simulation/stripe/index.ts'
import { simulatedStripe } from './stripe-setup.ts'

const { db, clock, openSession } = await simulatedStripe(t)

/** Since the last call. */
let seen = 0n
async function newEvents(): Promise<string[]> {
  const rows = await db
    .selectFrom('simulation.events')
    .select(['type', 'position'])
    .where('position', '>', seen)
    .orderBy('position')
    .execute()
  seen = rows.at(-1)?.position ?? seen
  return rows.map(row => row.type)
}

t.test('each method has its fee and its day', async t => {
  const cases = [
    ['ideal', 29n, '2026-11-04'],
    ['card', 175n, '2026-11-05'],
    ['bancontact', 39n, '2026-11-04'],
    ['sepa_debit', 35n, '2026-11-11'],
  ] as const
  for (const [method, fee, day] of cases) {
    const id = await openSession({ amount: 10_000n, costsShare: 0n })
    await paySession(db, { id, method, now: clock.now })
    const paid = await db
      .selectFrom('simulation.balance_transactions')
      .innerJoin(
        'simulation.charges',
        'simulation.charges.balanceTransactionId',
        'simulation.balance_transactions.id',
      )
      .select(['fee', 'availableOn'])
      .where('checkoutSessionId', '=', id)
      .executeTakeFirstOrThrow()
    t.strictSame(paid, { fee, availableOn: new Date(`${day}T00:00:00Z`) }, method)
  }
  await newEvents()
})

t.test('paying tells it all, and leads back with the id of the checkout', async t => {
  const id = await openSession()
  const { redirectUrl } = await paySession(db, { id, method: 'ideal', now: clock.now })
  t.equal(redirectUrl, `http://meent.test/thanks?checkout=${id}`)
  t.match(await findSession(db, id), { status: 'complete', paymentStatus: 'paid' })
  t.strictSame(await newEvents(), [
    'charge.succeeded',
    'payment_intent.succeeded',
    'checkout.session.completed',
    'charge.updated',
  ])
})

t.test('two clicks at once pay once', async t => {
  const before = await readBalance(db)
  const id = await openSession({ amount: 1_000n, costsShare: 0n })
  await Promise.all(Array.from({ length: 5 }, () => paySession(db, { id, method: 'ideal', now: clock.now })))
  t.equal((await readBalance(db)).pending - before.pending, 971n)
  t.equal((await newEvents()).length, 4)
})

t.test('a debit is completed unpaid, and certain five business days later', async t => {
  const id = await openSession()
  await paySession(db, { id, method: 'sepa_debit', now: clock.now })
  t.match(await findSession(db, id), { status: 'complete', paymentStatus: 'unpaid' })
  t.strictSame(await newEvents(), [
    'charge.pending',
    'payment_intent.processing',
    'checkout.session.completed',
  ])
  await advance(db, new Date('2026-11-09T12:00:00Z'))
  t.match(await findSession(db, id), { paymentStatus: 'paid' })
  const events = await newEvents()
  for (const type of [
    'charge.succeeded',
    'payment_intent.succeeded',
    'checkout.session.async_payment_succeeded',
  ]) {
    t.ok(events.includes(type), type)
  }
  await t.rejects(failSession(db, { id, method: 'sepa_debit', now: clock.now }), {
    code: 'charge_already_succeeded',
  })
})

t.test('an attempt that fails leaves the page open and the balance alone', async t => {
  const before = await readBalance(db)
  const id = await openSession({ idempotencyKey: 'fails' })
  await failSession(db, { id, method: 'card', now: clock.now })
  t.strictSame(await newEvents(), ['charge.failed', 'payment_intent.payment_failed'])
  t.match(await findSession(db, id), { status: 'open' })
  t.strictSame(await readBalance(db), before)
  await paySession(db, { id, method: 'card', now: clock.now })
  t.match(await findSession(db, id), { status: 'complete' })
  await newEvents()
})

t.test('a debit that bounces gives the money back and keeps the fee', async t => {
  const before = await readBalance(db)
  const id = await openSession({ amount: 5_000n, costsShare: 0n })
  await paySession(db, { id, method: 'sepa_debit', now: clock.now })
  await failSession(db, { id, method: 'sepa_debit', now: clock.now })
  t.equal((await readBalance(db)).pending - before.pending, -35n)
  t.match((await newEvents()).at(-1), 'checkout.session.async_payment_failed')
  await t.rejects(failSession(db, { id, method: 'sepa_debit', now: clock.now }))
})

t.test('a session that was left, is over, or does not exist cannot be paid', async t => {
  const left = await openSession()
  t.strictSame(await cancelSession(db, { id: left, now: clock.now }), {
    redirectUrl: 'http://meent.test/pools/groningen',
  })
  t.strictSame(await newEvents(), ['checkout.session.expired'])
  const late = new Date(clock.now.getTime() + 86_400_000)
  for (const [id, now] of [
    [left, clock.now],
    [await openSession(), late],
  ] as const) {
    await t.rejects(paySession(db, { id, method: 'ideal', now }), { code: 'checkout_session_not_open' })
  }
  await t.rejects(paySession(db, { id: 'cs_test_nobody', method: 'ideal', now: late }), {
    code: 'resource_missing',
  })
  await cancelSession(db, { id: left, now: clock.now })
  t.strictSame(await newEvents(), [], 'leaving twice is leaving once')
})
