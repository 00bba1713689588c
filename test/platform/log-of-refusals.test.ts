// Who is refused at the door is told in one line: which request, from which place, to which route and why, and nothing of anybody.

import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { limits, rateLimits } from '../../src/platform/rate-limits/index.ts'
import { withAuthenticator } from '../auth/authenticator.ts'
import { testApp } from '../support/app.ts'

t.test('one line at warn for each refusal at the door, none for a typing mistake', async t => {
  const api = await testApp(t)
  const { db, organisationId } = api.deps
  const costly = { quotas: { origin: { points: 1, seconds: 60 } }, whenAway: 'count-here' } as const
  const own = rateLimits({ db, organisationId, limits: { ...limits, costly }, onError: () => {} })
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const options = {
    trustProxy: false,
    signIn: 'on',
    requestJob: async () => {},
    liveOn: undefined,
  } as const
  const app = await buildApp({ ...api.deps, limits: own }, { ...options, logger })
  t.teardown(() => app.close())
  const auditor = { authorization: `Bearer ${await api.token('auditor')}` }
  const page = { accept: 'text/html' }
  const asked = await app.inject({
    method: 'POST',
    url: '/sign-in',
    payload: { email: 'geheim@meent.example' },
  })
  const cookie = asked.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { who } = await withAuthenticator(api, 'approver@meent.example')
  const byMailAlone = { ...page, cookie: `meent_session=${who.cookies.get('meent_session')}` }
  const search = { url: '/v1/trial-balance?recordedAt=2027-01-01T00:00:00Z' }
  await app.inject(search)
  const WARN = 40
  for (const [code, route, request] of [
    ['not-signed-in', '/v1/bank-accounts', { url: '/v1/bank-accounts?name=Geheim' }],
    ['not-allowed', '/v1/pools', { method: 'POST', url: '/v1/pools', headers: auditor }],
    [
      'cross-site-request',
      '/sign-out',
      { method: 'POST', url: '/sign-out', headers: { origin: 'https://geheim.example' } },
    ],
    [
      'forged-event',
      '/v1/provider-events',
      { method: 'POST', url: '/v1/provider-events', payload: 'geheim' },
    ],
    ['too-many-requests', '/v1/trial-balance', search],
    [
      'sign-in-link-spent',
      '/sign-in/links/:signInToken',
      { method: 'POST', url: '/sign-in/links/geheim-geheim', headers: page },
    ],
    [
      'sign-in-code-wrong',
      '/sign-in/code',
      { method: 'POST', url: '/sign-in/code', payload: { code: '000000' }, headers: { ...page, cookie } },
    ],
    [
      'second-factor-wrong',
      '/sign-in/second-factor',
      { method: 'POST', url: '/sign-in/second-factor', payload: { code: '000000' }, headers: byMailAlone },
    ],
  ] as const) {
    lines.length = 0
    const answer = await app.inject(request)
    t.equal(lines.length, 1, code)
    t.match(lines[0], {
      level: WARN,
      code,
      route,
      place: /^[0-9a-f]{8}$/,
      requestId: answer.headers['x-request-id'],
    })
    t.notMatch(JSON.stringify(lines), /geheim|127\.0\.0\.1/i)
  }
  lines.length = 0
  await app.inject({ method: 'POST', url: '/v1/sessions', payload: { personId: 'x' } })
  await app.inject({ url: '/nowhere' })
  t.strictSame(lines, [])
})
