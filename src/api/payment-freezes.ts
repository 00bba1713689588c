/** Payment freezes: pulled at once by any approver; lifting one is a change (`POST /v1/changes`, kind lift-freeze). */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { type Freeze, freezePayments, freezes } from '../disbursements/index.ts'
import { idSchema, instantSchema } from '../platform/http/amount.ts'
import { becauseOf } from './reason.ts'

const freezeSchema = z
  .object({
    id: idSchema,
    frozenBy: idSchema,
    frozenAt: instantSchema,
    reason: z.string(),
    liftedAt: instantSchema.nullable(),
    liftChangeId: idSchema.nullable(),
  })
  .meta({ id: 'PaymentFreeze' })

const SHOWN = 100

const freezeOut = (freeze: Freeze) => ({
  ...freeze,
  frozenAt: freeze.frozenAt.toISOString(),
  liftedAt: freeze.liftedAt?.toISOString() ?? null,
})

export function registerFreezeRoutes(api: App, deps: Deps): void {
  const shared = { tags: ['changes'], security: [{ session: [] }] }
  api.get(
    '/payment-freezes',
    {
      config: { permission: 'changes.read' },
      schema: {
        ...shared,
        operationId: 'listPaymentFreezes',
        summary: 'The latest payment freezes, newest first: while one is not lifted, no payment goes on',
        response: { 200: z.object({ paymentFreezes: z.array(freezeSchema) }) },
      },
    },
    async () => ({
      paymentFreezes: (await freezes(deps.db, deps.organisationId, SHOWN)).map(freezeOut),
    }),
  )
  api.post(
    '/payment-freezes',
    {
      config: { permission: 'payments.freeze', pools: 'filtered' },
      schema: {
        ...shared,
        operationId: 'freezePayments',
        summary: 'Stop all payments at once; two people lift it',
        body: becauseOf,
        response: { 201: freezeSchema },
      },
    },
    async (request, reply) =>
      reply.code(201).send(freezeOut(await freezePayments(deps, actorOf(request), request.body.reason))),
  )
}
