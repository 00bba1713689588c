/** Searching the journal, and one entry of it: for staff, since an entry names the enrolment that it pays. */
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Deps } from '../deps.ts'
import { entriesById, searchEntries, type WholeEntry } from '../ledger/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  idSchema,
  instantSchema,
  plainText,
} from '../platform/http/amount.ts'
import { DomainError } from '../refusals.ts'
import { linkNext, numberSchema, pageLimit } from './paging.ts'
import { instantOf } from './trial-balance.ts'

const wholeEntrySchema = z
  .object({
    id: numberSchema,
    kind: z.string(),
    nature: z.enum(['fact', 'decision']),
    key: z.string(),
    reverses: numberSchema.nullable().meta({ description: 'The entry that this one undoes.' }),
    effectiveAt: instantSchema.meta({ description: 'When it happened.' }),
    recordedAt: instantSchema.meta({ description: 'When it was written.' }),
    currency: currencySchema,
    postings: z.array(
      z.object({
        accountId: numberSchema,
        account: z.string(),
        subject: z.string(),
        amount: amountSchema.meta({ description: 'Debit positive, credit negative.' }),
      }),
    ),
  })
  .meta({ id: 'WholeLedgerEntry' })

const searchQuery = z.strictObject({
  kind: z
    .string()
    .regex(/^[a-z][a-z-]{2,60}$/, 'must be a kind of entry such as income-paid')
    .optional(),
  effectiveFrom: instantSchema.optional().meta({ description: 'Happened at this moment or later.' }),
  effectiveUntil: instantSchema.optional().meta({ description: 'Happened before this moment.' }),
  recordedFrom: instantSchema.optional().meta({ description: 'Written at this moment or later.' }),
  recordedUntil: instantSchema.optional().meta({ description: 'Written before this moment.' }),
  keyPrefix: plainText(1, 200).optional().meta({ description: 'What the key begins with, case and all.' }),
  poolId: idSchema.optional().meta({ description: 'Touched an account of this pool.' }),
  before: numberSchema.optional().meta({ description: 'Cursor: entries with lower ids than this one.' }),
  limit: pageLimit,
})

const wholeEntryOut = (entry: WholeEntry) => ({
  ...entry,
  id: entry.id.toString(),
  reverses: entry.reverses?.toString() ?? null,
  effectiveAt: entry.effectiveAt.toISOString(),
  recordedAt: entry.recordedAt.toISOString(),
  postings: entry.postings.map(posting => ({
    ...posting,
    accountId: posting.accountId.toString(),
    amount: amountOut(posting.amount),
  })),
})

export function registerLedgerEntryRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const shared = { tags: ['ledger'], security: [{ session: [] }] }
  const config = { permission: 'ledger.read' } as const

  api.get(
    '/ledger-entries',
    {
      config: { ...config, limit: 'costly' },
      schema: {
        ...shared,
        operationId: 'searchLedgerEntries',
        summary: 'Search the journal, newest first',
        querystring: searchQuery,
        response: { 200: z.object({ entries: z.array(wholeEntrySchema) }) },
      },
    },
    async ({ query }, reply) => {
      const { kind, keyPrefix, poolId, before, limit } = query
      const filter = {
        ...{ kind, keyPrefix, poolId },
        effectiveFrom: instantOf(query.effectiveFrom),
        effectiveUntil: instantOf(query.effectiveUntil),
        recordedFrom: instantOf(query.recordedFrom),
        recordedUntil: instantOf(query.recordedUntil),
      }
      const page = { before: before === undefined ? undefined : BigInt(before), limit }
      const { entries, next } = await searchEntries(db, organisationId, filter, page)
      if (next !== null) reply.header('link', linkNext('/ledger-entries', query, { before: next }))
      return { entries: entries.map(wholeEntryOut) }
    },
  )
  api.get(
    '/ledger-entries/:entryId',
    {
      config,
      schema: {
        ...shared,
        operationId: 'getLedgerEntry',
        summary: 'One entry with its postings',
        params: z.object({ entryId: numberSchema }),
        response: { 200: wholeEntrySchema },
      },
    },
    async ({ params }) => {
      const [entry] = await entriesById(db, organisationId, [BigInt(params.entryId)])
      if (!entry) throw new DomainError('not-found', { field: 'entryId' })
      return wholeEntryOut(entry)
    },
  )
}
