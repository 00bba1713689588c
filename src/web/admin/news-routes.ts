/** The desk at which staff writes news and takes it down. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf, allows } from '../../auth/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import { latestNews, poolOfNews, publishNews, takeDownNews } from '../../retention/index.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { reasonOf } from './asked.ts'
import { newsDeskView } from './news.ts'
import { viewerOf } from './routes.ts'

const SHOWN = 20
const typedNews = z.object({
  pool: z.string().max(80).default(''),
  locale: z.enum(['nl', 'en']).default('nl'),
  title: z.string().max(1000).default(''),
  words: z.string().max(20_000).default(''),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/),
})

export function registerNewsDesk(pages: App, scope: PageScope): void {
  const { deps, locale, options } = scope
  const { db, organisationId } = deps
  const config = { permission: 'news.publish', pools: 'filtered' } as const

  const desk = async (request: FastifyRequest, form: FormState) => {
    const { grants } = viewerOf(request)
    const all = await pools(db, organisationId)
    const names = new Map(all.map(({ id, name }) => [id, name]))
    const mine = all.filter(({ id }) => allows('news.publish', grants, id))
    const news = await latestNews(deps, { limit: SHOWN })
    return newsDeskView(await contextOf(scope, request), {
      subjects: [
        ...mine.map(({ slug, name }) => ({ value: slug, label: name })),
        ...(allows('news.publish', grants, null)
          ? [{ value: '', label: text(locale).news.admin.newsletter }]
          : []),
      ],
      news: news.map(item => ({
        ...item,
        poolName: names.get(item.poolId ?? '') ?? null,
        mayTakeDown: allows('news.publish', grants, item.poolId),
      })),
      form,
    })
  }
  pages.get('/admin/news', { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, await desk(request, emptyForm())),
  )
  pages.post('/admin/news', { config, schema: { hide: true, body: typedNews } }, async (request, reply) => {
    const { pool: slug, ...news } = request.body
    try {
      const pool = (await pools(db, organisationId)).find(each => each.slug === slug)
      if (slug !== '' && !pool) throw new DomainError('not-found', { field: 'pool' })
      const poolId = pool?.id ?? null
      if (!allows('news.publish', viewerOf(request).grants, poolId)) throw new DomainError('not-allowed')
      await publishNews(deps, actorOf(request), { ...news, poolId })
      await options.requestJob('tell-followers')
      return seeOther(reply, scope, paths.adminNews, 'news-published')
    } catch (error) {
      const asked = { locale, request, fields: ['pool', 'locale', 'title', 'words'], fallback: 'title' }
      const { form, status } = refusedForm(error, asked)
      return send(reply, await desk(request, form), status)
    }
  })
  pages.post(
    '/admin/news/:newsId/withdrawals',
    {
      config: { permission: 'news.publish' },
      schema: {
        hide: true,
        params: z.object({ newsId: idSchema }),
        body: z.record(z.string(), z.string().max(1000)).nullish(),
      },
    },
    async (request, reply) => {
      const { newsId } = request.params
      const field = `reason-${newsId}`
      if ((await poolOfNews(deps, newsId)) === undefined)
        throw new DomainError('not-found', { field: 'newsId' })
      try {
        await takeDownNews(deps, actorOf(request), newsId, reasonOf(request.body, field))
        return seeOther(reply, scope, paths.adminNews, 'news-taken-down')
      } catch (error) {
        const { form, status } = refusedForm(error, { locale, request, fields: [field], fallback: field })
        return send(reply, await desk(request, form), status)
      }
    },
  )
}
