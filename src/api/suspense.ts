/** Suspense: what the bank booked and nobody recognises, and saying what it was. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  dateSchema,
  idempotencyHeaders,
  idSchema,
} from '../platform/http/amount.ts'
import { resolveSuspense, suspenseEntries, suspenseReasons } from '../reconciliation/index.ts'
import { reasonSchema } from './reason.ts'

const SHOWN = 100

export const entryKeySchema = z
  .string()
  .regex(/^[0-9a-f-]{36}\/[^\p{Cc}]{1,200}$/u)
  .meta({ description: 'Key of its entry in the ledger.' })

const entrySchema = z
  .object({
    entryKey: entryKeySchema,
    amount: amountSchema.meta({ description: 'In cents; below zero: a debit.' }),
    currency: currencySchema,
    bookedOn: dateSchema,
    reason: z
      .enum(suspenseReasons)
      .nullable()
      .meta({ description: 'Why it is not taken as a transfer; null: nothing in it is known.' }),
  })
  .meta({ id: 'SuspenseEntry' })

export const newResolution = z
  .strictObject({
    entryKey: entryKeySchema,
    poolId: idSchema.optional(),
    transferReference: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'Of the gift that it pays. Either this or the pool.' }),
    reason: reasonSchema,
  })
  .meta({ id: 'NewSuspenseResolution' })

export function registerSuspenseRoutes(api: App, deps: Deps): void {
  const shared = { tags: ['bank'], security: [{ session: [] }] }
  api.get(
    '/suspense-entries',
    {
      config: { permission: 'bank.read' },
      schema: {
        ...shared,
        operationId: 'listSuspenseEntries',
        summary: 'What the bank booked and nobody recognises, newest first; at most 100',
        response: { 200: z.object({ entries: z.array(entrySchema) }) },
      },
    },
    async () => ({
      entries: (await suspenseEntries(deps.db, deps.organisationId, SHOWN)).map(
        ({ entryKey, amount, currency, bookedOn, reason }) => ({
          ...{ entryKey, currency, bookedOn, reason },
          amount: amountOut(amount),
        }),
      ),
    }),
  )
  api.post(
    '/suspense-resolutions',
    {
      config: { permission: 'suspense.resolve' },
      schema: {
        ...shared,
        operationId: 'resolveSuspense',
        summary: 'Say what an entry in suspense was, once and for good',
        headers: idempotencyHeaders,
        body: newResolution,
        response: { 201: z.object({ ledgerKey: idSchema }) },
      },
    },
    async (request, reply) => {
      const idempotencyKey = request.headers['idempotency-key']
      const ledgerKey = await resolveSuspense(deps, actorOf(request), { ...request.body, idempotencyKey })
      return reply.code(201).send({ ledgerKey })
    },
  )
}
