/** Disbursement cycles: plan, propose, approve, make the payment file, hand it over. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import {
  approveCycle,
  type Batch,
  batchesOf,
  cycleById,
  cycleState,
  cyclesOf,
  handOver,
  makePaymentFile,
  payouts,
  planCycle,
  proposeCycle,
  readPaymentFile,
} from '../disbursements/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  dateSchema,
  idempotencyHeaders,
  idSchema,
  instantSchema,
  monthSchema,
} from '../platform/http/amount.ts'
import { poolById } from '../pools/index.ts'
import { becauseOf, noteOf } from './reason.ts'

const batchSchema = z
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

const cycleSchema = z
  .object({
    id: idSchema,
    poolId: idSchema,
    month: monthSchema,
    payday: dateSchema,
    state: z.enum(['planned', 'proposed', 'approved', 'sent', 'settled']),
    proposedAt: instantSchema.nullable(),
    approvedAt: instantSchema.nullable(),
    payouts: z.array(
      z.object({
        id: idSchema,
        enrolmentId: idSchema,
        amount: amountSchema,
        currency: currencySchema,
        state: z.enum(['planned', 'accrued', 'sent', 'paid', 'returned', 'rejected']),
        reason: z.string().nullable().meta({ description: 'Code of the bank, such as AC04.' }),
      }),
    ),
    batches: z.array(batchSchema),
  })
  .meta({ id: 'Cycle' })

const summarySchema = z
  .object({
    id: idSchema,
    month: monthSchema,
    payday: dateSchema,
    proposedAt: instantSchema.nullable(),
    approvedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CycleSummary' })

const batchOut = ({ madeBy: _, handedOverBy: __, total, madeAt, handedOverAt, ...rest }: Batch) => ({
  ...rest,
  total: amountOut(total),
  madeAt: madeAt.toISOString(),
  handedOverAt: handedOverAt?.toISOString() ?? null,
})

async function cycleOut({ db, organisationId }: Deps, id: string) {
  const cycle = await cycleById(db, organisationId, id)
  const its = await payouts(db, organisationId, { cycleId: id })
  return {
    id: cycle.id,
    poolId: cycle.poolId,
    month: cycle.month,
    payday: cycle.payday,
    state: cycleState(cycle, its),
    proposedAt: cycle.proposedAt?.toISOString() ?? null,
    approvedAt: cycle.approvedAt?.toISOString() ?? null,
    payouts: its.map(({ id: payoutId, enrolmentId, amount, currency, state, reason }) => ({
      id: payoutId,
      enrolmentId,
      amount: amountOut(amount),
      currency,
      state,
      reason,
    })),
    batches: (await batchesOf(db, organisationId, id)).map(batchOut),
  }
}

const ofPool = z.object({ poolId: idSchema })
const ofCycle = z.object({ cycleId: idSchema })
const ofBatch = z.object({ batchId: idSchema })

export function registerCycleRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const shared = { tags: ['cycles'], security: [{ session: [] }] }

  api.get(
    '/pools/:poolId/cycles',
    {
      config: { permission: 'cycles.read' },
      schema: {
        ...shared,
        operationId: 'listCycles',
        summary: 'Cycles of a pool, newest month first',
        params: ofPool,
        response: { 200: z.object({ cycles: z.array(summarySchema) }) },
      },
    },
    async request => {
      const pool = await poolById(db, organisationId, request.params.poolId)
      const cycles = await cyclesOf(db, organisationId, pool.id)
      return {
        cycles: cycles.map(({ id, month, payday, proposedAt, approvedAt }) => ({
          id,
          month,
          payday,
          proposedAt: proposedAt?.toISOString() ?? null,
          approvedAt: approvedAt?.toISOString() ?? null,
        })),
      }
    },
  )
  api.post(
    '/pools/:poolId/cycles',
    {
      config: { permission: 'cycles.plan' },
      schema: {
        ...shared,
        operationId: 'planCycle',
        summary: 'Plan a month ahead of the scheduler',
        params: ofPool,
        body: z.strictObject({ month: monthSchema }),
        response: { 201: cycleSchema },
      },
    },
    async (request, reply) => {
      const pool = await poolById(db, organisationId, request.params.poolId)
      const id = await planCycle(deps, actorOf(request), pool, request.body.month)
      return reply
        .code(201)
        .header('location', `/v1/cycles/${id}`)
        .send(await cycleOut(deps, id))
    },
  )
  api.get(
    '/cycles/:cycleId',
    {
      config: { permission: 'cycles.read' },
      schema: {
        ...shared,
        operationId: 'getCycle',
        summary: 'One cycle with its payouts and batches',
        params: ofCycle,
        response: { 200: cycleSchema },
      },
    },
    async request => cycleOut(deps, request.params.cycleId),
  )
  api.post(
    '/cycles/:cycleId/proposals',
    {
      config: { permission: 'cycles.propose' },
      schema: {
        ...shared,
        operationId: 'proposeCycle',
        summary: 'Propose: freezes who is paid what',
        params: ofCycle,
        headers: idempotencyHeaders,
        body: noteOf,
        response: { 201: cycleSchema },
      },
    },
    async (request, reply) => {
      const { cycleId } = request.params
      await proposeCycle(deps, actorOf(request), {
        cycleId,
        idempotencyKey: request.headers['idempotency-key'],
        reason: request.body?.reason,
      })
      return reply.code(201).send(await cycleOut(deps, cycleId))
    },
  )
  api.post(
    '/cycles/:cycleId/approvals',
    {
      config: { permission: 'cycles.approve' },
      schema: {
        ...shared,
        operationId: 'approveCycle',
        summary: 'Approve as somebody else than the proposer',
        params: ofCycle,
        headers: idempotencyHeaders,
        body: noteOf,
        response: { 201: cycleSchema },
      },
    },
    async (request, reply) => {
      const { cycleId } = request.params
      await approveCycle(deps, actorOf(request), {
        cycleId,
        idempotencyKey: request.headers['idempotency-key'],
        reason: request.body?.reason,
      })
      return reply.code(201).send(await cycleOut(deps, cycleId))
    },
  )
  api.post(
    '/cycles/:cycleId/payment-files',
    {
      config: { permission: 'payment-files.make' },
      schema: {
        ...shared,
        operationId: 'makePaymentFile',
        summary: 'Make the SEPA file of an approved cycle',
        params: ofCycle,
        headers: idempotencyHeaders,
        body: noteOf,
        response: { 201: cycleSchema },
      },
    },
    async (request, reply) => {
      const { cycleId } = request.params
      await makePaymentFile(deps, actorOf(request), {
        cycleId,
        idempotencyKey: request.headers['idempotency-key'],
        reason: request.body?.reason,
      })
      return reply.code(201).send(await cycleOut(deps, cycleId))
    },
  )
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
