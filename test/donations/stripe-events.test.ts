/** A webhook message is believed only when Stripe signed these bytes, just now, in our mode and version. */
import t from 'tap'
import { createStripeProvider, STRIPE_API_VERSION } from '../../src/donations/stripe/index.ts'
import { signPayload } from '../../src/simulation/stripe/sign.ts'

const NOW = new Date('2026-11-02T10:00:00Z')
const SECRET = 'whsec_of_this_test'
const test = createStripeProvider({ secretKey: 'sk_test_x', webhookSecret: SECRET })
const live = createStripeProvider({ secretKey: 'rk_live_x', webhookSecret: SECRET })

const event = (changes: object = {}): string =>
  JSON.stringify({
    id: 'evt_1',
    object: 'event',
    api_version: STRIPE_API_VERSION,
    created: 1_793_612_000,
    data: { object: { id: 'cs_test_1', object: 'checkout.session', amount_total: 2_500 } },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'checkout.session.completed',
    ...changes,
  })

const seconds = (count: number): Date => new Date(NOW.getTime() + count * 1000)

t.test('a signed event is told in the words of the contract', async t => {
  const body = event()
  const expected = {
    id: 'evt_1',
    type: 'checkout.session.completed',
    createdAt: new Date(1_793_612_000_000),
    livemode: false,
    apiVersion: STRIPE_API_VERSION,
    objectId: 'cs_test_1',
    data: { id: 'cs_test_1', object: 'checkout.session', amount_total: 2_500 },
  }
  t.strictSame(test.verifyEvent(body, signPayload(body, SECRET, NOW), NOW), expected)
  t.strictSame(test.verifyEvent(Buffer.from(body), signPayload(body, SECRET, NOW), NOW), expected)
})

t.test('two signatures, as during the change of a secret: one that fits is enough', async t => {
  const body = event()
  const [time, ours] = signPayload(body, SECRET, NOW).split(',')
  t.equal(test.verifyEvent(body, `${time},v1=${'0'.repeat(64)},${ours}`, NOW).id, 'evt_1')
})

function refused(
  t: { throws: typeof import('tap').throws },
  name: string,
  reason: string,
  call: () => unknown,
) {
  t.throws(call, { name: 'ProviderEventRefused', reason }, name)
}

t.test('forged, altered, replayed or unsigned messages are refused', async t => {
  const body = event()
  const signature = signPayload(body, SECRET, NOW)
  refused(t, 'another secret', 'signature', () =>
    test.verifyEvent(body, signPayload(body, 'whsec_other', NOW), NOW),
  )
  refused(t, 'altered amount', 'signature', () =>
    test.verifyEvent(body.replace('2500', '9500'), signature, NOW),
  )
  refused(t, 'reformatted', 'signature', () =>
    test.verifyEvent(JSON.stringify(JSON.parse(body), null, 1), signature, NOW),
  )
  refused(t, 'no header', 'signature', () => test.verifyEvent(body, '', NOW))
  for (const header of ['v1=,t=', 't=1,v1=', `t=1,v1=${'é'.repeat(64)}`, 'abc']) {
    refused(t, header, 'signature', () => test.verifyEvent(body, header, NOW))
  }
  refused(t, 'empty body', 'signature', () => test.verifyEvent('', signature, NOW))
  refused(t, 'another time under the same signature', 'signature', () =>
    test.verifyEvent(body, signature.replace(/t=\d+/, 't=1793700000'), NOW),
  )
  refused(t, 'another scheme', 'signature', () =>
    test.verifyEvent(body, signature.replace('v1=', 'v0='), NOW),
  )
})

t.test('a signature is good for five minutes, not a second longer', async t => {
  const body = event()
  const signature = signPayload(body, SECRET, NOW)
  t.equal(test.verifyEvent(body, signature, seconds(300)).id, 'evt_1')
  refused(t, 'replayed later', 'signature', () => test.verifyEvent(body, signature, seconds(301)))
})

t.test('an event of the other mode is refused', async t => {
  const [testEvent, liveEvent] = [event(), event({ livemode: true })]
  refused(t, 'test event, live key', 'livemode', () =>
    live.verifyEvent(testEvent, signPayload(testEvent, SECRET, NOW), NOW),
  )
  refused(t, 'live event, test key', 'livemode', () =>
    test.verifyEvent(liveEvent, signPayload(liveEvent, SECRET, NOW), NOW),
  )
  t.equal(live.verifyEvent(liveEvent, signPayload(liveEvent, SECRET, NOW), NOW).livemode, true)
})

t.test('an event in another API version is refused, and the version that is needed is named', async t => {
  for (const api_version of ['2026-07-29.dahlia', null]) {
    const body = event({ api_version })
    refused(t, String(api_version), 'api-version', () =>
      test.verifyEvent(body, signPayload(body, SECRET, NOW), NOW),
    )
  }
})

t.test('signed nonsense is unreadable', async t => {
  for (const body of ['{', 'null', '[]', '{"object":"event"}', event({ data: {} }), event({ data: null })]) {
    refused(t, body.slice(0, 30), 'unreadable', () =>
      test.verifyEvent(body, signPayload(body, SECRET, NOW), NOW),
    )
  }
})

t.test('a refusal does not quote what was sent', async t => {
  const body = event()
  t.throws(() => test.verifyEvent(body, 't=1,v1=00', NOW), {
    message: /^signature missing, wrong or too old$/,
  })
})
