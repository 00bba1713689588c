/** The simulated checkout answers as Stripe would: strictly, and once per idempotency key. */
import t from 'tap'
import { ProviderRejected } from '../../src/donations/provider.ts'
import { STRIPE_API_VERSION } from '../../src/donations/stripe/index.ts'
import { findSession } from '../../src/simulation/stripe/index.ts'
import { checkoutInput, SECRET_KEY, simulatedStripe } from './stripe-setup.ts'

const { app, db, provider, clock } = await simulatedStripe(t)

const post = async (body: string, headers: Record<string, string> = {}) =>
  await app.inject({
    method: 'POST',
    url: '/v1/checkout/sessions',
    headers: {
      authorization: `Bearer ${SECRET_KEY}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    payload: body,
  })

const sessions = async () =>
  (await db.selectFrom('simulation.checkout_sessions').select('id').execute()).length

t.test('a checkout has a page of its own for a day', async t => {
  const checkout = await provider.createCheckout(checkoutInput())
  t.match(checkout.providerCheckoutId, /^cs_test_[0-9A-Za-z]{58}$/)
  t.equal(checkout.url, `http://meent.test/simulated-payment/${checkout.providerCheckoutId}`)
  t.strictSame(checkout.expiresAt, new Date(clock.now.getTime() + 86_400_000))
  t.match(await findSession(db, checkout.providerCheckoutId), {
    status: 'open',
    amount: 2_650n,
    lines: [
      { name: 'Donatie aan Groningen & omstreken', amount: 2_500n },
      { name: 'Bijdrage aan organisatiekosten', amount: 150n },
    ],
    methods: ['ideal', 'card', 'sepa_debit', 'bancontact'],
  })
  t.equal(await findSession(db, 'cs_test_nobody'), undefined)
})

t.test('the same key and content is the same checkout, also when asked ten times at once', async t => {
  const before = await sessions()
  const input = checkoutInput({ idempotencyKey: 'at-once' })
  const answers = await Promise.all(Array.from({ length: 10 }, () => provider.createCheckout(input)))
  t.equal(new Set(answers.map(each => each.providerCheckoutId)).size, 1)
  t.equal(await sessions(), before + 1)
})

t.test('the same key with other content is refused and makes nothing', async t => {
  const before = await sessions()
  const call = provider.createCheckout(checkoutInput({ idempotencyKey: 'at-once', amount: 9_999n }))
  await t.rejects(call, { name: 'ProviderRejected', reason: 'idempotency-conflict' })
  t.equal(await sessions(), before)
})

t.test('a key of a refused request can be used again', async t => {
  const input = checkoutInput({ idempotencyKey: 'first-too-small', costsShare: 0n })
  await t.rejects(provider.createCheckout({ ...input, amount: 49n }), /smallest amount/)
  t.match((await provider.createCheckout({ ...input, amount: 50n })).providerCheckoutId, /^cs_test_/)
})

t.test('what Stripe would refuse is refused, with the parameter', async t => {
  await t.rejects(
    provider.createCheckout(checkoutInput({ currency: 'USD', idempotencyKey: 'usd' })),
    ProviderRejected,
  )
  const cases = [
    ['payment_method_types[0]=card', 'parameter_unknown', 'payment_method_types'],
    ['mode=subscription', 'parameter_invalid', 'mode'],
    [
      'payment_intent_data[metadata][a]=1&payment_intent_data[on]=1',
      'parameter_unknown',
      'payment_intent_data[on]',
    ],
    ['__proto__[polluted]=1', 'parameter_unknown', '__proto__'],
  ] as const
  const valid =
    'success_url=http://a.test/&line_items[0][price_data][currency]=eur' +
    '&line_items[0][price_data][unit_amount]=500&line_items[0][price_data][product_data][name]=x'
  for (const [body, code, param] of cases) {
    const mode = body.startsWith('mode=') ? '' : '&mode=payment'
    const answer = await post(`${valid}${mode}&${body}`)
    t.equal(answer.statusCode, 400, body)
    t.match(answer.json(), { error: { type: 'invalid_request_error', code, param } })
  }
  t.equal((await post(`${valid}&mode=payment`)).statusCode, 200)
  t.equal((await post('')).statusCode, 400)
})

t.test('a stranger, another version and an unknown path are refused', async t => {
  t.equal((await post('', { authorization: 'Bearer sk_test_other' })).statusCode, 401)
  t.equal((await post('', { authorization: '' })).statusCode, 401)
  t.equal((await post('', { 'stripe-version': '2020-01-01' })).statusCode, 400)
  t.match((await post('', { 'stripe-version': STRIPE_API_VERSION })).json(), {
    error: { code: 'parameter_invalid' },
  })
  const headers = { authorization: `Bearer ${SECRET_KEY}` }
  const unknown = await app.inject({ url: '/v1/customers', headers })
  t.equal(unknown.statusCode, 404)
  t.match(unknown.json(), { error: { type: 'invalid_request_error' } })
  t.equal((await app.inject({ url: '/v1/balance_transactions?limit=101', headers })).statusCode, 400)
  t.equal((await app.inject({ url: '/v1/checkout/sessions/cs_test_nobody', headers })).statusCode, 404)
})
