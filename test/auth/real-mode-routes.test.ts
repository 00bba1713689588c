// With real money only what production needs is there: nothing of the demonstration, none of the routes that come with
// better-auth, and what anybody may ask stands in a list.

import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { ruleOf } from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { oidc } from '../support/no-municipality.ts'
import { watchRoutes } from '../support/routes.ts'

const demonstration = watchRoutes()
const api = await testApp(t, { oidc })
const demonstrated = demonstration.routesOf(api.app)

const watch = watchRoutes()
const app = await buildApp(
  { ...api.deps, mode: 'real', publicUrl: () => 'https://meent.example', bankRail: undefined },
  {
    ...{ logger: pino({ level: 'silent' }), signIn: 'on', trustProxy: 1, liveOn: undefined },
    requestJob: async () => {},
  },
)
t.teardown(() => app.close())
const routes = watch.routesOf(app)
/** English pages are the same routes, and HEAD is GET without its body. */
const named = (all: typeof routes) =>
  new Set(
    all
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url.replace(/^\/en(?=\/|$)/, '') || '/'}`),
  )

t.test('with real money nothing of the demonstration is registered', async t => {
  const real = named(routes)
  t.strictSame([...named(demonstrated)].filter(route => !real.has(route)).sort(), [
    'DELETE /v1/sessions/current',
    'GET /demonstration/inbox',
    'GET /demonstration/inbox/:letterId',
    'GET /simulated-account/:portalSessionId',
    'GET /simulated-payment/:sessionId',
    'GET /v1/persons',
    'POST /demonstration/clock',
    'POST /demonstration/sign-in',
    'POST /receipts/:receiptToken/simulated-transfers',
    'POST /simulated-account/:portalSessionId',
    'POST /simulated-payment/:sessionId',
    'POST /v1/demonstration-clock-moves',
    'POST /v1/sessions',
  ])
  t.strictSame(
    [...real].filter(route => /demonstration|simulat/.test(route)),
    [],
  )
  for (const route of demonstrated.filter(({ method, url }) => !app.hasRoute({ method, url })))
    t.equal(
      (await app.inject({ method: route.method, url: route.url })).statusCode,
      404,
      `${route.method} ${route.url}`,
    )
})

t.test('none of better-auth’s own routes is there', async t => {
  const { api: own } = api.deps.engines.at('https://meent.example')
  const paths = Object.values(own).flatMap(each =>
    'path' in each && typeof each.path === 'string' ? each.path : [],
  )
  t.ok(paths.includes('/sign-in/magic-link'), `${paths.length} of them`)
  const before = await everything(api.owner)
  for (const place of ['/api/auth', '/auth', '/v1/auth', '/v1/api/auth'])
    for (const path of [...paths, '/sign-up/email', '/ok', '/error', ''])
      for (const method of ['GET', 'POST'] as const) {
        const { statusCode } = await app.inject({ method, url: `${place}${path}`, payload: {} })
        if (statusCode !== 404) t.fail(`${method} ${place}${path}: ${statusCode}`)
      }
  t.strictSame(await everything(api.owner), before)
})

t.test('what is open to anybody is a written list', async t => {
  const open = routes.filter(({ config }) => config?.permission && ruleOf(config.permission).who === 'anyone')
  t.strictSame([...named(open)].sort(), [
    'GET /',
    'GET /assets/:file',
    'GET /campaigns',
    'GET /campaigns/:slug',
    'GET /campaigns/:slug/picture.jpg',
    'GET /campaigns/:slug/share.jpg',
    'GET /follow/:followToken',
    'GET /healthz',
    'GET /letters/stop/:stopToken',
    'GET /monthly-gifts/started/:monthlyGiftToken',
    'GET /news',
    'GET /organisation',
    'GET /pools/:slug',
    'GET /pools/:slug/ledger',
    'GET /readyz',
    'GET /receipts/:receiptToken',
    'GET /receipts/:receiptToken/pdf',
    'GET /sign-in',
    'GET /sign-in/code',
    'GET /sign-in/links/:signInToken',
    'GET /sign-in/municipality',
    'GET /sign-in/municipality/callback',
    'GET /v1/campaigns',
    'GET /v1/campaigns/:campaignId',
    'GET /v1/docs',
    'GET /v1/news',
    'GET /v1/openapi.json',
    'GET /v1/pools',
    'GET /v1/pools/:poolId',
    'GET /v1/pools/:poolId/ledger-entries',
    'GET /v1/pools/:poolId/ledger-summary',
    'GET /v1/pools/:poolId/sustainability',
    'GET /v1/pools/:poolId/thanks',
    'GET /v1/receipts/:receiptToken',
    'GET /v1/trial-balance',
    'GET /v1/wishes',
    'GET /v1/wishes/:wishId',
    'GET /wishes',
    'GET /wishes/:wishId',
    'GET /wishes/links/:withdrawalToken',
    'POST /follow/:followToken',
    'POST /letters/stop/:stopToken',
    'POST /news/follows',
    'POST /pools/:slug/donations',
    'POST /pools/:slug/follows',
    'POST /sign-in',
    'POST /sign-in/code',
    'POST /sign-in/links/:signInToken',
    'POST /sign-out',
    'POST /v1/follow-requests',
    'POST /v1/letter-stops',
    'POST /v1/pools/:poolId/donations',
    'POST /v1/pools/:poolId/monthly-gifts',
    'POST /v1/provider-events',
    'POST /v1/wish-withdrawals',
    'POST /v1/wishes',
    'POST /v1/wishes/:wishId/agreements',
    'POST /v1/wishes/:wishId/reports',
    'POST /wishes',
    'POST /wishes/:wishId/agreements',
    'POST /wishes/:wishId/reports',
    'POST /wishes/links/:withdrawalToken/withdrawals',
  ])
  t.strictSame((await app.inject('/healthz')).json(), { status: 'ok' }, 'and health says no more')
  t.strictSame((await app.inject('/readyz')).json(), { status: 'ready' })
})

t.test('no folder is listed, and nothing but a style sheet or a picture is read from disk', async t => {
  for (const url of [
    ...[
      '/assets',
      '/assets/',

      '/assets/../config.ts',
      '/assets/%2e%2e/config.ts',
      '/assets/..%5cconfig.ts',
    ],
    ...[
      '/assets/..%2f..%2fpackage.json',
      '/assets/passkey.ts',
      '/.git/config',
      '/.env',
      '/package.json',
      '/src/config.ts',
    ],
  ]) {
    const { statusCode, body } = await app.inject(url)
    t.ok([400, 404].includes(statusCode), `${url}: ${statusCode}`)
    t.notMatch(body, /import |meent\.css/, url)
  }
})
