/** News as anybody reads it, and following: at once for whoever is signed in, after a letter for an address that was typed in. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf, anyActorOf } from '../../auth/index.ts'
import { retryAfter } from '../../platform/http/problem.ts'
import { type Pool, poolById, poolBySlug, pools } from '../../pools/index.ts'
import {
  askToFollow,
  follow,
  followByLink,
  latestNews,
  subjectOfFollowLink,
  unfollow,
} from '../../retention/index.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { doesFollow, mayFollow } from './follows.ts'
import { followLinkView, newsView } from './news.ts'
import { poolView } from './pool.ts'
import { poolModel } from './routes.ts'

const SHOWN = 30
const typed = z.object({ followEmail: z.string().max(400).default('') }).nullish()

export function registerNewsRoutes(pages: App, scope: PageScope): void {
  const { deps, locale, options } = scope
  const { db, organisationId } = deps
  const config = { permission: 'public.read' } as const
  const asks = { permission: 'public.follow', limit: 'follow' } as const
  const bySlug = { hide: true, params: z.object({ slug: z.string().max(80) }), body: typed }

  const list = async (request: FastifyRequest, form: FormState) => {
    const names = new Map((await pools(db, organisationId)).map(({ id, name }) => [id, name]))
    const news = await latestNews(deps, { limit: SHOWN })
    return newsView(await contextOf(scope, request), {
      news: news.map(item => ({ ...item, poolName: names.get(item.poolId ?? '') ?? null })),
      readsNewsletter: await doesFollow(scope, request, null),
      form,
    })
  }
  pages.get('/news', { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, await list(request, emptyForm())),
  )

  const begin = async (request: FastifyRequest, pool: Pool | null, email: string) => {
    const poolId = pool?.id ?? null
    if (mayFollow(request)) return follow(deps, actorOf(request), locale, poolId)
    await askToFollow(deps, anyActorOf(request), { email, locale, poolId })
    await options.requestJob('send-mail')
  }
  const notice = (request: FastifyRequest) => (mayFollow(request) ? 'following' : 'follow-asked')

  pages.post('/pools/:slug/follows', { config: asks, schema: bySlug }, async (request, reply) => {
    const pool = await poolBySlug(db, organisationId, request.params.slug)
    try {
      await begin(request, pool, request.body?.followEmail ?? '')
      return seeOther(reply, scope, paths.pool(pool.slug), notice(request))
    } catch (error) {
      const { form, status } = refused(scope, request, error)
      reply.headers(retryAfter(error))
      const model = await poolModel(scope, pool, form)
      return send(reply, poolView(await contextOf(scope, request), model), status)
    }
  })
  pages.post(
    '/news/follows',
    { config: asks, schema: { hide: true, body: typed } },
    async (request, reply) => {
      try {
        await begin(request, null, request.body?.followEmail ?? '')
        return seeOther(reply, scope, paths.news, notice(request))
      } catch (error) {
        const { form, status } = refused(scope, request, error)
        reply.headers(retryAfter(error))
        return send(reply, await list(request, form), status)
      }
    },
  )
  const own = { permission: 'follows.manage' } as const
  const noBody = { hide: true, body: z.object({}).nullish() }
  pages.post(
    '/pools/:slug/follow-endings',
    { config: own, schema: { ...bySlug, body: z.object({}).nullish() } },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      await unfollow(deps, actorOf(request), pool.id)
      return seeOther(reply, scope, paths.pool(pool.slug), 'follow-ended')
    },
  )
  pages.post('/news/follow-endings', { config: own, schema: noBody }, async (request, reply) => {
    await unfollow(deps, actorOf(request), null)
    return seeOther(reply, scope, paths.news, 'follow-ended')
  })

  const byToken = { hide: true, params: z.object({ followToken: z.string().min(10).max(200) }) }
  pages.get('/follow/:followToken', { config, schema: byToken }, async (request, reply) => {
    const { followToken: token } = request.params
    const poolId = subjectOfFollowLink(deps, token)
    const pool = poolId === null ? null : (await poolById(db, organisationId, poolId)).name
    return send(reply, followLinkView(await contextOf(scope, request), { pool, token }))
  })
  pages.post(
    '/follow/:followToken',
    { config: { permission: 'public.follow' }, schema: byToken },
    async (request, reply) => {
      const poolId = await followByLink(deps, anyActorOf(request), request.params.followToken)
      const path =
        poolId === null ? paths.news : paths.pool((await poolById(db, organisationId, poolId)).slug)
      return seeOther(reply, scope, path, 'following')
    },
  )
}

const refused = ({ locale }: PageScope, request: FastifyRequest, error: unknown) => {
  const { form, status } = refusedForm(error, { locale, request, fields: ['email'], fallback: 'email' })
  const { email, ...errors } = form.errors
  return { form: { ...form, errors: { ...errors, ...(email ? { followEmail: email } : {}) } }, status }
}
