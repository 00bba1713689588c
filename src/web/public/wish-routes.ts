/** Wishes as anybody meets them: reading, writing, "me too", reporting, and one's own behind the secret link. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { retryAfter } from '../../platform/http/problem.ts'
import { poolBySlug, pools } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import {
  agreeWithWish,
  ownWish,
  reportWish,
  takeAwayWish,
  type WishReason,
  wishOrders,
  wishReasons,
  writeWish,
} from '../../wishes/index.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { ownWishView } from './own-wish.ts'
import { wishView } from './wish.ts'
import { wholeUrl, wishesModel, wishModel } from './wish-models.ts'
import { wishesView } from './wishes.ts'

const query = z.object({
  pool: z.string().max(80).optional(),
  order: z.enum(wishOrders).default('newest'),
  after: idSchema.optional(),
})
const typedWish = z.object({
  text: z.string().max(4000).default(''),
  nickname: z.string().max(400).default(''),
  poolId: z.union([idSchema, z.literal('')]).default(''),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/),
})
const typedReport = z.object({
  reason: z.string().max(40).default(''),
  words: z.string().max(4000).default(''),
})
const byId = { hide: true, params: z.object({ wishId: idSchema }) }
const byToken = { hide: true, params: z.object({ withdrawalToken: z.string().min(10).max(100) }) }

export function registerPublicWishRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId } = deps
  const read = { permission: 'public.read' } as const
  const write = { permission: 'wishes.write' } as const

  const list = async (request: FastifyRequest, asked: z.infer<typeof query>, form: FormState) => {
    const pool = asked.pool === undefined ? null : await poolBySlug(db, organisationId, asked.pool)
    return wishesView(await contextOf(scope, request), await wishesModel(scope, { ...asked, pool }, form))
  }
  const one = async (request: FastifyRequest, wishId: string, form: FormState) =>
    wishView(await contextOf(scope, request), await wishModel(scope, wishId, form))

  pages.get(
    '/wishes',
    { config: read, schema: { hide: true, querystring: query } },
    async (request, reply) => {
      const { pool } = request.query
      const known = pool === undefined ? [] : await pools(db, organisationId)
      const poolId = known.find(({ slug }) => slug === pool)?.id ?? ''
      return send(reply, await list(request, request.query, { ...emptyForm(), values: { poolId } }))
    },
  )
  pages.post(
    '/wishes',
    { config: { ...write, limit: 'wish' }, schema: { hide: true, body: typedWish } },
    async (request, reply) => {
      const { poolId, ...rest } = request.body
      try {
        const written = await writeWish(deps, request.id, { ...rest, locale, poolId: poolId || undefined })
        return seeOther(reply, scope, paths.ownWish(written.withdrawalToken), 'wish-written')
      } catch (error) {
        reply.headers(retryAfter(error))
        const fields = ['text', 'nickname', 'poolId']
        const { form, status } = refusedForm(error, { locale, request, fields, fallback: 'text' })
        return send(reply, await list(request, { order: 'newest' }, form), status)
      }
    },
  )
  pages.get('/wishes/:wishId', { config: read, schema: byId }, async (request, reply) =>
    send(reply, await one(request, request.params.wishId, emptyForm())),
  )
  pages.post(
    '/wishes/:wishId/agreements',
    { config: { ...write, limit: 'agree' }, schema: byId },
    async (request, reply) => {
      const { wishId } = request.params
      const { counted } = await agreeWithWish(deps, request.place, wishId)
      return seeOther(reply, scope, paths.wish(wishId), counted ? 'wish-agreed' : 'wish-agreed-before')
    },
  )
  pages.post(
    '/wishes/:wishId/reports',
    { config: { ...write, limit: 'report' }, schema: { ...byId, body: typedReport } },
    async (request, reply) => {
      const { wishId } = request.params
      try {
        const { words } = request.body
        await reportWish(deps, request.place, { wishId, words, reason: reasonOf(request.body.reason) })
        // It may be hidden by now: the list is always there.
        return seeOther(reply, scope, paths.wishes(), 'wish-reported')
      } catch (error) {
        if (error instanceof DomainError && error.code === 'not-found') throw error
        reply.headers(retryAfter(error))
        const fields = ['reason', 'words']
        const { form, status } = refusedForm(error, { locale, request, fields, fallback: 'reason' })
        return send(reply, await one(request, wishId, form), status)
      }
    },
  )
  pages.get('/wishes/links/:withdrawalToken', { config: read, schema: byToken }, async (request, reply) => {
    const token = request.params.withdrawalToken
    const wish = await ownWish(db, organisationId, token)
    const model = { wish, token, url: wholeUrl(scope, paths.ownWish(token)) }
    return send(reply, ownWishView(await contextOf(scope, request), model))
  })
  pages.post(
    '/wishes/links/:withdrawalToken/withdrawals',
    { config: write, schema: byToken },
    async (request, reply) => {
      const token = request.params.withdrawalToken
      await takeAwayWish(deps, request.id, token)
      return seeOther(reply, scope, paths.ownWish(token), 'wish-erased')
    },
  )
}

function reasonOf(typed: string): WishReason {
  const reason = wishReasons.find(each => each === typed)
  if (reason) return reason
  const words = { nl: text('nl').wishes.report.choose, en: text('en').wishes.report.choose }
  throw new DomainError('invalid-request', { field: 'reason', reason: words })
}
