/** The statement of an account, for staff: every posting with the balance that it left. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { statementOf } from '../ledger/index.ts'
import { amountOut, amountSchema, currencySchema, instantSchema } from '../platform/http/amount.ts'
import { knownAccount, ofAccount } from './ledger-accounts.ts'
import { linkNext, numberSchema, pageLimit } from './paging.ts'

const lineSchema = z
  .object({
    version: numberSchema.meta({ description: '1 for the first posting of the account, 2 for the next.' }),
    entryId: numberSchema,
    kind: z.string(),
    key: z.string(),
    effectiveAt: instantSchema.meta({ description: 'When it happened.' }),
    recordedAt: instantSchema.meta({ description: 'When it was written.' }),
    amount: amountSchema.meta({ description: 'Debit positive, credit negative.' }),
    balanceAfter: amountSchema.meta({ description: 'What the account then held, signed like the amount.' }),
  })
  .meta({ id: 'StatementLine' })

const statementQuery = z.strictObject({
  order: z.enum(['oldest', 'newest']).default('oldest').meta({ description: 'Which postings come first.' }),
  after: numberSchema.optional().meta({ description: 'Cursor: go on after this version.' }),
  limit: pageLimit,
})

export function registerLedgerStatementRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps

  api.get(
    '/ledger-accounts/:accountId/postings',
    {
      config: { permission: 'ledger.read' },
      schema: {
        tags: ['ledger'],
        security: [{ session: [] }],
        operationId: 'listLedgerAccountPostings',
        summary: 'Statement of an account: its postings, each with the balance after it',
        params: ofAccount,
        querystring: statementQuery,
        response: {
          200: z.object({
            currency: currencySchema,
            side: z
              .enum(['debit', 'credit', 'either'])
              .meta({ description: 'The side on which it normally stands.' }),
            postings: z.array(lineSchema),
          }),
        },
      },
    },
    async ({ params, query }, reply) => {
      const account = await knownAccount(deps, params.accountId)
      const after = query.after === undefined ? undefined : BigInt(query.after)
      const { lines, next } = await statementOf(db, organisationId, account, { ...query, after })
      const path = `/ledger-accounts/${account.id}/postings`
      if (next !== null) reply.header('link', linkNext(path, query, { after: next }))
      return {
        currency: account.currency,
        side: account.side,
        postings: lines.map(line => ({
          ...line,
          version: line.version.toString(),
          entryId: line.entryId.toString(),
          effectiveAt: line.effectiveAt.toISOString(),
          recordedAt: line.recordedAt.toISOString(),
          amount: amountOut(line.amount),
          balanceAfter: amountOut(account.side === 'credit' ? -line.balanceAfter : line.balanceAfter),
        })),
      }
    },
  )
}
