// Who may do what, asked of the service's own table by the permission that the route names: what the guard may say to a request.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import { FRESH_MINUTES, type Grant, judge, type Permission, ruleOf } from '../../src/auth/index.ts'
import { poolScopes } from '../../src/pool-scopes.ts'
import type { TestApp } from '../support/app.ts'
import type { Operation } from './document.ts'
import { heldBetween, type Roll } from './roll.ts'

type Asker = Parameters<typeof judge>[1]
export type Verdict = ReturnType<typeof judge>

/** What is known of somebody's token; `nobody`: it is worth nothing here. */
export type Standing =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'key'; readonly scopes: readonly Permission[]; readonly poolId: string | null }
  | { readonly kind: 'person'; readonly personId: string; readonly shown: SecondFactor }
export type SecondFactor = 'freshly' | 'long ago' | 'never'

export interface Who {
  readonly name: string
  readonly standing: Standing
  /** Another session or key, where the one before has ended. */
  readonly renew?: () => Promise<void>
  headers(): Readonly<Record<string, string>>
}

export type Rights = 'right' | 'wrong'
export type PermissionOf = (operation: Operation) => Permission | undefined

/** Fastify tells of each instance that is made: to be called before the service is. Answers the permission of a route. */
export function watchPermissions(): { of: PermissionOf; stop(): void } {
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

/** Whether it is open to them at all, of some pool at least. */
export function mayUse(permission: Permission | undefined, who: Who, roll: Roll): boolean {
  return permission !== undefined && verdicts(permission, who, [roll, roll], undefined).includes('allowed')
}

/** All that the table says of somebody between two moments. `poolId`: as `judge` has it. */
export function verdicts(
  permission: Permission,
  { standing }: Pick<Who, 'standing'>,
  [before, after]: readonly [Roll, Roll],
  poolId: string | null | undefined,
): readonly Verdict[] {
  const now = new Date()
  return [
    ...new Set(askersOf(standing, before, after, now).map(each => judged(permission, each, now, poolId))),
  ]
}

/** A key opens what it was made for and nothing else, whatever the table says; its own pool where `poolId` is undefined. */
function judged(permission: Permission, asker: Asker, now: Date, poolId: string | null | undefined): Verdict {
  const { who, of } = ruleOf(permission)
  if (asker.kind !== 'key') return judge(permission, asker, now, poolId)
  if (who !== 'anyone' && !asker.scopes.includes(permission)) return 'not-allowed'
  return judge(permission, asker, now, poolId === undefined && of === 'pool' ? asker.poolId : poolId)
}

function askersOf(standing: Standing, before: Roll, after: Roll, now: Date): readonly Asker[] {
  if (standing.kind !== 'person') return [standing]
  const secondFactorAt = shownAt(standing.shown, now)
  return heldBetween(before, after, standing.personId).flatMap(grants => [
    { kind: 'person', grants, hasSecondFactor: false, secondFactorAt },
    // Whoever may help a recipient may be helping one by now, and then does what that recipient does.
    ...(grants.some(({ role }) => role === 'operator') ? [helping(grants, secondFactorAt)] : []),
  ])
}

const helping = (grants: readonly Grant[], secondFactorAt: Date | null): Asker => ({
  ...{ kind: 'person', hasSecondFactor: false, secondFactorAt },
  grants: [...grants, { role: 'recipient', poolId: null }],
})

const shownAt = (shown: SecondFactor, now: Date): Date | null =>
  shown === 'never' ? null : new Date(now.getTime() - (shown === 'freshly' ? 0 : FRESH_MINUTES * 120_000))

const isLimited = ({ standing }: Who, rolls: readonly Roll[]): boolean =>
  standing.kind === 'key'
    ? standing.poolId !== null
    : standing.kind === 'person' &&
      rolls.some(roll => roll.some(each => each.personId === standing.personId && each.poolId !== null))

/** The pool that the address is about, as far as it matters to who asks; as `judge` has it. */
export async function poolAsked(
  { deps }: TestApp,
  permission: Permission,
  who: Who,
  rolls: readonly Roll[],
  inPath: readonly (readonly [string, string])[],
): Promise<string | null | undefined> {
  if (!isLimited(who, rolls)) return null
  const scopes = poolScopes(deps)
  for (const [name, value] of inPath) {
    const poolId = await scopes[name]?.(value)
    if (poolId) return poolId
  }
  // What is one's own is about one's own pool.
  return permission.startsWith('own-') ? undefined : null
}

/** The one pool that somebody may see; null: all of them, or none. */
export function onlyPoolOf({ standing }: Who, rolls: readonly Roll[]): string | null {
  if (standing.kind === 'key') return standing.poolId
  if (standing.kind === 'nobody') return null
  const held: readonly Grant[] = rolls.flatMap(roll =>
    roll.filter(each => each.personId === standing.personId),
  )
  const [first] = held
  return first && held.every(({ poolId }) => poolId === first.poolId) ? first.poolId : null
}
