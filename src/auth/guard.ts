/**
 * The guard in front of every route: who is this, may they do this, and did the request come from our own pages.
 * A route that names no permission does not register, so none can be forgotten.
 */
import '@fastify/cookie' // gives requests their cookies
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../refusals.ts'
import { allows, type Permission } from './permissions.ts'
import { type Person, personOfToken } from './sessions.ts'

export const SESSION_COOKIE = 'meent_session'

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission
    /** Answers without the database: it must say so when that is away. */
    health?: true
  }
  interface FastifyRequest {
    person: Person | null
  }
}

export function registerGuard(app: FastifyInstance, deps: Deps): void {
  app.decorateRequest('person', null)
  app.addHook('onRoute', route => {
    if (!route.config?.permission) throw new Error(`${route.method} ${route.url} names no permission`)
  })
  app.addHook('onRequest', async request => {
    const permission = request.routeOptions.config.permission
    if (!permission || request.routeOptions.config.health) return // no such route: answered with 404
    await deps.clock.refresh()
    refuseCrossSite(request)
    const token = tokenOf(request)
    request.person = token ? await personOfToken(deps, token) : null
    if (allows(permission, request.person?.roles ?? [])) return
    throw new DomainError(request.person ? 'not-allowed' : 'not-signed-in')
  })
}

export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer ([\w-]{10,200})$/.exec(request.headers.authorization ?? '')?.[1]
  return bearer ?? request.cookies[SESSION_COOKIE]
}

/**
 * A browser says where a request comes from: one that changes something must come from our own pages, with a cookie or
 * without (signing somebody in as another is an attack too). Programs say nothing of the kind.
 */
function refuseCrossSite(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const sameOrigin = site === undefined || site === 'same-origin' || site === 'none'
  if (!sameOrigin || (origin !== undefined && URL.parse(origin)?.host !== host)) {
    throw new DomainError('cross-site-request')
  }
}

/** For routes whose permission needs a signed-in person. */
export function actorOf(request: FastifyRequest): Actor & { kind: 'person' } {
  if (!request.person) throw new DomainError('not-signed-in')
  return { kind: 'person', id: request.person.id, origin: request.id }
}

/** For routes that anybody may use. */
export function anyActorOf(request: FastifyRequest): Actor {
  return request.person ? actorOf(request) : { kind: 'public', origin: request.id }
}
