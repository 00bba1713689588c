/** Batches of payments: reading their file, for a reason, and recording that it went to the bank. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { type Batch, handOver, readPaymentFile } from '../disbursements/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  dateSchema,
  idempotencyHeaders,
  idSchema,
  instantSchema,
} from '../platform/http/amount.ts'
import { becauseOf, noteOf } from './reason.ts'

export const batchSchema = z
  .object({
    id: idSchema,
    cycleId: idSchema,
    messageId: z.string(),
    executionDate: dateSchema,
    payouts: z.int(),
    total: amountSchema,
    currency: currencySchema,
    madeAt: instantSchema,
    handedOverAt: instantSchema.nullable(),
  })
  .meta({ id: 'Batch' })

export const batchOut = ({ madeBy: _, handedOverBy: __, total, madeAt, handedOverAt, ...rest }: Batch) => ({
  ...rest,
  total: amountOut(total),
  madeAt: madeAt.toISOString(),
  handedOverAt: handedOverAt?.toISOString() ?? null,
})

const ofBatch = z.object({ batchId: idSchema })

export function registerBatchRoutes(api: App, deps: Deps): void {
  const shared = { tags: ['cycles'], security: [{ session: [] }] }

  api.post(
    '/batches/:batchId/payment-file-readings',
    {
      config: { permission: 'payment-files.read' },
      schema: {
        ...shared,
        operationId: 'readPaymentFile',
        summary: 'The file itself (pain.001.001.09), with names and accounts: for a reason that is recorded',
        produces: ['application/xml'],
        params: ofBatch,
        body: becauseOf,
        response: { 200: z.string().meta({ description: 'XML document.' }) },
      },
    },
    async (request, reply) => {
      const file = await readPaymentFile(deps, actorOf(request), { ...request.params, ...request.body })
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${file.messageId}.xml"`)
        .type('application/xml')
      return reply.serializer(String).send(file.body.toString('utf8'))
    },
  )
  api.post(
    '/batches/:batchId/hand-overs',
    {
      config: { permission: 'payment-files.hand-over' },
      schema: {
        ...shared,
        operationId: 'handOver',
        summary: 'Record, once, that the file went to the bank',
        params: ofBatch,
        headers: idempotencyHeaders,
        body: noteOf,
        response: { 201: batchSchema },
      },
    },
    async (request, reply) => {
      const batch = await handOver(deps, actorOf(request), {
        batchId: request.params.batchId,
        idempotencyKey: request.headers['idempotency-key'],
        reason: request.body?.reason,
      })
      return reply.code(201).send(batchOut(batch))
    },
  )
}
