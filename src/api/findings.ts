/** The checks that staff may ask for over the API: those of `verify`, as far as they stay small enough for a request. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { instantSchema } from '../platform/http/amount.ts'
import { verify } from '../verify/index.ts'

/** A second or two of work. Beyond it the rest is for the terminal, which may take its time. */
const NEWEST = 100_000

export function registerFindingRoutes(api: App, { db, organisationId }: Deps): void {
  api.get(
    '/ledger-findings',
    {
      config: { permission: 'findings.read', limit: 'costly' },
      schema: {
        tags: ['ledger'],
        operationId: 'listLedgerFindings',
        summary: 'Run the checks of the ledger; an empty list means that all laws that were asked hold',
        security: [{ session: [] }],
        response: {
          200: z.object({
            complete: z.boolean().meta({
              description: `False when the ledger has more than ${NEWEST} entries: then only the newest of them and the schema were looked at; the command verify looks at everything.`,
            }),
            at: instantSchema.meta({ description: 'When what was looked at was the present state.' }),
            findings: z.array(
              z.object({
                check: z.string(),
                count: z
                  .int()
                  .meta({ description: 'How often the law is broken; the first of them are in details.' }),
                details: z.array(z.string()),
              }),
            ),
          }),
        },
      },
    },
    async () => {
      const { complete, at, laws } = await verify(db, {
        organisationId,
        newest: NEWEST,
        connections: 1,
        timeoutMs: 25_000,
      })
      return {
        complete,
        at: at.toISOString(),
        findings: laws.filter(law => law.count > 0).map(law => ({ ...law, details: [...law.details] })),
      }
    },
  )
}
