// Every route of the service, asked by everybody who could ask: who may and who may not is what the one table says, and
// nothing but that.

import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, InjectOptions } from 'fastify'
import t from 'tap'
import {
  addPerson,
  type Permission,
  permissions,
  roles,
  SESSION_COOKIE,
  signIn,
} from '../../src/auth/index.ts'
import { createOrganisation } from '../../src/organisations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'
import type { StaffName } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'

interface Route {
  readonly method: NonNullable<InjectOptions['method']>
  readonly url: string
  readonly permission: Permission | undefined
}

// Fastify tells of each instance that is made, before anything is registered on it.
const found: Route[] = []
let watching = true
subscribe('fastify.initialization', message => {
  if (!watching) return
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', route => {
    for (const method of [route.method].flat())
      found.push({
        method: method as Route['method'],
        url: route.url,
        permission: route.config?.permission,
      })
  })
})

const api = await testApp(t)
watching = false
// The simulated provider is a service of its own; only ours has a guard.
const routes = found.filter(route => api.app.hasRoute({ method: route.method, url: route.url }))

/** As somebody with this role, in a session of its own: one of the routes ends it. */
async function ask({ method, url }: Route, role: StaffName | undefined): Promise<number> {
  const path = url
    .replaceAll(/:\w+Id\b/g, randomUUID())
    .replaceAll(/:\w+/g, 'nowhere')
    .replace('*', 'nowhere.css')
  const token = role && (await signIn(api.deps, api.persons[role], 'test')).token
  const answer = await api.app.inject({
    method,
    url: path,
    headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  })
  return answer.statusCode
}

t.test('every route names a permission, and one that names none does not register', async t => {
  t.ok(routes.length > 30, `${routes.length} routes`)
  t.strictSame(
    routes.filter(route => !route.permission),
    [],
  )
  t.throws(
    () => api.app.get('/forgotten', async () => 'open to everybody'),
    /GET \/forgotten names no permission/,
  )
})

t.test('every route, asked by everybody', async t => {
  for (const route of routes) {
    const allowed: 'anyone' | readonly string[] = permissions[route.permission ?? 'staff.read']
    const seen: Record<string, number> = {}
    const wanted: Record<string, boolean> = {}
    const passed: Record<string, boolean> = {}
    for (const role of [undefined, ...roles]) {
      const status = await ask(route, role)
      seen[role ?? 'nobody'] = status
      passed[role ?? 'nobody'] = status !== 401 && status !== 403
      wanted[role ?? 'nobody'] = allowed === 'anyone' || (role !== undefined && allowed.includes(role))
    }
    const what = `${route.method} ${route.url}: ${route.permission} ${JSON.stringify(seen)}`
    t.strictSame(passed, wanted, what)
    if (allowed !== 'anyone') t.equal(seen.nobody, 401, 'nobody has to sign in first')
    t.notOk(Object.values(seen).includes(500), `${what}: nobody sees an error of ours`)
  }
})

t.test('what the table must never say', async t => {
  const may = (permission: Permission) => [permissions[permission]].flat() as string[]
  t.notOk(may('cycles.approve').includes('operator'), 'who prepares does not approve')
  t.notOk(may('cycles.approve').includes('administrator'), 'nor who manages the pools')
  const changes: Permission[] = routes.flatMap(({ method, permission }) =>
    permission && !['GET', 'HEAD', 'OPTIONS'].includes(method) ? permission : [],
  )
  const ofRole = (role: string) => [...new Set(changes.filter(each => may(each).includes(role)))]
  t.strictSame(ofRole('auditor'), [], 'an auditor changes nothing')
  t.strictSame(ofRole('recipient'), [], 'nor does a recipient')
  t.strictSame(
    ofRole('anyone').toSorted(),
    ['donations.give', 'provider-events.deliver', 'sessions.manage'],
    'anyone gives, delivers events and signs in',
  )
})

t.test('sessions that are none', async t => {
  const { db, organisationId } = api.deps
  const path = '/v1/bank-accounts'
  const status = async (headers: Record<string, string>) => (await api.ask(path, { headers })).status
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const { token } = await signIn(api.deps, api.persons.treasurer, 'test')
  t.equal(await status(bearer(token)), 200)
  t.equal(await status({ cookie: `${SESSION_COOKIE}=${token}` }), 200, 'as a cookie as well')

  const elsewhere = await inTransaction(db, async trx => {
    const other = await createOrganisation(trx, {
      slug: 'elders',
      legalName: 'Elders',
      contact: 'x@meent.example',
    })
    return {
      other,
      personId: await addPerson(trx, other, { name: 'Elders', roles: ['treasurer', 'approver'] }),
    }
  })
  const foreign = await signIn({ ...api.deps, organisationId: elsewhere.other }, elsewhere.personId, 'test')
  t.equal(await status(bearer(foreign.token)), 401, 'a session of another organisation')
  await t.rejects(
    signIn(api.deps, elsewhere.personId, 'test'),
    { code: 'not-found' },
    'nor can one be had here',
  )
  t.not(elsewhere.other, organisationId)

  const old = (await signIn(api.deps, api.persons.treasurer, 'test')).token
  await api.owner.query(
    `update auth.sessions set expires_at = clock_timestamp() - interval '1 second'
      where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
    [old],
  )
  t.equal(await status(bearer(old)), 401, 'one that has expired')
  const gone = (await signIn(api.deps, api.persons.treasurer, 'test')).token
  t.equal((await api.ask('/v1/sessions/current', { method: 'DELETE', headers: bearer(gone) })).status, 204)
  t.equal(await status(bearer(gone)), 401, 'one that was ended')
  for (const made of [
    `${token}x`,
    token.slice(1),
    token.toUpperCase(),
    'x'.repeat(22),
    'null',
    "' or ''='",
    '',
  ])
    t.equal(await status(bearer(made)), 401, `one that was made up: ${made.length} characters`)
  t.equal(await status({ authorization: `Basic ${token}` }), 401, 'of another kind')
  t.equal(await status({ cookie: `${SESSION_COOKIE}=` }), 401, 'an empty cookie')
  const { rows } = await api.owner.query('select encode(token_sha256, $1) as stored from auth.sessions', [
    'escape',
  ])
  t.notOk(JSON.stringify(rows).includes(token), 'a token itself is not stored')
})

t.test('a page of somebody else cannot act with our cookie', async t => {
  const { token } = await signIn(api.deps, api.persons.administrator, 'test')
  const close = (headers: Record<string, string>) =>
    api.ask(`/v1/pools/${api.pools.other.id}/closures`, {
      method: 'POST',
      headers: { host: 'meent.test', cookie: `${SESSION_COOKIE}=${token}`, ...headers },
    })
  const before = await everything(api.owner)
  const attacks: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
    { origin: 'https://elders.example' },
    { origin: 'http://meent.test.elders.example' },
    { origin: 'http://meent.test:8080' },
    { origin: 'nonsense' },
  ]
  for (const headers of attacks) {
    const answer = await close(headers)
    t.match(answer, { status: 403, body: { type: '/problems/cross-site-request' } }, JSON.stringify(headers))
  }
  t.strictSame(await everything(api.owner), before, 'nothing was written')
  t.equal(
    (await close({ 'sec-fetch-site': 'same-origin', origin: 'http://meent.test' })).status,
    200,
    'our own can',
  )
})
