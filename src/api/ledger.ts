/** What the ledger shows to everybody of a pool: its entries, and what it holds. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { inTotal, poolLedger, poolTotals } from '../ledger/index.ts'
import { amountOut, amountSchema, currencySchema, idSchema, instantSchema } from '../platform/http/amount.ts'
import { costlyWith } from '../platform/rate-limits/index.ts'
import { poolById } from '../pools/index.ts'
import { linkNext, numberSchema, pageLimit } from './paging.ts'
import { instantOf, recordedAtQuery, totalsOut, totalsSchema } from './trial-balance.ts'

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
  before: numberSchema.optional().meta({ description: 'Cursor: entries older than this one.' }),
  limit: pageLimit,
})
const ofPool = z.object({ poolId: idSchema })
const poolSummarySchema = z
  .object({
    poolId: idSchema,
    currency: currencySchema,
    accounts: totalsSchema,
    funds: amountSchema.meta({ description: 'Given and not promised: pending, available and disputed.' }),
    promised: amountSchema.meta({ description: 'To recipients: reserved, payable and sent.' }),
    shortfall: amountSchema.meta({ description: 'What funds lack; repaid first.' }),
  })
  .meta({ id: 'PoolLedgerSummary' })

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
        params: ofPool,
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
        reply.header('link', linkNext(`/pools/${pool.id}/ledger-entries`, request.query, { before: next }))
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
    '/pools/:poolId/ledger-summary',
    {
      config: { ...config, limit: costlyWith('recordedAt') },
      schema: {
        tags,
        operationId: 'getPoolLedgerSummary',
        summary: 'What a pool holds, has promised and lacks; now, or as recorded at a moment',
        params: ofPool,
        querystring: z.strictObject({ recordedAt: recordedAtQuery }),
        response: { 200: poolSummarySchema },
      },
    },
    async ({ params, query }) => {
      const { id, currency } = await poolById(db, organisationId, params.poolId)
      const totals = await poolTotals(db, organisationId, id, instantOf(query.recordedAt))
      const { funds, promised, shortfall } = inTotal(totals)
      return {
        poolId: id,
        currency,
        accounts: totalsOut(totals),
        funds: amountOut(funds),
        promised: amountOut(promised),
        shortfall: amountOut(shortfall),
      }
    },
  )
}
