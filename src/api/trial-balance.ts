/** The trial balance, for everybody: every state of money in total, and that both sides are equal. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { accountKinds, type Totals, trialBalances } from '../ledger/index.ts'
import { amountOut, amountSchema, currencySchema, instantSchema } from '../platform/http/amount.ts'
import { costlyWith } from '../platform/rate-limits/index.ts'

export const recordedAtQuery = instantSchema
  .optional()
  .meta({ description: 'As it was recorded at that moment; now when left out.' })

export const instantOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text))

/** By kind of account, each on its own side. */
export const totalsSchema = z.record(z.string(), amountSchema)

export const totalsOut = (totals: Totals) =>
  Object.fromEntries(Object.entries(totals).map(([kind, total]) => [kind, amountOut(total)]))

const noTotals = Object.fromEntries(accountKinds.map(kind => [kind, 0n])) as Totals

const trialBalanceSchema = z
  .object({
    currency: currencySchema,
    currencies: z.array(currencySchema).meta({ description: 'All that this organisation has accounts in.' }),
    accounts: totalsSchema,
    debit: amountSchema.meta({ description: 'What stands on debit sides; as much as on credit sides.' }),
    credit: amountSchema,
  })
  .meta({ id: 'TrialBalance' })

export function registerTrialBalanceRoutes(api: App, { db, organisationId }: Deps): void {
  api.get(
    '/trial-balance',
    {
      config: { permission: 'public.read', limit: costlyWith('recordedAt') },
      schema: {
        tags: ['ledger'],
        operationId: 'getTrialBalance',
        summary: 'Every state of money of one currency, in total; now, or as recorded at a moment',
        querystring: z.strictObject({ currency: currencySchema.default('EUR'), recordedAt: recordedAtQuery }),
        response: { 200: trialBalanceSchema },
      },
    },
    async ({ query: { currency, recordedAt } }) => {
      const balances = await trialBalances(db, organisationId, instantOf(recordedAt))
      const own = balances.find(each => each.currency === currency)
      return {
        currency,
        currencies: balances.map(each => each.currency),
        accounts: totalsOut(own?.totals ?? noTotals),
        debit: amountOut(own?.debit ?? 0n),
        credit: amountOut(own?.credit ?? 0n),
      }
    },
  )
}
