/** The public ledger, the trial balance and the checks that anybody may ask for. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { checkLedger, organisationTotals, poolLedger } from '../ledger/index.ts'
import { amountOut, amountSchema, idSchema, instantSchema } from '../platform/http/amount.ts'
import { poolById } from '../pools/index.ts'

const entrySchema = z
  .object({
    id: z.string().meta({ description: 'Number of the entry, as text: it may outgrow a JSON number.' }),
    kind: z.string(),
    key: z.string(),
    effectiveAt: instantSchema.meta({ description: 'When it happened.' }),
    recordedAt: instantSchema.meta({ description: 'When it was written.' }),
    postings: z.array(
      z.object({
        account: z.string(),
        amount: amountSchema.meta({ description: 'Debit positive, credit negative.' }),
      }),
    ),
  })
  .meta({ id: 'LedgerEntry' })

const page = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .meta({ description: 'Cursor: entries older than this one.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export function registerLedgerRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const tags = ['ledger']
  const config = { permission: 'public.read' } as const

  api.get(
    '/pools/:poolId/ledger-entries',
    {
      config,
      schema: {
        tags,
        operationId: 'listLedgerEntries',
        summary: 'Ledger of a pool, newest first',
        params: z.object({ poolId: idSchema }),
        querystring: page,
        response: { 200: z.object({ entries: z.array(entrySchema) }) },
      },
    },
    async (request, reply) => {
      const pool = await poolById(db, organisationId, request.params.poolId)
      const { before, limit } = request.query
      const { entries, next } = await poolLedger(db, organisationId, pool.id, {
        before: before === undefined ? undefined : BigInt(before),
        limit,
      })
      if (next !== null) {
        reply.header(
          'link',
          `</v1/pools/${pool.id}/ledger-entries?before=${next}&limit=${limit}>; rel="next"`,
        )
      }
      return {
        entries: entries.map(({ id, kind, key, effectiveAt, recordedAt, postings }) => ({
          id: id.toString(),
          kind,
          key,
          effectiveAt: effectiveAt.toISOString(),
          recordedAt: recordedAt.toISOString(),
          postings: postings.map(posting => ({
            account: posting.account,
            amount: amountOut(posting.amount),
          })),
        })),
      }
    },
  )
  api.get(
    '/trial-balance',
    {
      config,
      schema: {
        tags,
        operationId: 'getTrialBalance',
        summary: 'Every state of money, in total',
        response: { 200: z.object({ accounts: z.record(z.string(), amountSchema) }) },
      },
    },
    async () => {
      const totals = await organisationTotals(db, organisationId)
      return {
        accounts: Object.fromEntries(Object.entries(totals).map(([kind, total]) => [kind, amountOut(total)])),
      }
    },
  )
  api.get(
    '/ledger-findings',
    {
      config: { permission: 'staff.read' },
      schema: {
        tags,
        operationId: 'listLedgerFindings',
        summary: 'Run every check of the ledger; an empty list means that all laws hold',
        security: [{ session: [] }],
        response: {
          200: z.object({ findings: z.array(z.object({ check: z.string(), detail: z.string() })) }),
        },
      },
    },
    async () => ({ findings: await checkLedger(db, organisationId) }),
  )
}
