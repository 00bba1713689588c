// Each scope that a key can have, against each route of the service: it passes where the table says so, and nowhere else.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { createKey, isKeyScope, type Permission, permissions, ruleOf } from '../../src/auth/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { statementFor } from '../../src/simulation/bank/index.ts'
import { fund } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'
import { addMember, OWN_IBAN } from '../support/app-seed.ts'
import { addressOf, type Route, watchRoutes } from '../support/routes.ts'

t.setTimeout(120_000)
const watch = watchRoutes()
const api = await testApp(t)
const routes = watch.routesOf(api.app).filter(({ method }) => method !== 'HEAD')
const { db, vault, organisationId } = api.deps

const scopes = (Object.keys(permissions) as Permission[]).filter(isKeyScope)
const maker = await inTransaction(db, async trx => {
  const id = await addMember(trx, vault, organisationId, 'alles', 'administrator')
  await trx
    .insertInto('auth.grants')
    .values({
      organisationId,
      id: randomUUID(),
      personId: id,
      role: 'treasurer',
      poolId: null,
      lastDay: null,
      standInFor: null,
      grantedBy: null,
      changeId: null,
      endedBy: null,
      endedAt: null,
    })
    .execute()
  return { kind: 'person', id } as const
})
const keyFor = async (given: readonly Permission[]) =>
  createKey(api.deps, maker, { name: 'Proef', scopes: given, poolId: null, days: 1, reason: 'Proef' })

async function ask(route: Route, secret: string): Promise<'refused' | 'passed'> {
  const answer = await api.app.inject({
    method: route.method,
    url: addressOf(route, api.pools.open),
    headers: { accept: 'application/json', authorization: `Bearer ${secret}` },
  })
  t.not(answer.statusCode, 500, `${route.method} ${route.url}`)
  const { type = '' } = /json/.test(String(answer.headers['content-type'])) ? answer.json() : {}
  return /(not-signed-in|not-allowed|second-factor-needed|fresh-sign-in-needed)$/.test(type)
    ? 'refused'
    : 'passed'
}

for (const scope of scopes)
  t.test(`a key with ${scope} passes the routes of the API with that permission, and no other`, async t => {
    const { secret } = await keyFor([scope])
    for (const route of routes) {
      const permission = route.config?.permission as Permission
      const open = ruleOf(permission).who === 'anyone'
      const wanted = open || (permission === scope && route.url.startsWith('/v1/')) ? 'passed' : 'refused'
      t.equal(await ask(route, secret), wanted, `${route.method} ${route.url}: ${permission}`)
    }
  })

t.test(
  'with every scope there is, a key neither makes keys, nor proposes, approves or reads accounts',
  async t => {
    const { secret } = await keyFor(scopes)
    for (const permission of [
      ...(['keys.manage', 'keys.read', 'cycles.propose', 'cycles.approve', 'payment-files.make'] as const),
      ...([
        'payment-files.read',
        'enrolments.create',
        'pools.found',
        'pools.close',
        'demonstration.clock',
      ] as const),
    ]) {
      const its = routes.filter(route => route.config?.permission === permission)
      t.ok(its.length > 0, permission)
      for (const route of its) t.equal(await ask(route, secret), 'refused', `${route.method} ${route.url}`)
    }
  },
)

t.test('a statement that a program imported is on record as that key’s', async t => {
  await fund(api, 50_000)
  const { id, secret } = await keyFor(['statements.import'])
  const now = api.deps.clock.now()
  const payload = await inTransaction(db, trx =>
    statementFor(trx, { iban: OWN_IBAN, from: '2027-03-06', to: '2027-03-06', now }),
  )
  const answer = await api.app.inject({
    method: 'POST',
    url: '/v1/bank-statements',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/xml' },
    payload,
  })
  t.equal(answer.statusCode, 201, answer.body)
  const { rows } = await api.owner.query(
    `select actor_kind, actor_id, action, place from acts.acts where origin = $1`,
    [answer.headers['x-request-id']],
  )
  t.match(rows, [{ actor_kind: 'key', actor_id: id, action: 'statement.import', place: /^[0-9a-f]{8}$/ }])
  const found = await api.ask<{ acts: { actor: unknown }[] }>(`/v1/acts?actorId=${id}`, { as: 'auditor' })
  t.match(
    found.body.acts,
    [{ actor: { kind: 'key', id, name: 'Proef' } }],
    'and is found by it, with its name',
  )
})

t.test('a program is no browser: the check of where a request comes from lets it by', async t => {
  const { secret } = await keyFor(['statements.import'])
  const post = (headers: Record<string, string>) =>
    api.app.inject({
      method: 'POST',
      url: '/v1/bank-statements',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/xml', ...headers },
      payload: '<no-statement/>',
    })
  t.match((await post({})).json(), { type: '/problems/statement-refused' }, 'it is read')
  const crossSite = await post({ 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' })
  t.match(crossSite.json(), { type: '/problems/cross-site-request' }, 'a page of another site is one')
})
