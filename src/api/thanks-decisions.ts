/** Moderating thank-yous: what waits for staff, and deciding on it. Who wrote them is not answered. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { idSchema } from '../platform/http/amount.ts'
import { decideThanks, openThanks, thanksDecisions, thanksReasons } from '../thanks/index.ts'
import { pageLimit } from './paging.ts'
import { thanksFields, thanksOut, thanksParams } from './thanks.ts'

const openSchema = z
  .object({
    ...thanksFields,
    poolId: idSchema,
    lookBy: z.iso.date().nullable().meta({ description: 'The last day on which staff is in time.' }),
  })
  .meta({ id: 'OpenThanks' })

const decision = z
  .strictObject({
    decision: z.enum(thanksDecisions),
    because: z.enum(thanksReasons).optional().meta({ description: 'Asked when one is refused.' }),
  })
  .meta({ id: 'ThanksDecision' })

export function registerThanksDecisionRoutes(api: App, deps: Deps): void {
  const config = { permission: 'thanks.moderate' } as const
  const shared = { tags: ['thanks'], security: [{ session: [] }] }

  api.get(
    '/open-thanks',
    {
      config,
      schema: {
        ...shared,
        operationId: 'listOpenThanks',
        summary: 'Thank-yous that wait; the most urgent first',
        querystring: z.strictObject({ limit: pageLimit }),
        response: { 200: z.object({ thanks: z.array(openSchema) }) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const open = await openThanks(deps.db, deps.organisationId, request.query.limit)
      return {
        thanks: open.map(({ poolId, lookBy, ...each }) => ({ ...thanksOut(each), poolId, lookBy })),
      }
    },
  )
  api.post(
    '/thanks/:thanksId/decisions',
    {
      config,
      schema: {
        ...shared,
        operationId: 'decideThanks',
        summary: 'Show a thank-you, or refuse it with the reason, also after it was shown',
        params: thanksParams,
        body: decision,
        response: { 200: z.object({ thanksId: idSchema, state: z.enum(['shown', 'refused']) }) },
      },
    },
    async request => {
      const { thanksId } = request.params
      const state = await decideThanks(deps, actorOf(request), { thanksId, ...request.body })
      return { thanksId, state }
    },
  )
}
