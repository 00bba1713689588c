/** Monthly gifts over the wire: every request against Stripe's own description, and the same bytes for the same input. */
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { MonthlyCheckoutInput } from '../../src/donations/monthly/provider.ts'
import { createStripeProvider } from '../../src/donations/stripe/index.ts'
import { parseForm } from '../../src/simulation/stripe/form.ts'
import { paySession } from '../../src/simulation/stripe/index.ts'
import { absentMessage, requestChecker, schemasPresent } from '../simulation/stripe-schemas.ts'
import { SECRET_KEY, simulatedStripe, WEBHOOK_SECRET } from '../simulation/stripe-setup.ts'

const { app, db, clock } = await simulatedStripe(t)
const sent: { method: string; path: string; query: string; body: string; key: unknown }[] = []
app.addHook('preHandler', async request => {
  sent.push({
    method: request.method,
    path: (request.routeOptions.url ?? '').replace(':id', '{id}'),
    query: request.url.split('?')[1] ?? '',
    body: typeof request.body === 'string' ? request.body : '',
    key: request.headers['idempotency-key'],
  })
})
await app.listen({ host: '127.0.0.1', port: 0 })
const provider = createStripeProvider({
  ...{ secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET, host: '127.0.0.1', protocol: 'http' },
  port: (app.server.address() as AddressInfo).port,
})

const poolId = '0192f0c0-0000-7000-8000-0000000000aa'
const input: MonthlyCheckoutInput = {
  ...{ monthlyGiftId: '0192f0c0-0000-7000-8000-000000000001', organisationId: '1', poolId },
  ...{ poolName: 'Groningen', amount: 2_500n, costsShare: 150n, currency: 'EUR', locale: 'nl' },
  ...{
    successUrl: 'http://meent.test/done',
    cancelUrl: 'http://meent.test/pools/g',
    idempotencyKey: 'key-1',
  },
}
const plain = (body: string) => JSON.parse(JSON.stringify(parseForm(body)))

const checkout = await provider.createMonthlyCheckout(input)

t.test('a checkout carries both parts by the month, and nothing about the donor', async t => {
  const ids = { monthlyGiftId: input.monthlyGiftId, organisationId: '1', poolId }
  const line = (product: string, unit_amount: string) => ({
    quantity: '1',
    price_data: { currency: 'eur', product, unit_amount, recurring: { interval: 'month' } },
  })
  t.strictSame(plain(sent.at(-1)?.body ?? ''), {
    mode: 'subscription',
    locale: 'nl',
    allowed_payment_method_types: { 0: 'ideal', 1: 'card', 2: 'sepa_debit', 3: 'bancontact' },
    client_reference_id: ids.monthlyGiftId,
    line_items: { 0: line(`meent_gift_${poolId}_nl`, '2500'), 1: line('meent_costs_1_nl', '150') },
    metadata: ids,
    subscription_data: { metadata: ids },
    success_url: 'http://meent.test/done',
    cancel_url: 'http://meent.test/pools/g',
  })
  t.equal(sent.at(-1)?.key, 'key-1')
  t.strictSame(
    sent.slice(0, 2).map(({ body }) => plain(body)),
    [
      { id: `meent_gift_${poolId}_nl`, name: 'Donatie aan Groningen' },
      { id: 'meent_costs_1_nl', name: 'Bijdrage aan organisatiekosten' },
    ],
  )
})

t.test('the same monthly gift is the same request, and the same checkout', async t => {
  t.strictSame(await provider.createMonthlyCheckout(input), checkout)
  const bodies = sent.filter(({ path }) => path === '/v1/checkout/sessions').map(({ body }) => body)
  t.equal(bodies[0], bodies[1])
})

t.test('a product that is there already, under another name or key, does no harm', async t => {
  const renamed = { ...input, poolName: 'Renamed', idempotencyKey: 'key-2' }
  t.not((await provider.createMonthlyCheckout(renamed)).providerCheckoutId, checkout.providerCheckoutId)
})

t.test("whatever is asked of a monthly gift fits Stripe's description", async t => {
  await paySession(db, { id: checkout.providerCheckoutId, method: 'ideal', now: clock.now })
  const [[subscriptionId] = []] = [...(await provider.changedMonthlyGifts(new Date(0)))]
  const id = subscriptionId ?? ''
  const before = await provider.getMonthlyGift(id)
  t.match(before, {
    ...{ state: 'active', amounts: { amount: 2_500n, costsShare: 150n }, method: 'sepa_debit' },
    ...{ monthlyGiftId: input.monthlyGiftId, nextAt: new Date('2026-12-02T10:00:00Z') },
  })
  const amount = {
    ...{ what: 'change-amount' as const, subscriptionId: id, organisationId: '1', poolId },
    ...{ locale: 'nl' as const, currency: 'EUR', giftItemId: before?.giftItemId ?? '' },
  }
  const changed = await provider.changeMonthlyGift({
    ...amount,
    ...{ costsItemId: before?.costsItemId ?? '', amount: 4_000n, costsShare: 0n, idempotencyKey: 'change-1' },
  })
  t.strictSame(changed.amounts, { amount: 4_000n, costsShare: 0n })
  t.equal(changed.costsItemId, null)
  t.equal(sent.at(-1)?.key, 'change-1')
  t.match(
    plain(sent.at(-1)?.body ?? ''),
    { proration_behavior: 'none' },
    'nothing is charged for the month that runs',
  )
  const again = await provider.changeMonthlyGift({
    ...amount,
    ...{ costsItemId: null, amount: 1_000n, costsShare: 100n, idempotencyKey: 'change-2' },
  })
  t.strictSame(again.amounts, { amount: 1_000n, costsShare: 100n })
  const step = (what: 'pause' | 'resume' | 'stop') =>
    provider.changeMonthlyGift({ what, subscriptionId: id, idempotencyKey: `${what}-1` })
  t.match(await step('pause'), { state: 'paused', nextAt: null })
  t.match(await step('resume'), { state: 'active' })
  const page = { customerId: again.customerId, returnUrl: 'http://meent.test/back', locale: 'en' as const }
  t.match(await provider.openAccountPage(page), { url: /^http:\/\/meent\.test\/simulated-account\/bps_/ })
  const [gift] = (await provider.listTransactions({ createdFrom: new Date(0) })).transactions
  t.match(await provider.getMandate(gift?.mandate?.id ?? ''), { reference: /^[0-9A-Z]{16}$/ })
  t.equal(gift?.mandate?.methodId, before?.methodId, 'the mandate is of the account that is debited next')
  t.strictSame(await provider.getInstalment(gift?.paymentId ?? ''), {
    ...{ subscriptionId: id, invoiceId: (await provider.getInstalment(gift?.paymentId ?? ''))?.invoiceId },
    ...{
      monthlyGiftId: input.monthlyGiftId,
      organisationId: '1',
      amounts: { amount: 2_500n, costsShare: 150n },
    },
  })
  t.equal(await provider.getInstalment('pi_of_a_single_gift'), null)
  t.match(await step('stop'), { state: 'stopped', nextAt: null })
  await t.rejects(
    provider.changeMonthlyGift({ what: 'stop', subscriptionId: id, idempotencyKey: 'stop-2' }),
    { name: 'ProviderRejected' },
  )
  t.match(await provider.listMonthlyGifts({}), { monthlyGifts: [{ state: 'stopped' }], nextCursor: null })
  t.equal(await provider.getMonthlyGift('sub_nobody'), null)
  if (!schemasPresent) return t.pass(absentMessage)
  const wrongWith = requestChecker()
  for (const request of sent) t.equal(wrongWith(request), null, `${request.method} ${request.path}`)
  t.equal(new Set(sent.map(({ method, path }) => `${method} ${path}`)).size, 11)
})
