/** The checks that staff may ask for over the API: those of `verify`, as far as they stay small enough for a request. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { verify } from '../verify/index.ts'

/** A second or two of work. Beyond it the rest is for the terminal, which may take its time. */
const NEWEST = 100_000

export function registerFindingRoutes(api: App, { db, organisationId }: Deps): void {
  api.get(
    '/ledger-findings',
    {
      config: { permission: 'staff.read' },
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
            findings: z.array(z.object({ check: z.string(), detail: z.string() })),
          }),
        },
      },
    },
    async () => {
      const { complete, laws } = await verify(db, { organisationId, newest: NEWEST, connections: 1 })
      const findings = laws.flatMap(({ check, details }) => details.map(detail => ({ check, detail })))
      return { complete, findings }
    },
  )
}
