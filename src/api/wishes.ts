/** Wishes: reading, writing, "me too", reporting, and taking away what one wrote. Nobody needs an account for any of it. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { idempotencyHeaders, idSchema, instantSchema, plainText } from '../platform/http/amount.ts'
import { LONGEST_NICKNAME } from '../platform/plain-words.ts'
import {
  agreeWithWish,
  LONGEST_NOTE,
  LONGEST_WISH,
  reportWish,
  SHORTEST_WISH,
  takeAwayWish,
  type Wish,
  wishById,
  wishes,
  wishOrders,
  wishReasons,
  writeWish,
} from '../wishes/index.ts'
import { linkNext, pageLimit } from './paging.ts'

const left = (max: number) =>
  plainText(0, max)
    .transform(text => text || undefined)
    .optional()

export const wishParams = z.object({ wishId: idSchema })
export const wishFields = {
  id: idSchema,
  poolId: idSchema.nullable().meta({ description: 'The pool that it leads to; null: any.' }),
  locale: z.enum(['nl', 'en']),
  text: z.string(),
  nickname: z.string().nullable().meta({ description: 'Null: anonymous.' }),
  agreements: z
    .int()
    .meta({ description: 'How many said “me too”, as far as that can be counted without an account.' }),
  writtenAt: instantSchema,
}
const wishSchema = z.object(wishFields).meta({ id: 'Wish' })

const newWish = z
  .strictObject({
    text: plainText(SHORTEST_WISH, LONGEST_WISH).meta({
      description: 'One paragraph of plain words: no links, addresses or long numbers.',
    }),
    nickname: left(LONGEST_NICKNAME).meta({ description: 'Leave it out to write anonymously.' }),
    locale: z.enum(['nl', 'en']).default('nl'),
    poolId: idSchema.optional(),
  })
  .meta({ id: 'NewWish' })

const written = z
  .object({
    wishId: idSchema,
    withdrawalToken: z.string().meta({ description: 'Takes the wish away. Shown here and never again.' }),
    lookBy: z.iso
      .date()
      .meta({ description: 'The last day on which staff looks in time. Until then nobody else reads it.' }),
  })
  .meta({ id: 'WrittenWish' })

const query = z.strictObject({
  order: z.enum(wishOrders).default('newest'),
  poolId: idSchema.optional(),
  after: idSchema.optional().meta({ description: 'The last wish of the page before.' }),
  limit: pageLimit,
})

export const wishOut = (wish: Wish) => ({
  id: wish.id,
  poolId: wish.poolId,
  locale: wish.locale,
  text: wish.text,
  nickname: wish.nickname,
  agreements: wish.agreements,
  writtenAt: wish.writtenAt.toISOString(),
})

export function registerWishRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const tags = ['wishes']
  const write = { permission: 'wishes.write' } as const

  api.get(
    '/wishes',
    {
      config: { permission: 'public.read' },
      schema: {
        tags,
        operationId: 'listWishes',
        summary: 'Wishes that are shown',
        querystring: query,
        response: { 200: z.object({ wishes: z.array(wishSchema) }) },
      },
    },
    async (request, reply) => {
      const page = await wishes(db, organisationId, request.query)
      if (page.next) reply.header('link', linkNext('/wishes', request.query, { after: page.next }))
      return { wishes: page.wishes.map(wishOut) }
    },
  )
  api.get(
    '/wishes/:wishId',
    {
      config: { permission: 'public.read' },
      schema: {
        tags,
        operationId: 'getWish',
        summary: 'One wish',
        params: wishParams,
        response: { 200: wishSchema },
      },
    },
    async request => wishOut(await wishById(db, organisationId, request.params.wishId)),
  )
  api.post(
    '/wishes',
    {
      config: { ...write, limit: 'wish' },
      schema: {
        tags,
        operationId: 'writeWish',
        summary: 'Write a wish; staff looks before it is shown',
        headers: idempotencyHeaders,
        body: newWish,
        response: { 201: written },
      },
    },
    async (request, reply) => {
      const { nickname, poolId, ...rest } = request.body
      const idempotencyKey = request.headers['idempotency-key']
      const wish = await writeWish(deps, request.id, { ...rest, nickname, poolId, idempotencyKey })
      return reply.code(201).header('location', `/v1/wishes/${wish.wishId}`).send(wish)
    },
  )
  api.post(
    '/wishes/:wishId/agreements',
    {
      config: { ...write, limit: 'agree' },
      schema: {
        tags,
        operationId: 'agreeWithWish',
        summary: 'Say “me too”; counted once for each network',
        params: wishParams,
        response: { 200: z.object({ agreements: z.int(), counted: z.boolean() }) },
      },
    },
    async request => agreeWithWish(deps, request.place, request.params.wishId),
  )
  api.post(
    '/wishes/:wishId/reports',
    {
      config: { ...write, limit: 'report' },
      schema: {
        tags,
        operationId: 'reportWish',
        summary: 'Report a wish that should not stand there',
        params: wishParams,
        body: z
          .strictObject({ reason: z.enum(wishReasons), words: left(LONGEST_NOTE) })
          .meta({ id: 'NewWishReport' }),
        response: { 200: z.object({ received: z.literal(true) }) },
      },
    },
    async request => {
      await reportWish(deps, request.place, { ...request.params, ...request.body })
      return { received: true as const }
    },
  )
  api.post(
    '/wish-withdrawals',
    {
      config: write,
      schema: {
        tags,
        operationId: 'takeAwayWish',
        summary: 'Take away what one wrote, at once and for good',
        body: z
          .strictObject({ withdrawalToken: z.string().min(10).max(100) })
          .meta({ id: 'NewWishWithdrawal' }),
        response: { 200: z.object({ wishId: idSchema, state: z.literal('taken-away') }) },
      },
    },
    async request => ({
      wishId: await takeAwayWish(deps, request.id, request.body.withdrawalToken),
      state: 'taken-away' as const,
    }),
  )
}
