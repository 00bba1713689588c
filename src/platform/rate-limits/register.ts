/**
 * Rate limits at the door, twice: by the network a request comes from before anything is looked up, and by the person or key
 * once it is known who asks.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Allowance, RateLimits } from './counter.ts'
import type { LimitName, Subject } from './limits.ts'

type Named = LimitName | 'none'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Left out: `read` or `write`, by the method. A function where what is asked decides it. */
    limit?: Named | ((query: Readonly<Record<string, unknown>>) => Named)
  }
}

/** `costly` when this is asked for, otherwise `read`. */
export const costlyWith =
  (parameter: string) =>
  (query: Readonly<Record<string, unknown>>): Named =>
    query[parameter] === undefined ? 'read' : 'costly'

/**
 * To be called before whatever finds out who asks. `placesOf`: keyed hashes of the network and of the larger one around it,
 * where there is one; never the address.
 */
export function limitByOrigin(
  app: FastifyInstance,
  limits: RateLimits,
  placesOf: (request: FastifyRequest) => readonly [string, string | undefined],
): void {
  app.addHook('onRequest', async (request, reply) => {
    const [origin, network] = placesOf(request)
    await count(request, reply, limits, () => ['origin', origin])
    if (network) await count(request, reply, limits, () => ['network', network])
  })
}

/** To be called after it. `whoIs`: null for a stranger, who was counted by origin. */
export function limitByWho(
  app: FastifyInstance,
  limits: RateLimits,
  whoIs: (request: FastifyRequest) => readonly [Subject, string] | null,
): void {
  app.addHook('onRequest', async (request, reply) => {
    await count(request, reply, limits, () => whoIs(request))
  })
}

async function count(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: RateLimits,
  whoIs: () => readonly [Subject, string] | null,
): Promise<void> {
  const limit = limitOf(request)
  const who = limit === 'none' ? null : whoIs()
  if (limit === 'none' || !who) return
  const allowance = await limits.count(limit, ...who)
  if (allowance) tell(reply, allowance)
}

function limitOf({ routeOptions, query, method }: FastifyRequest): Named {
  const { limit, permission, health } = routeOptions.config
  if (!permission || health) return 'none' // there is no such page, or it says only that we live
  if (typeof limit === 'function') return limit(query as Record<string, unknown>)
  return limit ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'write')
}

/** draft-ietf-httpapi-ratelimit-headers-10: a policy's quota and window, and what is left of it until when. */
function tell(reply: FastifyReply, { policy, points, seconds, remaining, resetSeconds }: Allowance): void {
  append(reply, 'ratelimit-policy', `"${policy}";q=${points};w=${seconds}`)
  append(reply, 'ratelimit', `"${policy}";r=${remaining};t=${resetSeconds}`)
}

function append(reply: FastifyReply, name: string, value: string): void {
  const before = reply.getHeader(name)
  reply.header(name, before === undefined ? value : `${before}, ${value}`)
}
