/** Keys of programs: what there is, a new one, its successor, its end. The secret is in the answer that made it, alone. */
import { z } from 'zod'
import type { App } from '../app.ts'
import {
  actorOf,
  createKey,
  endKey,
  isKeyScope,
  keysOf,
  LONGEST_KEY_DAYS,
  LONGEST_OVERLAP_DAYS,
  type Permission,
  permissions,
  rotateKey,
  USUAL_KEY_DAYS,
  USUAL_OVERLAP_DAYS,
} from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { idSchema, instantSchema, plainText } from '../platform/http/amount.ts'
import { becauseOf, reasonSchema } from './reason.ts'

export const keyScopes = (Object.keys(permissions) as Permission[]).filter(isKeyScope)
const scopeSchema = z.enum(keyScopes as [Permission, ...Permission[]])

const keySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    start: z.string().meta({ description: 'The first characters of its secret.' }),
    scopes: z.array(scopeSchema),
    poolId: idSchema.nullable().meta({ description: 'Null: the whole organisation.' }),
    createdBy: idSchema,
    createdAt: instantSchema,
    expiresAt: instantSchema,
    usedAt: instantSchema.nullable().meta({ description: 'To the hour.' }),
    endedAt: instantSchema.nullable(),
    replaces: idSchema.nullable().meta({ description: 'The key that it takes over from.' }),
    state: z.enum(['good', 'expired', 'ended', 'maker-left']),
    makerStillMay: z.boolean().meta({ description: 'False: whoever made it could not make it today.' }),
  })
  .meta({ id: 'Key' })

const madeSchema = keySchema
  .extend({ secret: z.string().meta({ description: 'Shown once: only its hash is stored.' }) })
  .meta({ id: 'MadeKey' })

const days = z.int().min(1).max(LONGEST_KEY_DAYS).default(USUAL_KEY_DAYS)
export const newKeySchema = z
  .strictObject({
    name: plainText(2, 80),
    scopes: z.array(scopeSchema).min(1).max(keyScopes.length),
    poolId: idSchema.nullable().default(null),
    days: days.meta({ description: 'How long it works.' }),
    reason: reasonSchema,
  })
  .meta({ id: 'NewKey' })
export const rotationSchema = z
  .strictObject({
    overlapDays: z
      .int()
      .min(0)
      .max(LONGEST_OVERLAP_DAYS)
      .default(USUAL_OVERLAP_DAYS)
      .meta({ description: 'How long the old key still works.' }),
    days: days.meta({ description: 'How long the new key works.' }),
    reason: reasonSchema,
  })
  .meta({ id: 'KeyRotation' })

const keyOut = ({ makerName: _, ...key }: Awaited<ReturnType<typeof keysOf>>[number]) => ({
  ...key,
  scopes: [...key.scopes],
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt.toISOString(),
  usedAt: key.usedAt?.toISOString() ?? null,
  endedAt: key.endedAt?.toISOString() ?? null,
})

const params = z.object({ keyId: idSchema })

export function registerKeyRoutes(api: App, deps: Deps): void {
  const shared = { tags: ['keys'], security: [{ session: [] }] }
  const config = { permission: 'keys.manage' } as const
  const listed = async (id?: string) =>
    (
      await keysOf(deps.db, deps.organisationId, localDate(deps.clock.now()), id === undefined ? {} : { id })
    ).map(keyOut)
  const one = async (id: string) => {
    const [key] = await listed(id)
    if (!key) throw new Error(`key ${id} was just there`)
    return key
  }

  api.get(
    '/keys',
    {
      config: { permission: 'keys.read' },
      schema: {
        ...shared,
        operationId: 'listKeys',
        summary: 'Keys of programs, newest first, those that ended as well',
        response: { 200: z.object({ keys: z.array(keySchema) }) },
      },
    },
    async () => ({ keys: await listed() }),
  )
  api.post(
    '/keys',
    {
      config,
      schema: {
        ...shared,
        operationId: 'createKey',
        summary: 'Make a key; its secret is shown once',
        body: newKeySchema,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const { id, secret } = await createKey(deps, actorOf(request), request.body)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...(await one(id)), secret })
    },
  )
  api.post(
    '/keys/:keyId/rotations',
    {
      config,
      schema: {
        ...shared,
        operationId: 'rotateKey',
        summary: 'Make its successor; both work for a while',
        params,
        body: rotationSchema,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const { id, secret } = await rotateKey(deps, actorOf(request), { ...request.params, ...request.body })
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...(await one(id)), secret })
    },
  )
  api.post(
    '/keys/:keyId/endings',
    {
      config,
      schema: {
        ...shared,
        operationId: 'endKey',
        summary: 'End it at once, saying why',
        params,
        body: becauseOf,
        response: { 201: keySchema },
      },
    },
    async (request, reply) => {
      const { keyId } = request.params
      await endKey(deps, actorOf(request), { keyId, ...request.body })
      return reply.code(201).send(await one(keyId))
    },
  )
}
