// Over https every cookie is bound to this host, to TLS, and to the browser alone: no script reads it, no other site's form
// brings it, and what it holds stands nowhere else.

import { pino } from 'pino'
import t from 'tap'
import { type App, buildApp } from '../../src/app.ts'
import { OIDC_CALLBACK } from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { addressOf, watchRoutes } from '../support/routes.ts'
import { signInMail } from './mailbox.ts'
import { municipalityServer } from './municipality-server.ts'

const HERE = 'https://meent.example'
const municipality = await municipalityServer(t, `${HERE}${OIDC_CALLBACK}`)
const api = await testApp(t, { oidc: municipality.settings })
const watch = watchRoutes()
const app: App = await buildApp(
  { ...api.deps, mode: 'real', publicUrl: () => HERE },
  {
    ...{ logger: pino({ level: 'silent' }), signIn: 'on', trustProxy: false, liveOn: undefined },
    requestJob: async () => {},
  },
)
t.teardown(() => app.close())
const routes = watch.routesOf(app)

/** Each cookie that any answer of this file set, as it stood in the header. */
const seen = new Map<string, string>()
const bodies: string[] = []
const kept = new Map<string, string>()

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, fields?: Record<string, string>) {
  const answer = await app.inject({
    method,
    url,
    headers: {
      ...{ accept: 'text/html', host: 'meent.example', origin: HERE },
      ...(kept.size > 0 ? { cookie: [...kept].map(pair => pair.join('=')).join('; ') } : {}),
      ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(fields ? { payload: new URLSearchParams(fields).toString() } : {}),
  })
  for (const header of [answer.headers['set-cookie'] ?? []].flat())
    seen.set(`${method} ${url.split('?')[0]}: ${header.split('=')[0]}`, header)
  for (const { name, value } of answer.cookies) {
    if (value === '') kept.delete(name)
    else kept.set(name, value)
  }
  bodies.push(`${answer.body} ${answer.headers.location ?? ''}`)
  return answer
}

t.test('over https each cookie is bound to this host, to TLS and to the browser alone', async t => {
  await ask('POST', '/sign-in', { email: 'treasurer@meent.example' })
  const { code } = await signInMail(api, 'treasurer@meent.example')
  t.equal((await ask('POST', '/sign-in/code', { code })).statusCode, 303)
  const session = [...kept].find(([name]) => name.includes('session'))?.[1] ?? ''
  t.ok(session.length >= 22, 'signed in')
  t.equal((await ask('GET', '/account')).statusCode, 200)
  t.equal((await ask('POST', '/account/passkeys/options', {})).statusCode, 200)
  await ask('POST', '/sign-out') // whoever is signed in stays who they are
  const out = await ask('GET', '/sign-in/municipality')
  const back = await municipality.pass(String(out.headers.location))
  t.equal((await ask('GET', back.replace(HERE, ''))).statusCode, 303, 'by the municipality')
  // And whatever else sets one: every route, asked once.
  for (const route of routes.filter(
    ({ method, url }) => method !== 'HEAD' && !/sign-out|municipality/.test(url),
  ))
    await ask(
      route.method as 'GET',
      addressOf(route, api.pools.open),
      route.method === 'GET' ? undefined : {},
    )
  await ask('POST', '/sign-out')
  t.ok(seen.size >= 5, [...seen.keys()].join(', '))
  for (const [what, header] of seen) {
    const [pair = '', ...attributes] = header.split(/;\s*/)
    const named = new Set(attributes.map(each => each.toLowerCase()))
    t.match(pair, /^__Host-meent/, what)
    for (const attribute of ['httponly', 'secure', 'samesite=lax', 'path=/'])
      t.ok(named.has(attribute), `${what}: ${header}`)
    t.notOk(
      [...named].some(each => each.startsWith('domain')),
      `${what}: of this host alone`,
    )
  }
})

t.test('what a cookie holds stands in no page and in no address', async t => {
  const values = [...seen.values()]
    .map(header => /^[^=]+=([^;]*)/.exec(header)?.[1] ?? '')
    .filter(value => value.length > 10)
  t.ok(values.length >= 3)
  for (const value of values)
    t.notOk(
      bodies.some(body => body.includes(value)),
      `${value.slice(0, 4)}…`,
    )
})
