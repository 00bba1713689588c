/** The ledger's accounts, one by one: for staff, since an enrolment's account is one person's income. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import {
  accountById,
  accountKinds,
  accountsOf,
  balanceEffectiveAt,
  balanceRecordedAt,
  type LedgerAccount,
} from '../ledger/index.ts'
import { amountOut, amountSchema, currencySchema, idSchema, instantSchema } from '../platform/http/amount.ts'
import { DomainError } from '../refusals.ts'
import { linkNext, numberSchema, pageLimit } from './paging.ts'

const accountSchema = z
  .object({
    id: numberSchema.meta({ description: 'Number of the account, as text.' }),
    kind: z.enum(accountKinds),
    side: z.enum(['debit', 'credit', 'either']),
    subject: z.string().meta({ description: 'Opaque: what it is for; empty for the organisation.' }),
    poolId: idSchema.nullable(),
    currency: currencySchema,
    balance: amountSchema.meta({ description: 'On its own side; of either: debit positive.' }),
    postings: z.int().meta({ description: 'How many it has now.' }),
    lastRecordedAt: instantSchema.nullable(),
  })
  .meta({ id: 'LedgerAccount' })

const listQuery = z.strictObject({
  kind: z.enum(accountKinds).optional(),
  poolId: idSchema.optional(),
  after: numberSchema.optional().meta({ description: 'Cursor: accounts opened after this one.' }),
  limit: pageLimit,
})

const momentQuery = z
  .strictObject({
    recordedAt: instantSchema.optional().meta({ description: 'The balance as we had written it down then.' }),
    effectiveAt: instantSchema.optional().meta({
      description: 'The balance as it was then by all that we know now. Not together with recordedAt.',
    }),
  })
  .refine(query => query.recordedAt === undefined || query.effectiveAt === undefined, {
    path: ['effectiveAt'],
    message: 'cannot be asked together with recordedAt',
  })

export const ofAccount = z.object({ accountId: numberSchema })

export async function knownAccount({ db, organisationId }: Deps, accountId: string): Promise<LedgerAccount> {
  const account = await accountById(db, organisationId, BigInt(accountId))
  if (!account) throw new DomainError('not-found', { field: 'accountId' })
  return account
}

function accountOut({ id, kind, side, subject, poolId, currency, ...account }: LedgerAccount) {
  return {
    id: id.toString(),
    ...{ kind, side, subject, poolId, currency },
    balance: amountOut(account.balance),
    postings: amountOut(account.version),
    lastRecordedAt: account.recordedAt?.toISOString() ?? null,
  }
}

export function registerLedgerAccountRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const shared = { tags: ['ledger'], security: [{ session: [] }] }
  const config = { permission: 'ledger.read' } as const

  api.get(
    '/ledger-accounts',
    {
      config,
      schema: {
        ...shared,
        operationId: 'listLedgerAccounts',
        summary: 'Accounts of the ledger with their balances, in the order they were opened',
        querystring: listQuery,
        response: { 200: z.object({ accounts: z.array(accountSchema) }) },
      },
    },
    async ({ query }, reply) => {
      const after = query.after === undefined ? undefined : BigInt(query.after)
      const { accounts, next } = await accountsOf(db, organisationId, { ...query, after })
      if (next !== null) reply.header('link', linkNext('/ledger-accounts', query, { after: next }))
      return { accounts: accounts.map(accountOut) }
    },
  )
  api.get(
    '/ledger-accounts/:accountId',
    {
      config,
      schema: {
        ...shared,
        operationId: 'getLedgerAccount',
        summary: 'One account with its balance: now, as recorded at a moment, or as it took effect',
        params: ofAccount,
        querystring: momentQuery,
        response: { 200: accountSchema },
      },
    },
    async ({ params, query: { recordedAt, effectiveAt } }) => {
      const account = await knownAccount(deps, params.accountId)
      if (recordedAt === undefined && effectiveAt === undefined) return accountOut(account)
      const balance = await (recordedAt === undefined
        ? balanceEffectiveAt(db, organisationId, account, new Date(effectiveAt ?? ''))
        : balanceRecordedAt(db, organisationId, account, new Date(recordedAt)))
      return accountOut({ ...account, balance })
    },
  )
}
