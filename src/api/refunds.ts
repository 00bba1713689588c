/** For staff: looking up gifts, without who gave them, and giving them back: one decides, another approves. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import {
  approveRefund,
  decideRefund,
  donationById,
  donationsOf,
  type Refund,
  refundStates,
  refundsOf,
  withdrawRefund,
} from '../donations/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  idempotencyHeaders,
  idSchema,
  instantSchema,
} from '../platform/http/amount.ts'
import { poolById } from '../pools/index.ts'
import { receiptOut, receiptSchema } from './donations.ts'
import { pageLimit } from './paging.ts'
import { becauseOf, noteOf, reasonSchema } from './reason.ts'

const refundSchema = z
  .object({
    id: idSchema,
    donationId: idSchema,
    poolId: idSchema,
    amount: amountSchema,
    currency: currencySchema,
    state: z.enum(refundStates),
    decidedBy: idSchema,
    decidedAt: instantSchema,
    approvedBy: idSchema.nullable(),
    approvedAt: instantSchema.nullable(),
    withdrawnAt: instantSchema.nullable(),
  })
  .meta({ id: 'Refund' })

const foundDonation = receiptSchema.extend({ refunds: z.array(refundSchema) }).meta({ id: 'FoundDonation' })

export const newRefund = z
  .strictObject({
    amount: amountSchema.min(1).max(Number.MAX_SAFE_INTEGER),
    reason: reasonSchema,
  })
  .meta({ id: 'NewRefund' })

const refundOut = ({ amount, decidedAt, approvedAt, withdrawnAt, askedAt: _, ...rest }: Refund) => ({
  ...rest,
  amount: amountOut(amount),
  decidedAt: decidedAt.toISOString(),
  approvedAt: approvedAt?.toISOString() ?? null,
  withdrawnAt: withdrawnAt?.toISOString() ?? null,
})

export function registerRefundRoutes(api: App, deps: Deps, options: AppOptions): void {
  const { db, organisationId } = deps
  const shared = { tags: ['donations'], security: [{ session: [] }] }

  api.get(
    '/pools/:poolId/donations',
    {
      config: { permission: 'donations.read' },
      schema: {
        ...shared,
        operationId: 'listDonations',
        summary: 'Donations to a pool, newest first, found by id, receipt or amount; never who gave them',
        params: z.object({ poolId: idSchema }),
        querystring: z.object({
          reference: z
            .string()
            .max(100)
            .optional()
            .meta({ description: 'The id of a donation, or the last part of the address of its receipt.' }),
          amount: z.coerce
            .number()
            .int()
            .min(1)
            .max(Number.MAX_SAFE_INTEGER)
            .optional()
            .meta({ description: 'In cents: of the gift, with or without its share for costs.' }),
          before: idSchema.optional().meta({ description: 'Id of a donation: only older ones.' }),
          limit: pageLimit,
        }),
        response: { 200: z.object({ donations: z.array(foundDonation) }) },
      },
    },
    async request => {
      const { amount, ...filter } = request.query
      const { id } = await poolById(db, organisationId, request.params.poolId)
      const wanted = amount === undefined ? filter : { ...filter, amount: BigInt(amount) }
      const found = await donationsOf(db, organisationId, id, wanted)
      const refunds = Map.groupBy(
        await refundsOf(
          db,
          organisationId,
          found.map(each => each.id),
        ),
        each => each.donationId,
      )
      return {
        donations: await Promise.all(
          found.map(async each => ({
            ...(await receiptOut(deps, each)),
            refunds: (refunds.get(each.id) ?? []).map(refundOut),
          })),
        ),
      }
    },
  )

  api.post(
    '/donations/:donationId/refunds',
    {
      config: { permission: 'refunds.decide' },
      schema: {
        ...shared,
        operationId: 'decideRefund',
        summary: 'Decide that a gift is given back, in whole or in part; somebody else approves it',
        params: z.object({ donationId: idSchema }),
        headers: idempotencyHeaders,
        body: newRefund,
        response: { 201: refundSchema },
      },
    },
    async (request, reply) => {
      const { donationId } = request.params
      await donationById(db, organisationId, donationId)
      const refund = await decideRefund(deps, actorOf(request), {
        donationId,
        amount: BigInt(request.body.amount),
        reason: request.body.reason,
        idempotencyKey: request.headers['idempotency-key'],
      })
      return reply.code(201).send(refundOut(refund))
    },
  )

  const step = { params: z.object({ refundId: idSchema }), headers: idempotencyHeaders }
  api.post(
    '/refunds/:refundId/approvals',
    {
      config: { permission: 'refunds.approve' },
      schema: {
        ...shared,
        ...step,
        operationId: 'approveRefund',
        summary: 'Approve a refund that somebody else decided: the payment provider is asked to pay it',
        body: noteOf,
        response: { 200: refundSchema },
      },
    },
    async request => {
      const refund = await approveRefund(deps, actorOf(request), {
        refundId: request.params.refundId,
        reason: request.body?.reason,
        idempotencyKey: request.headers['idempotency-key'],
      })
      await options.requestJob('ask-refunds')
      return refundOut(refund)
    },
  )
  api.post(
    '/refunds/:refundId/withdrawals',
    {
      config: { permission: 'refunds.withdraw' },
      schema: {
        ...shared,
        ...step,
        operationId: 'withdrawRefund',
        summary:
          'Call a refund off that was not asked for yet, was refused or came back: the fund has the money again',
        body: becauseOf,
        response: { 200: refundSchema },
      },
    },
    async request =>
      refundOut(
        await withdrawRefund(deps, actorOf(request), {
          refundId: request.params.refundId,
          reason: request.body.reason,
          idempotencyKey: request.headers['idempotency-key'],
        }),
      ),
  )
}
