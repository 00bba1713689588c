/** Events reach the webhook at least once, signed; tests can ask for the disorder that real deliveries have. */
import t from 'tap'
import { deliverEvents, paySession } from '../../src/simulation/stripe/index.ts'
import { simulatedStripe, WEBHOOK_SECRET } from './stripe-setup.ts'

const { db, clock, provider, openSession } = await simulatedStripe(t)

/** A webhook that verifies as the real one does, and answers what the test wants. */
function receiver(answer: (count: number) => number) {
  const got: { id: string; type: string }[] = []
  const deliver = async (rawBody: string, signature: string): Promise<number> => {
    const { id, type } = provider.verifyEvent(Buffer.from(rawBody), signature, clock.now)
    got.push({ id, type })
    return answer(got.length)
  }
  return { got, delivery: () => ({ now: clock.now, webhookSecret: WEBHOOK_SECRET, deliver }) }
}

const pay = async () => paySession(db, { id: await openSession(), method: 'ideal', now: clock.now })
const later = (seconds: number) => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000)
}

t.test('what was accepted is not sent again', async t => {
  await pay()
  const { got, delivery } = receiver(() => 200)
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 4, failed: 0 })
  later(86_400)
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 0, failed: 0 })
  t.equal(new Set(got.map(event => event.id)).size, 4)
})

t.test('what was refused or not answered comes again, later and later', async t => {
  await pay()
  const { got, delivery } = receiver(count => {
    if (count <= 4) throw new Error('connection refused')
    return count <= 8 ? 500 : 204
  })
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 0, failed: 4 })
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 0, failed: 0 }, 'not at once')
  later(10)
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 0, failed: 4 })
  later(19)
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 0, failed: 0 }, 'the wait doubles')
  later(1)
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 4, failed: 0 })
  t.equal(got.length, 12)
  t.equal(new Set(got.map(event => event.id)).size, 4)
  const attempts = await db
    .selectFrom('simulation.event_deliveries')
    .select('statusCode')
    .orderBy('id', 'desc')
    .limit(12)
    .execute()
  t.strictSame(
    attempts.map(attempt => attempt.statusCode),
    [204, 204, 204, 204, 500, 500, 500, 500, null, null, null, null],
  )
})

t.test('twice and in another order, on demand', async t => {
  await pay()
  const { got, delivery } = receiver(() => 200)
  let asked: string[] = []
  const shuffle = <T>(events: T[]): T[] => {
    asked = events.map(event => (event as { id: string }).id)
    return events.toReversed()
  }
  await deliverEvents(db, delivery(), { duplicates: 1, shuffle })
  t.equal(got.length, 8)
  t.same(
    got.slice(0, 4).map(event => event.id),
    asked.toReversed(),
    'last one first',
  )
})

t.test('two who deliver at once do not send the same event', async t => {
  for (let count = 0; count < 10; count += 1) await pay()
  const { got, delivery } = receiver(() => 200)
  await Promise.all([
    deliverEvents(db, delivery()),
    deliverEvents(db, delivery()),
    deliverEvents(db, delivery()),
  ])
  t.equal(got.length, 40)
  t.equal(new Set(got.map(event => event.id)).size, 40)
})

t.test('an event whose sender died in between is sent by the next one', async t => {
  await pay()
  await db
    .updateTable('simulation.events')
    .set({ attempts: 1, nextAttemptAt: new Date(clock.now.getTime() + 60_000) })
    .where('deliveredAt', 'is', null)
    .execute()
  const { delivery } = receiver(() => 200)
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 0, failed: 0 })
  later(60)
  t.strictSame(await deliverEvents(db, delivery(), { limit: 3 }), { delivered: 3, failed: 0 })
  t.strictSame(await deliverEvents(db, delivery()), { delivered: 1, failed: 0 })
})
