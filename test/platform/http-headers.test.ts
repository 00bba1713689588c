// Every kind of answer of every route carries the same headers: nothing inline, nothing from elsewhere, no framing, nothing
// guessed about its type, nothing kept that should not be.

import { pino } from 'pino'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { contentSecurityPolicy } from '../../src/platform/http/security-headers.ts'
import { testApp } from '../support/app.ts'
import { addressOf, watchRoutes } from '../support/routes.ts'

t.setTimeout(180_000)

const watch = watchRoutes()
const api = await testApp(t)
const routes = watch.routesOf(api.app)

type Headers = Readonly<Record<string, unknown>>

/** What is the same on all, and that what is kept by browsers is public. */
function holds(t: Test, what: string, headers: Headers): void {
  const { 'x-request-id': id, 'cache-control': kept, ...others } = headers
  t.match(
    others,
    {
      'content-security-policy': contentSecurityPolicy('demonstration'),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'permissions-policy': /camera=\(\)/,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
    what,
  )
  t.match(id, /^[0-9a-f-]{36}$/, `${what}: can be quoted`)
  t.match(kept, /^(no-store|public, max-age=\d+)$/, `${what}: what is kept is said`)
  t.equal(headers.server ?? headers['x-powered-by'], undefined, `${what}: not with what it was made`)
}

t.test('every route, to a person and to a program, with and without a session', async t => {
  t.ok(routes.length > 60, `${routes.length} routes`)
  for (const route of routes)
    for (const accept of ['text/html', 'application/json'])
      for (const as of [undefined, 'operator'] as const) {
        if (as && /sign-out|current/.test(route.url)) continue
        const answer = await api.app.inject({
          method: route.method,
          url: addressOf(route, api.pools.open),
          headers: { accept, ...(as ? { authorization: `Bearer ${await api.token(as)}` } : {}) },
        })
        holds(
          t,
          `${route.method} ${route.url}, ${accept}, ${as ?? 'nobody'}: ${answer.statusCode}`,
          answer.headers,
        )
      }
})

t.test('every kind of answer', async t => {
  const json = { 'content-type': 'application/json' }
  const kinds: [what: string, status: number, request: object][] = [
    ['a page', 200, { url: '/' }],
    ['a page in English', 200, { url: '/en/pools/open' }],
    ['a script-less asset', 200, { url: '/assets/meent.css' }],
    ['an asset that is not there', 404, { url: '/assets/nothing.css' }],
    ['a name that is no asset', 400, { url: '/assets/..%2f..%2fpackage.json' }],
    ['nothing, for people', 404, { url: '/nowhere', headers: { accept: 'text/html' } }],
    ['nothing, for programs', 404, { url: '/v1/nowhere' }],
    ['an address that cannot be read', 400, { url: '/%c3%28', headers: { accept: 'text/html' } }],
    ['a method that is not known here', 404, { method: 'PUT', url: '/' }],
    ['what browsers ask before', 404, { method: 'OPTIONS', url: '/v1/pools' }],
    ['too large', 413, { method: 'POST', url: '/v1/sessions', headers: json, payload: ' '.repeat(300_000) }],
    [
      'of an unknown type',
      415,
      { method: 'POST', url: '/v1/sessions', headers: { 'content-type': 'text/x' }, payload: 'x' },
    ],
    ['not JSON', 400, { method: 'POST', url: '/v1/sessions', headers: json, payload: '{' }],
    [
      'from elsewhere',
      403,
      { method: 'POST', url: '/sign-out', headers: { origin: 'https://evil.example' } },
    ],
    ['signed out', 303, { method: 'POST', url: '/sign-out' }],
    ['the description', 200, { url: '/v1/openapi.json' }],
    ['that it lives', 200, { url: '/healthz' }],
  ]
  for (const [what, status, request] of kinds) {
    const answer = await api.app.inject(request)
    t.equal(answer.statusCode, status, what)
    holds(t, what, answer.headers)
  }
})

t.test('a redirect after signing out clears what this site kept, and no more', async t => {
  const { headers } = await api.app.inject({ method: 'POST', url: '/sign-out' })
  t.equal(headers['clear-site-data'], '"storage"')
  t.match(headers['set-cookie'], /^meent_session=;/)
})

t.test('nobody’s page may run a script that is not a file of ours, or load anything else', async t => {
  for (const mode of ['real', 'demonstration'] as const) {
    const policy = contentSecurityPolicy(mode)
    t.notMatch(policy, /unsafe|\*(?!( |;|$))|https:(?!\/\/(?:checkout|billing)\.stripe\.com)/, mode)
    for (const part of [
      "default-src 'none'",
      "object-src 'none'",
      "script-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
      t.ok(policy.split('; ').includes(part), part)
  }
  t.match(
    contentSecurityPolicy('real'),
    "form-action 'self' https://checkout.stripe.com https://billing.stripe.com;",
  )
})

t.test('with real money browsers are told to come over https only, whatever the request says', async t => {
  const options = {
    logger: pino({ level: 'silent' }),
    signIn: 'off',
    requestJob: async () => {},
    liveOn: undefined,
  } as const
  const real = await buildApp(
    { ...api.deps, mode: 'real', publicUrl: () => 'https://meent.example' },
    { ...options, trustProxy: 1 },
  )
  const plain = await buildApp(api.deps, { ...options, trustProxy: 1 })
  t.teardown(() => Promise.all([real.close(), plain.close()]))
  for (const proto of ['http', 'https', 'https, http', 'javascript']) {
    const headers = { 'x-forwarded-proto': proto, 'x-forwarded-host': 'evil.example' }
    for (const url of ['/', '/nowhere', '/healthz', '/v1/pools', '/assets/meent.css']) {
      const told = (await real.inject({ url, headers })).headers['strict-transport-security']
      t.equal(told, 'max-age=31536000; includeSubDomains', `${url}, ${proto}`)
      t.equal((await plain.inject({ url, headers })).headers['strict-transport-security'], undefined)
    }
  }
})
