// No address that somebody typed leads off this site, and a donor is sent to the payment provider or nowhere.

import fc from 'fast-check'
import t from 'tap'
import { isPaymentPage } from '../../src/platform/http/payment-page.ts'
import { localPath } from '../../src/web/page.ts'
import { testApp } from '../support/app.ts'

const HERE = 'https://meent.example'
/** Where a browser goes from any of our pages. */
const leadsTo = (path: string) => URL.parse(path, `${HERE}/en/pools/open`)?.origin

const nasty = fc.array(
  fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '\\/',
      '%5c',
      '%2f',
      '%09',
      '\t',
      '\n',
      '\r',
      '\0',
      ' ',
      '\u00a0',
      '\u3000',
      '\u2028',
      '\ufeff',
    ],
    ...['https:', 'javascript:', 'data:', '@', ':', '?', '#', '.', '..', 'en', 'evil.example', '[', '\ud800'],
  ),
  { maxLength: 12 },
)
const typed = fc.oneof(
  nasty.map(parts => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
)

t.test('a path never leads off this site, whatever it was made of', async t => {
  fc.assert(
    fc.property(
      typed,
      fc.constantFrom('nl', 'en'),
      (path, locale) => leadsTo(localPath({ locale }, path)) === HERE,
    ),
    { numRuns: 20_000 },
  )
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    '/%5cevil.example',
    '/\t/evil.example',
    'https:evil.example',
    '\n//evil.example',
    '\\\\evil.example',
    '/ /evil.example',
  ])
    for (const locale of ['nl', 'en'] as const)
      t.equal(leadsTo(localPath({ locale }, path)), HERE, JSON.stringify(path))
  t.equal(localPath({ locale: 'nl' }, '/pools/open?before=3'), '/pools/open?before=3')
  t.equal(localPath({ locale: 'en' }, '/'), '/en')
})

t.test('every link of a page that was reached by a strange address stays here', async t => {
  const api = await testApp(t)
  for (const url of [
    '//evil.example',
    '/%5cevil.example',
    '/en//evil.example',
    '/en/%09//evil.example',
    '/.//evil.example',
    '//evil.example/%2e%2e',
    '/pools/open?next=//evil.example',
    '/?notice=//evil.example',
  ])
    for (const referer of [
      undefined,
      'https://meent.test//evil.example/',
      'https://evil.example/',
      'https://meent.test/\\evil.example',
    ]) {
      const headers = { accept: 'text/html', host: 'meent.test', ...(referer ? { referer } : {}) }
      const answer = await api.app.inject({ url, headers })
      t.ok(answer.statusCode < 500, url)
      t.equal(leadsTo(String(answer.headers.location ?? '/')), HERE)
      const links = [...answer.body.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, link = '']) =>
        link.replaceAll('&amp;', '&'),
      )
      const away = links.filter(link => leadsTo(link) !== HERE && !link.startsWith('mailto:'))
      t.strictSame(away, [], `${url} from ${referer}`)
    }
})

t.test('only the provider’s own site is a payment page', async t => {
  const own = 'https://meent.example'
  for (const mode of ['real', 'demonstration'] as const) {
    t.ok(isPaymentPage('https://checkout.stripe.com/c/pay/cs_live_1#x', mode, own))
    for (const url of [
      ...[
        'http://checkout.stripe.com/pay',
        'https://checkout.stripe.com.evil.example/',
        'https://evil.example/',
      ],
      ...[
        'https://checkout.stripe.com@evil.example/',
        'https://evil@checkout.stripe.com/',
        'https://checkout.stripe.com:444/',
      ],
      ...['javascript:alert(1)', '//evil.example', '/pay', '', 'data:text/html,x', 'https://stripe.com/'],
    ])
      t.notOk(isPaymentPage(url, mode, own), `${mode}: ${url}`)
  }
  t.notOk(
    isPaymentPage(`${own}/simulated-payment/cs_1`, 'real', own),
    'ours is no payment page with real money',
  )
  t.ok(isPaymentPage(`${own}/simulated-payment/cs_1`, 'demonstration', own))
  t.ok(isPaymentPage('http://localhost:3000/simulated-payment/cs_1', 'demonstration', own))
})

t.test('whoever plays the provider sends no donor anywhere else', async t => {
  const api = await testApp(t)
  const hostile = 'https://checkout.stripe.com.evil.example/pay'
  const real = api.deps.provider.createCheckout
  Object.assign(api.deps.provider, {
    createCheckout: async (input: never) => ({ ...(await real(input)), url: hostile }),
  })
  const answer = await api.ask(`/v1/pools/${api.pools.open.id}/donations`, {
    body: { amount: 1000, currency: 'EUR' },
  })
  t.match(answer, { status: 422, body: { type: '/problems/provider-rejected' } })
  const form = await api.app.inject({
    method: 'POST',
    url: '/pools/open/donations',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'amount=10&idempotencyKey=12345678',
  })
  t.equal(form.statusCode, 422)
  t.equal(form.headers.location, undefined)
  t.notMatch(JSON.stringify([answer, form.body]), /evil/)
  const { rows } = await api.owner.query('select checkout_url from donations.donations')
  t.strictSame(rows, [{ checkout_url: null }, { checkout_url: null }], 'nor is it kept')
})
