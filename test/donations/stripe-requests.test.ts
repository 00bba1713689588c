/** What really goes over the wire to Stripe, held against Stripe's own description of its requests. */
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { createStripeProvider } from '../../src/donations/stripe/index.ts'
import { parseForm } from '../../src/simulation/stripe/form.ts'
import { absentMessage, requestChecker, schemasPresent } from '../simulation/stripe-schemas.ts'
import { checkoutInput, SECRET_KEY, simulatedStripe, WEBHOOK_SECRET } from '../simulation/stripe-setup.ts'

interface SentRequest {
  method: string
  path: string
  query: string
  body: string
  idempotencyKey: unknown
}

const { app } = await simulatedStripe(t)
const sent: SentRequest[] = []
app.addHook('preHandler', async request => {
  sent.push({
    method: request.method,
    path: (request.routeOptions.url ?? '').replace(':id', '{id}'),
    query: request.url.split('?')[1] ?? '',
    body: typeof request.body === 'string' ? request.body : '',
    idempotencyKey: request.headers['idempotency-key'],
  })
})
await app.listen({ host: '127.0.0.1', port: 0 })
const provider = createStripeProvider({
  secretKey: SECRET_KEY,
  webhookSecret: WEBHOOK_SECRET,
  host: '127.0.0.1',
  port: (app.server.address() as AddressInfo).port,
  protocol: 'http',
})

t.test('a checkout carries the gift, the contribution to costs and nothing about the donor', async t => {
  await provider.createCheckout(checkoutInput())
  const request = sent.at(-1)
  t.equal(request?.idempotencyKey, 'key-of-this-donation')
  const ids = {
    donationId: '0192f0c0-0000-7000-8000-000000000001',
    organisationId: '1',
    poolId: '0192f0c0-0000-7000-8000-0000000000aa',
  }
  const line = (name: string, unit_amount: string) => ({
    quantity: '1',
    price_data: { currency: 'eur', unit_amount, product_data: { name } },
  })
  t.strictSame(JSON.parse(JSON.stringify(parseForm(request?.body ?? ''))), {
    mode: 'payment',
    submit_type: 'donate',
    locale: 'nl',
    allowed_payment_method_types: { 0: 'ideal', 1: 'card', 2: 'sepa_debit', 3: 'bancontact' },
    client_reference_id: ids.donationId,
    line_items: {
      0: line('Donatie aan Groningen & omstreken', '2500'),
      1: line('Bijdrage aan organisatiekosten', '150'),
    },
    metadata: ids,
    payment_intent_data: { metadata: ids },
    success_url: 'http://meent.test/thanks?checkout={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://meent.test/pools/groningen',
  })
})

t.test('the same donation is the same request, byte for byte', async t => {
  await provider.createCheckout(checkoutInput())
  t.equal(sent.at(-1)?.body, sent.at(-2)?.body)
})

t.test('the same refund is the same request, byte for byte', async t => {
  const input = {
    chargeId: 'py_nobody',
    amount: 250n,
    refundId: 'r',
    metadata: { organisationId: '1', donationId: 'd' },
  }
  for (let times = 0; times < 2; times += 1) await provider.refund(input).catch(() => {})
  t.equal(sent.at(-1)?.body, sent.at(-2)?.body)
  t.match(sent.at(-1)?.body, /^charge=py_nobody&amount=250&/)
})

t.test('an amount that is no safe integer or not above zero is never sent', async t => {
  const before = sent.length
  for (const amount of [0n, -1n, 2n ** 53n]) {
    await t.rejects(provider.createCheckout(checkoutInput({ amount })), RangeError)
  }
  await t.rejects(provider.createCheckout(checkoutInput({ costsShare: -1n })), RangeError)
  t.equal(sent.length, before)
})

t.test("every request fits Stripe's description of it", async t => {
  if (!schemasPresent) return t.pass(absentMessage)
  const wrongWith = requestChecker()
  await provider.createCheckout(checkoutInput({ idempotencyKey: 'no-costs', costsShare: 0n, locale: 'en' }))
  await provider.listTransactions({ createdFrom: new Date(0) })
  await provider
    .listTransactions({ createdFrom: new Date(0), createdTo: new Date(), cursor: 'txn_nobody' })
    .catch(() => {})
  await provider.getTransaction('txn_nobody').catch(() => {})
  await provider.getChargeMetadata('py_nobody').catch(() => {})
  const refund = { chargeId: 'py_nobody', refundId: 'key-of-this-refund' }
  const metadata = { organisationId: '1', donationId: '0192f0c0-0000-7000-8000-000000000001' }
  await provider.refund({ ...refund, amount: 1_000n, metadata }).catch(() => {})
  t.equal(sent.at(-1)?.idempotencyKey, 'key-of-this-refund')
  await provider.findRefund(refund)
  await provider.getDispute('du_nobody').catch(() => {})
  await provider.getBalance()
  t.strictSame(
    [...new Set(sent.map(request => `${request.method} ${request.path}`))],
    [
      'POST /v1/checkout/sessions',
      'POST /v1/refunds',
      'GET /v1/balance_transactions',
      'GET /v1/balance_transactions/{id}',
      'GET /v1/charges/{id}',
      'GET /v1/refunds',
      'GET /v1/disputes/{id}',
      'GET /v1/balance',
    ],
  )
  for (const request of sent) t.equal(wrongWith(request), null, `${request.method} ${request.path}`)

  const checkout = { method: 'POST', path: '/v1/checkout/sessions', query: '' }
  t.type(wrongWith({ ...checkout, body: 'payment_method_types[0]=card' }), 'string', 'the check can say no')
  t.type(wrongWith({ ...checkout, path: '/v1/refunds', body: 'charge=py_1&amount=1.5' }), 'string')
  t.type(wrongWith({ ...checkout, body: 'line_items[0][price_data][unit_amount]=1.5' }), 'string')
})
