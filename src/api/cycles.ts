/** Disbursement cycles: plan, propose, approve, agree to paying again, make the payment file. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import {
  approveCycle,
  approveRetries,
  batchesOf,
  cycleById,
  cycleState,
  cyclesOf,
  makePaymentFile,
  payouts,
  planCycle,
  proposeCycle,
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
import { batchOut, batchSchema } from './batches.ts'
import { noteOf } from './reason.ts'

const cycleSchema = z
  .object({
    id: idSchema,
    poolId: idSchema,
    month: monthSchema,
    payday: dateSchema,
    state: z.enum(['planned', 'proposed', 'approved', 'sent', 'not-all-paid', 'settled']),
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
        retryApproved: z
          .boolean()
          .meta({ description: 'It came back, and an approver agreed to paying it again.' }),
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
    payouts: its.map(({ id: payoutId, enrolmentId, amount, currency, state, reason, retryApproved }) => ({
      id: payoutId,
      enrolmentId,
      amount: amountOut(amount),
      currency,
      state,
      reason,
      retryApproved,
    })),
    batches: (await batchesOf(db, organisationId, id)).map(batchOut),
  }
}

const ofPool = z.object({ poolId: idSchema })
const ofCycle = z.object({ cycleId: idSchema })

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
    '/cycles/:cycleId/retry-approvals',
    {
      config: { permission: 'cycles.approve' },
      schema: {
        ...shared,
        operationId: 'approveRetries',
        summary: 'Agree to paying again what came back, as somebody else than who imported the statement',
        params: ofCycle,
        headers: idempotencyHeaders,
        body: noteOf,
        response: { 201: cycleSchema },
      },
    },
    async (request, reply) => {
      const { cycleId } = request.params
      await approveRetries(deps, actorOf(request), {
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
}
