// Every route of the service, asked by everybody who could ask: who may and who may not is what the one table says, and
// nothing but that.

import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, InjectOptions } from 'fastify'
import t from 'tap'
import {
  isStaffRole,
  type Permission,
  permissions,
  poolRoles,
  type Role,
  roles,
  ruleOf,
  signInForDemonstration,
  staffRoles,
} from '../../src/auth/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { oidc } from '../support/no-municipality.ts'

t.setTimeout(180_000)

interface Route {
  readonly method: NonNullable<InjectOptions['method']>
  readonly url: string
  readonly permission: Permission | undefined
  readonly filtered: boolean
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
        filtered: route.config?.pools === 'filtered',
      })
  })
})

const api = await testApp(t, { oidc })
watching = false
// The simulated provider is a service of its own; only ours has a guard.
const routes = found.filter(route => api.app.hasRoute({ method: route.method, url: route.url }))
const { organisationId, vault } = api.deps

/** A person for each role, of the whole organisation and of the pool `open` alone. */
const members = await inTransaction(api.deps.db, async trx => {
  const made: Partial<Record<Role, { whole: string; ofPool: string }>> = {}
  for (const role of roles)
    made[role] = {
      whole: await addMember(trx, vault, organisationId, `all-${role}`, role),
      ofPool: await addMember(trx, vault, organisationId, `pool-${role}`, role, api.pools.open.id),
    }
  return made as Record<Role, { whole: string; ofPool: string }>
})

interface Caller {
  readonly personId: string
  /** Takes the second factor out of the session, or makes it an hour old. */
  readonly factor?: 'none' | 'old'
}

/** In a session of its own: one of the routes ends it. Parameters are made up, but for the pool's. */
async function ask({ method, url }: Route, caller?: Caller, pool = api.pools.open): Promise<Answer> {
  const path = url
    .replaceAll(':poolId', pool.id)
    .replaceAll(':slug', pool.slug)
    .replaceAll(/:\w+Id\b/g, randomUUID())
    .replaceAll(/:\w+/g, 'nowhere')
    .replace('*', 'nowhere.css')
  const origin = { requestId: 'test' }
  const token = caller && (await signInForDemonstration(api.deps, caller.personId, origin)).token
  if (caller?.factor)
    await api.owner.query(
      `update auth.sessions set second_factor_at = ${caller.factor === 'none' ? 'null' : "now() - interval '1 hour'"}
        where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
      [token],
    )
  const answer = await api.app.inject({
    method,
    url: path,
    headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  })
  const type =
    answer.body && /json/.test(String(answer.headers['content-type']))
      ? String(answer.json<{ type?: string }>().type ?? '')
      : ''
  return { status: answer.statusCode, refusal: type.replace('/problems/', '') }
}

interface Answer {
  readonly status: number
  readonly refusal: string
}
/** The answer to HEAD has no body to read the reason in. */
const refusedByGuard = ({ refusal, status }: Answer) =>
  (refusal === '' && (status === 401 || status === 403)) ||
  ['not-signed-in', 'not-allowed', 'second-factor-needed', 'fresh-sign-in-needed'].includes(refusal)

const guarded = routes.filter(
  ({ method, permission }) => method !== 'HEAD' && permission && ruleOf(permission).who !== 'anyone',
)
const isAboutAPool = ({ url }: Route) => /:(poolId|slug)\b/.test(url)

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
    const { who } = ruleOf(route.permission ?? 'ledger.read')
    const seen: Record<string, number> = {}
    const wanted: Record<string, boolean> = {}
    const passed: Record<string, boolean> = {}
    for (const role of [undefined, ...roles]) {
      const answer = await ask(route, role && { personId: members[role].whole })
      seen[role ?? 'nobody'] = answer.status
      passed[role ?? 'nobody'] = !refusedByGuard(answer)
      wanted[role ?? 'nobody'] = who === 'anyone' || (role !== undefined && who.includes(role))
      if (role === undefined && who !== 'anyone') t.equal(answer.status, 401, 'nobody has to sign in first')
    }
    const what = `${route.method} ${route.url}: ${route.permission} ${JSON.stringify(seen)}`
    t.strictSame(passed, wanted, what)
    t.notOk(Object.values(seen).includes(500), `${what}: nobody sees an error of ours`)
  }
})

t.test('a role for one pool is worth nothing elsewhere', async t => {
  for (const route of guarded) {
    const { who, of } = ruleOf(route.permission as Permission)
    for (const role of who === 'anyone' ? [] : who) {
      const caller = { personId: members[role].ofPool }
      const own = await ask(route, caller)
      const elsewhere = await ask(route, caller, api.pools.other)
      const what = `${route.method} ${route.url} as ${role} of one pool`
      const ownPage = ruleOf(route.permission as Permission).own ?? false
      t.equal(
        !refusedByGuard(own),
        of === 'pool' && (isAboutAPool(route) || route.filtered || ownPage),
        `${what}: ${own.status}`,
      )
      t.equal(
        !refusedByGuard(elsewhere),
        of === 'pool' && !isAboutAPool(route) && (route.filtered || ownPage),
        `${what}, in another: ${elsewhere.status}`,
      )
    }
  }
})

t.test('staff do nothing before the second factor, and some things only with a fresh one', async t => {
  for (const route of guarded) {
    const permission = route.permission as Permission
    const { who, fresh } = ruleOf(permission)
    if (permission === 'own-sign-in.manage') continue // where it is set up and shown
    for (const role of who === 'anyone' ? [] : who.filter(isStaffRole)) {
      const personId = members[role].whole
      const what = `${route.method} ${route.url} as ${role}`
      t.equal((await ask(route, { personId, factor: 'none' })).refusal, 'second-factor-needed', what)
      const old = await ask(route, { personId, factor: 'old' })
      t.equal(old.refusal === 'fresh-sign-in-needed', fresh ?? false, `${what}, an hour ago: ${old.status}`)
    }
  }
})

t.test('a role can be for one pool if there is something to do there with it', async t => {
  const does = (role: Role) =>
    routes.some(({ permission = 'public.read' }) => {
      const { who, of, own } = ruleOf(permission)
      return who !== 'anyone' && who.includes(role) && of === 'pool' && !own && !permission.endsWith('.read')
    })
  t.strictSame(staffRoles.filter(does), poolRoles)
})

t.test('what the table must never say', async t => {
  const own = (Object.keys(permissions) as Permission[]).filter(each => ruleOf(each).own)
  t.strictSame(
    own,
    [
      'own-sign-in.manage',
      'own-campaigns.manage',
      'own-gifts.read',
      'own-gifts.manage',
      'follows.manage',
      'own-thanks.write',
      'own-monthly-gifts.manage',
      'own-enrolment.read',
    ],
    'whose it is stands in the table, not in a name',
  )
  const may = (permission: Permission) => [ruleOf(permission).who].flat() as string[]
  t.notOk(may('cycles.approve').includes('operator'), 'who prepares does not approve')
  t.notOk(may('cycles.approve').includes('administrator'), 'nor who manages the pools')
  const changes: Permission[] = routes.flatMap(({ method, permission }) =>
    permission && !['GET', 'HEAD', 'OPTIONS'].includes(method) ? permission : [],
  )
  const ofRole = (role: string) => [...new Set(changes.filter(each => may(each).includes(role)))]
  const minus = (role: string) => ofRole(role).filter(each => !ruleOf(each).own)
  t.strictSame(minus('auditor'), [], 'an auditor changes nothing')
  t.strictSame(minus('recipient'), [], 'nor does a recipient')
  t.strictSame(
    ofRole('anyone').toSorted(),
    [
      'donations.give',
      'letters.stop',
      'provider-events.deliver',
      'public.follow',
      'sessions.manage',
      'wishes.write',
    ],
    'anyone gives, stops letters, asks for news, delivers events, signs in and writes wishes',
  )
  for (const permission of Object.keys(permissions) as Permission[]) {
    const { fresh, keys } = ruleOf(permission)
    t.notOk(fresh && keys, `${permission}: no key does what asks for fresh eyes`)
    t.notOk(
      keys && /propose|approve|create|manage|make|freeze|plan|found|close|help/.test(permission),
      `${permission}: no key makes or approves`,
    )
  }
  for (const permission of [
    'cycles.approve',
    'payment-files.make',
    'accounts.read',
    'changes.approve',
  ] as const)
    t.ok(ruleOf(permission).fresh, `${permission} asks for a fresh sign-in`)
})
