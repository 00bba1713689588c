/** The provider's clock: money becomes available and goes to the bank, each cent once, whatever breaks in between. */
import t from 'tap'
import { isBusinessDay } from '../../src/platform/calendar/index.ts'
import { advance, paySession, readBalance, type SimulatedPayout } from '../../src/simulation/stripe/index.ts'
import { simulatedStripe } from './stripe-setup.ts'

t.test('a month in one jump is the same days, one after the other', async t => {
  const { db, clock, openSession } = await simulatedStripe(t)
  let net = 0n
  for (const [at, method, expected] of [
    ['2026-11-02T10:00:00Z', 'ideal', 2_621n],
    ['2026-11-07T23:30:00Z', 'card', 2_585n],
    ['2026-11-12T08:00:00Z', 'sepa_debit', 2_615n],
  ] as const) {
    clock.now = new Date(at)
    await paySession(db, { id: await openSession(), method, now: clock.now })
    net += expected
  }
  t.strictSame(await readBalance(db), { available: 0n, pending: net })
  const payouts: SimulatedPayout[] = []
  const onPayout = async (payout: SimulatedPayout) => void payouts.push(payout)
  await advance(db, new Date('2026-12-01T00:00:00Z'), { onPayout })
  t.match(payouts, [
    { amount: 2_621n, arrivesOn: '2026-11-05', reference: /^STRIPE [0-9A-Z]{16}$/ },
    { amount: 2_585n, arrivesOn: '2026-11-12' },
    { amount: 2_615n, arrivesOn: '2026-11-24' },
  ])
  t.ok(payouts.every(payout => isBusinessDay(payout.arrivesOn)))
  t.strictSame(await readBalance(db), { available: 0n, pending: 0n })
  const events = await db
    .selectFrom('simulation.events')
    .select('type')
    .where('type', 'like', 'payout.%')
    .execute()
  t.equal(events.filter(event => event.type === 'payout.paid').length, 3)

  await advance(db, new Date('2026-12-02T00:00:00Z'), { onPayout })
  t.equal(payouts.length, 3, 'nothing is paid out twice')
})

t.test('nothing happens before its day', async t => {
  const { db, clock, openSession } = await simulatedStripe(t)
  await paySession(db, { id: await openSession(), method: 'ideal', now: clock.now })
  await advance(db, new Date('2026-11-03T23:59:59Z'))
  t.strictSame(await readBalance(db), { available: 0n, pending: 2_621n })
  await advance(db, new Date('2026-11-04T00:00:00Z'))
  t.strictSame(await readBalance(db), { available: 0n, pending: 0n })
  const payout = await db.selectFrom('simulation.payouts').select('status').executeTakeFirstOrThrow()
  t.equal(payout.status, 'in_transit', 'sent, not arrived')
})

t.test(
  'a crash while the bank is told leaves the money at the provider; the next time pays it out once',
  async t => {
    const { db, clock, openSession } = await simulatedStripe(t)
    await paySession(db, { id: await openSession(), method: 'ideal', now: clock.now })
    const later = new Date('2026-11-10T10:00:00Z')
    const crash = async () => {
      throw new Error('killed')
    }
    await t.rejects(advance(db, later, { onPayout: crash }), /killed/)
    t.equal((await readBalance(db)).pending + (await readBalance(db)).available, 2_621n)
    const payouts: bigint[] = []
    const onPayout = async (payout: SimulatedPayout) => void payouts.push(payout.amount)
    await Promise.all(Array.from({ length: 4 }, () => advance(db, later, { onPayout })))
    t.strictSame(payouts, [2_621n], 'also when four move the clock at once')
  },
)

t.test('a session that nobody paid expires', async t => {
  const { db, openSession } = await simulatedStripe(t)
  await openSession()
  await advance(db, new Date('2026-11-03T09:59:59Z'))
  t.equal((await db.selectFrom('simulation.events').select('type').execute()).length, 0)
  await advance(db, new Date('2026-11-03T10:00:00Z'))
  t.strictSame(await db.selectFrom('simulation.events').select('type').execute(), [
    { type: 'checkout.session.expired' },
  ])
})
