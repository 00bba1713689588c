// Who asks: nobody, everybody that the small organisation knows, and tokens that are worth nothing. Who may do what is asked of
// the service's own table, by the permission that the route names.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import {
  allows,
  type Grant,
  type Permission,
  personsWithRoles,
  signInForDemonstration,
} from '../../src/auth/index.ts'
import type { Deps } from '../../src/deps.ts'
import { localDate } from '../../src/platform/calendar/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Operation } from './document.ts'

export interface Who {
  readonly name: string
  readonly grants: readonly Grant[]
  /** Another session, where the one before has ended. */
  renew(): Promise<void>
  headers(): Readonly<Record<string, string>>
}

export type Rights = 'right' | 'wrong'

/** Fastify tells of each instance that is made: to be called before the service is. Answers the permission of a route. */
export function watchPermissions(): { of(operation: Operation): Permission | undefined; stop(): void } {
  const found = new Map<string, Permission | undefined>()
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', route => {
      for (const method of [route.method].flat())
        found.set(`${method} ${route.url}`, route.config?.permission ?? found.get(`${method} ${route.url}`))
    })
  }
  subscribe('fastify.initialization', listen)
  return {
    of: ({ method, path }) => found.get(`${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    stop: () => void unsubscribe('fastify.initialization', listen),
  }
}

export const mayUse = (permission: Permission | undefined, who: Who): boolean =>
  permission !== undefined && allows(permission, who.grants)

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const fixed = (name: string, headers: Record<string, string>): Who => ({
  ...{ name, grants: [] },
  renew: async () => {},
  headers: () => headers,
})

const origin = { requestId: 'fuzz' }
const personsOf = ({ db, organisationId, clock }: Deps) =>
  personsWithRoles(db, organisationId, localDate(clock.now()))

/** `elsewhere`: another organisation in the same database, whose sessions are worth nothing here. */
export async function everybody(api: TestApp, elsewhere: Deps): Promise<Who[]> {
  const persons = await personsOf(api.deps)
  const known = await Promise.all(persons.map(({ id, name, grants }) => person(api.deps, id, name, grants)))
  const [stranger] = await personsOf(elsewhere)
  const foreign = await signInForDemonstration(elsewhere, stranger?.id ?? '', origin)
  return [
    fixed('nobody', {}),
    ...known,
    fixed('expired', bearer(await expired(api, persons[0]?.id ?? ''))),
    fixed('made up', bearer('x'.repeat(43))),
    fixed('injected', bearer("' or ''='")),
    fixed('another organisation', bearer(foreign.token)),
  ]
}

async function person(deps: Deps, id: string, name: string, grants: readonly Grant[]): Promise<Who> {
  const open = async () => (await signInForDemonstration(deps, id, origin)).token
  let token = await open()
  return {
    ...{ name, grants },
    renew: async () => {
      token = await open()
    },
    headers: () => bearer(token),
  }
}

async function expired(api: TestApp, personId: string): Promise<string> {
  const { token } = await signInForDemonstration(api.deps, personId, origin)
  await api.owner.query(
    `update auth.sessions set expires_at = clock_timestamp() - interval '1 second'
      where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
    [token],
  )
  return token
}
