/**
 * The guard in front of every route: who is this, may they do this here and now, and did the request come from our own
 * pages. A route that names no permission does not register, so none can be forgotten.
 */
import '@fastify/cookie' // gives requests their cookies
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { DomainError } from '../refusals.ts'
import { KEY_PREFIX } from './key-secret.ts'
import { type Key, keyOfSecret } from './keys.ts'
import { bearerOf, placeOf, readToken, refuseCrossSite } from './origin.ts'
import { type Asker, judge, type Permission, ruleOf } from './permissions.ts'
import { grantsOf, type Session, sessionOfToken } from './sessions.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission
    /** Lists of several pools: the handler shows only those that the asker's roles are for. */
    pools?: 'filtered'
    /** Answers without the database: it must say so when that is away. */
    health?: true
  }
  interface FastifyRequest {
    session: Session | null
    key: Key | null
    /** Of a session, whether it is still good or not. */
    token: string | undefined
    /** Eight hexadecimal digits: see `placeOf`. */
    place: string
  }
}

/** From a parameter of a route to the pool that it is about; undefined when there is none such. */
export type PoolOf = Readonly<Record<string, (value: string) => Promise<string | undefined>>>

export function registerGuard(app: FastifyInstance, deps: Deps, poolOf: PoolOf): void {
  app.decorateRequest('session', null)
  app.decorateRequest('key', null)
  app.decorateRequest('token', undefined)
  app.decorateRequest('place', '')
  app.addHook('onRoute', route => {
    if (!route.config?.permission) throw new Error(`${route.method} ${route.url} names no permission`)
  })
  app.addHook('onRequest', async request => {
    const { permission, health, pools } = request.routeOptions.config
    if (!permission || health) return // no such route: answered with 404
    request.place ||= placeOf(request.ip, deps.vault)
    await deps.clock.refresh()
    refuseCrossSite(request, deps.publicUrl())
    await recognise(request, deps)
    if (ruleOf(permission).who === 'anyone') return
    const poolId = pools === 'filtered' ? undefined : await poolIdOf(request, poolOf)
    const verdict = judge(permission, askerOf(request), new Date(), poolId)
    if (verdict !== 'allowed') throw new DomainError(verdict)
  })
}

async function recognise(request: FastifyRequest, deps: Deps): Promise<void> {
  const secret = bearerOf(request)
  if (secret?.startsWith(KEY_PREFIX)) {
    // Programs have the API; pages are for people.
    if (request.url.startsWith('/v1/')) request.key = await keyOfSecret(deps, secret)
    return
  }
  const token = readToken(request, deps.publicUrl())
  request.token = token
  if (token) request.session = await sessionOfToken(deps, token)
}

function askerOf({ session, key }: FastifyRequest): Asker {
  if (key) return { kind: 'key', ...key }
  if (!session) return { kind: 'nobody' }
  const { person, secondFactorAt } = session
  return { kind: 'person', grants: grantsOf(session), hasSecondFactor: person.secondFactor, secondFactorAt }
}

/** Null: this is not about one pool, or about none that exists. Asked only when somebody has a role for a pool alone. */
async function poolIdOf(request: FastifyRequest, poolOf: PoolOf): Promise<string | null | undefined> {
  const limited = request.key?.poolId ?? request.session?.person.grants.some(({ poolId }) => poolId !== null)
  if (!limited) return null
  for (const [name, value] of Object.entries(request.params as Record<string, string>)) {
    const poolId = await poolOf[name]?.(value)
    if (poolId) return poolId
  }
  const { permission } = request.routeOptions.config
  return permission && ruleOf(permission).own ? undefined : null
}
