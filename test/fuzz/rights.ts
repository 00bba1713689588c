// Who asks: nobody, everybody that the small organisation knows, and tokens that are worth nothing. Who may do what is asked of
// the service's own table, by the permission that the route names.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import {
  allows,
  createKey,
  type Grant,
  type Permission,
  personById,
  personsWithRoles,
  ruleOf,
  signInForDemonstration,
} from '../../src/auth/index.ts'
import type { Deps } from '../../src/deps.ts'
import { localDate } from '../../src/platform/calendar/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Operation } from './document.ts'

export interface Who {
  readonly name: string
  /** As they were last read: roles come and go while everything is tried. */
  grants: readonly Grant[]
  /** Of a program's key. */
  readonly scopes?: readonly Permission[]
  /** Reads the roles again. */
  refresh(this: Who): Promise<void>
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

export function mayUse(permission: Permission | undefined, { grants, scopes }: Who): boolean {
  if (permission === undefined) return false
  const { who, keys } = ruleOf(permission)
  return scopes && who !== 'anyone'
    ? keys === true && scopes.includes(permission)
    : allows(permission, grants)
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const fixed = (name: string, headers: Record<string, string>): Who => ({
  ...{ name, grants: [] },
  refresh: async () => {},
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
    ...(await Promise.all(keyScopes.map(scopes => program(api, scopes)))),
    fixed('expired', bearer(await expired(api, persons[0]?.id ?? ''))),
    fixed('made up', bearer('x'.repeat(43))),
    fixed('injected', bearer("' or ''='")),
    fixed('another organisation', bearer(foreign.token)),
  ]
}

/** What programs may be given: one thing, several, everything. */
const keyScopes: readonly (readonly Permission[])[] = [
  ['ledger.read'],
  ['cycles.read', 'enrolments.read'],
  ['ledger.read', 'bank.read', 'findings.read', 'cycles.read', 'enrolments.read', 'acts.read'],
]

/** A program with a key; another one where somebody ended it. */
async function program(api: TestApp, scopes: readonly Permission[]): Promise<Who> {
  const maker = { kind: 'person', id: api.persons.administrator } as const
  const made = async () =>
    (await createKey(api.deps, maker, { name: 'proef', scopes, poolId: null, days: 90 })).secret
  let secret = await made()
  return {
    ...{ name: `key ${scopes.length}`, grants: [], scopes },
    refresh: async () => {},
    renew: async () => {
      secret = await made()
    },
    headers: () => bearer(secret),
  }
}

async function person(deps: Deps, id: string, name: string, grants: readonly Grant[]): Promise<Who> {
  const open = async () => (await signInForDemonstration(deps, id, origin)).token
  let token = await open()
  return {
    ...{ name, grants },
    async refresh(this: Who) {
      const today = localDate(deps.clock.now())
      this.grants = (await personById(deps.db, deps.organisationId, today, id))?.grants ?? []
    },
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
