/** News: what everybody reads, writing and taking down, and asking for it by e-mail. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import { actorOf, anyActorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { idempotencyHeaders, idSchema, instantSchema, plainText } from '../platform/http/amount.ts'
import {
  askToFollow,
  LONGEST_NEWS,
  LONGEST_TITLE,
  latestNews,
  type News,
  publishNews,
  takeDownNews,
} from '../retention/index.ts'
import { pageLimit } from './paging.ts'
import { becauseOf } from './reason.ts'

const newsSchema = z
  .object({
    id: idSchema,
    poolId: idSchema.nullable().meta({ description: 'Null: the newsletter of the organisation.' }),
    locale: z.enum(['nl', 'en']),
    title: z.string(),
    paragraphs: z.array(z.string()),
    publishedAt: instantSchema,
  })
  .meta({ id: 'News' })

const newNews = z
  .strictObject({
    locale: z.enum(['nl', 'en']).default('nl'),
    title: plainText(3, LONGEST_TITLE),
    words: z.string().min(10).max(LONGEST_NEWS).meta({
      description: 'Plain text. An empty line begins a new paragraph.',
    }),
  })
  .meta({ id: 'NewNews' })

const followRequest = z
  .strictObject({
    email: z.string().max(254),
    poolId: idSchema.nullable().default(null).meta({ description: 'Null: the newsletter.' }),
    locale: z.enum(['nl', 'en']).default('nl'),
  })
  .meta({ id: 'FollowRequest' })

const newsOut = (news: News) => ({
  ...news,
  paragraphs: [...news.paragraphs],
  publishedAt: news.publishedAt.toISOString(),
})

export function registerNewsApi(api: App, deps: Deps, options: AppOptions): void {
  const shared = { tags: ['news'] }
  const byStaff = { ...shared, security: [{ session: [] }] }

  api.get(
    '/news',
    {
      config: { permission: 'public.read' },
      schema: {
        ...shared,
        operationId: 'listNews',
        summary: 'News of pools and of the organisation, the latest first',
        querystring: z.strictObject({ poolId: idSchema.optional(), limit: pageLimit }),
        response: { 200: z.object({ news: z.array(newsSchema) }) },
      },
    },
    async request => ({ news: (await latestNews(deps, request.query)).map(newsOut) }),
  )
  for (const [path, operationId, summary] of [
    ['/pools/:poolId/news', 'publishPoolNews', 'Publish news of a pool and mail it to whoever follows it'],
    ['/news', 'publishNews', 'Publish the newsletter and mail it to whoever asked for it'],
  ] as const) {
    api.post(
      path,
      {
        config: { permission: 'news.publish' },
        schema: {
          ...byStaff,
          ...{ operationId, summary },
          ...(path === '/news' ? {} : { params: z.object({ poolId: idSchema }) }),
          headers: idempotencyHeaders,
          body: newNews,
          response: { 201: z.object({ newsId: idSchema }) },
        },
      },
      async (request, reply) => {
        const { poolId = null } = (request.params ?? {}) as { poolId?: string }
        const idempotencyKey = request.headers['idempotency-key'] as string
        const news = { ...request.body, poolId, idempotencyKey }
        const newsId = await publishNews(deps, actorOf(request), news)
        await options.requestJob('tell-followers')
        reply.code(201)
        return { newsId }
      },
    )
  }
  api.post(
    '/news/:newsId/withdrawals',
    {
      config: { permission: 'news.publish' },
      schema: {
        ...byStaff,
        operationId: 'takeDownNews',
        summary: 'Take news down',
        params: z.object({ newsId: idSchema }),
        body: becauseOf,
        response: { 204: z.null().meta({ description: 'It shows nowhere any more' }) },
      },
    },
    async (request, reply) => {
      await takeDownNews(deps, actorOf(request), request.params.newsId, request.body.reason)
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/follow-requests',
    {
      config: { permission: 'public.follow', limit: 'follow' },
      schema: {
        ...shared,
        operationId: 'askToFollow',
        summary: 'Ask for news by e-mail: a letter asks whether the address is willing',
        body: followRequest,
        response: { 202: z.object({ asked: z.literal(true) }) },
      },
    },
    async (request, reply) => {
      await askToFollow(deps, anyActorOf(request), request.body)
      await options.requestJob('send-mail')
      reply.code(202)
      return { asked: true as const }
    },
  )
}
