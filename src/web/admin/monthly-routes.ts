/** The staff's page of a pool's monthly gifts. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { monthlyGiftsOfPool, monthlySums } from '../../donations/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { poolBySlug } from '../../pools/index.ts'
import { contextOf, type PageScope, send } from '../scope.ts'
import { adminMonthlyView } from './monthly.ts'

const SHOWN = 50

export function registerAdminMonthlyRoutes(pages: App, scope: PageScope): void {
  const { db, organisationId } = scope.deps
  pages.get(
    '/admin/pools/:slug/monthly-gifts',
    {
      config: { permission: 'donations.read' },
      schema: {
        hide: true,
        params: z.object({ slug: z.string().max(80) }),
        querystring: z.object({ before: idSchema.optional() }),
      },
    },
    async (request, reply) => {
      const pool = await poolBySlug(db, organisationId, request.params.slug)
      const { before } = request.query
      const gifts = await monthlyGiftsOfPool(db, organisationId, pool.id, { before, limit: SHOWN })
      const sums = await monthlySums(db, organisationId, pool.id)
      const model = { pool, gifts, sums, more: gifts.length === SHOWN }
      return send(reply, adminMonthlyView(await contextOf(scope, request), model))
    },
  )
}
