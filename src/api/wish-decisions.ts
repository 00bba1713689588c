/** Moderating wishes: what waits for staff, and deciding on it. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { idSchema } from '../platform/http/amount.ts'
import { decideWish, openWishes, wishDecisions, wishReasons } from '../wishes/index.ts'
import { pageLimit } from './paging.ts'
import { wishFields, wishOut, wishParams } from './wishes.ts'

const openWish = z
  .object({
    ...wishFields,
    state: z.enum(['waiting', 'shown', 'hidden']),
    because: z
      .enum([...wishReasons, 'reported'])
      .nullable()
      .meta({ description: 'Why it is hidden.' }),
    lookBy: z.iso
      .date()
      .nullable()
      .meta({ description: 'The last day on which staff is in time; null: nothing waits.' }),
    reports: z.array(z.object({ reason: z.enum(wishReasons), reports: z.int() })),
    notes: z.array(z.string()).meta({ description: 'What reporters added.' }),
  })
  .meta({ id: 'OpenWish' })

export const wishDecision = z
  .strictObject({
    decision: z.enum(wishDecisions),
    because: z.enum(wishReasons).optional().meta({ description: 'Asked when a wish is refused or hidden.' }),
  })
  .meta({ id: 'WishDecision' })

export function registerWishDecisionRoutes(api: App, deps: Deps): void {
  const config = { permission: 'wishes.moderate' } as const
  const shared = { tags: ['wishes'], security: [{ session: [] }] }

  api.get(
    '/open-wishes',
    {
      config,
      schema: {
        ...shared,
        operationId: 'listOpenWishes',
        summary: 'Wishes that wait, were reported or are hidden; the most urgent first',
        querystring: z.strictObject({ limit: pageLimit }),
        response: { 200: z.object({ wishes: z.array(openWish) }) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const open = await openWishes(deps.db, deps.organisationId, request.query.limit)
      return {
        wishes: open.map(({ state, because, lookBy, notes, reports, ...wish }) => ({
          ...wishOut(wish),
          state: state as 'waiting' | 'shown' | 'hidden',
          because,
          lookBy,
          reports: reports.map(({ reason, reports }) => ({ reason, reports })),
          notes: [...notes],
        })),
      }
    },
  )
  api.post(
    '/wishes/:wishId/decisions',
    {
      config,
      schema: {
        ...shared,
        operationId: 'decideWish',
        summary: 'Show, refuse or hide a wish',
        params: wishParams,
        body: wishDecision,
        response: { 200: z.object({ wishId: idSchema, state: z.enum(['shown', 'refused', 'hidden']) }) },
      },
    },
    async request => {
      const { wishId } = request.params
      const state = await decideWish(deps, actorOf(request), { wishId, ...request.body })
      return { wishId, state: state as 'shown' | 'refused' | 'hidden' }
    },
  )
}
