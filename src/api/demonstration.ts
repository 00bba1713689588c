/** The demonstration clock: a month can be seen within a minute. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import { moveDemonstration } from '../demonstration/move.ts'
import type { Deps } from '../deps.ts'
import { dateSchema, instantSchema } from '../platform/http/amount.ts'
import { LONG_HANDLER_MS } from '../platform/http/time-and-size.ts'

export function registerDemonstrationRoutes(api: App, deps: Deps, options: AppOptions): void {
  api.post(
    '/demonstration-clock-moves',
    {
      config: { permission: 'demonstration.clock' },
      handlerTimeout: LONG_HANDLER_MS,
      schema: {
        tags: ['demonstration'],
        operationId: 'moveClock',
        summary: 'Move the clock forward: to a day, or to the next payday',
        security: [{ session: [] }],
        body: z.strictObject({ to: z.union([z.enum(['next-day', 'next-payday']), dateSchema]) }),
        response: { 201: z.object({ now: instantSchema }) },
      },
    },
    async (request, reply) => {
      const now = await moveDemonstration(deps, actorOf(request), request.body.to, options.liveOn)
      return reply.code(201).send({ now: now.toISOString() })
    },
  )
}
