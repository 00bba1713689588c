// Every route of a service that is built from now on: Fastify tells of each instance before anything is registered on it.

import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyContextConfig, FastifyInstance, InjectOptions } from 'fastify'

export interface Route {
  readonly method: NonNullable<InjectOptions['method']>
  readonly url: string
  readonly config: FastifyContextConfig | undefined
  /** Its own; undefined: those of the service. */
  readonly bodyLimit: number | undefined
  readonly handlerTimeout: number | undefined
}

export interface Watch {
  /** Ends it, and answers the routes of this one: the simulated provider is a service of its own. */
  routesOf(app: { hasRoute(route: { method: string; url: string }): boolean }): Route[]
}

export function watchRoutes(): Watch {
  const found: Route[] = []
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url, config, bodyLimit, handlerTimeout }) => {
      for (const each of [method].flat())
        found.push({ method: each as Route['method'], url, config, bodyLimit, handlerTimeout })
    })
  }
  subscribe('fastify.initialization', listen)
  return {
    routesOf(app) {
      unsubscribe('fastify.initialization', listen)
      return found.filter(({ method, url }) => app.hasRoute({ method, url }))
    },
  }
}

/** An address of this route: the pool's where it asks for one, made-up ids elsewhere. */
export const addressOf = ({ url }: Route, pool: { id: string; slug: string }): string =>
  url
    .replaceAll(':poolId', pool.id)
    .replaceAll(':slug', pool.slug)
    .replaceAll(/:\w+Id\b/g, () => randomUUID())
    .replaceAll(':file', 'meent.css')
    .replaceAll(/:\w+/g, 'nowhere')
