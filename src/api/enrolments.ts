/** Enrolments: staff enrols a recipient; nobody's name or account is ever answered. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { type Enrolment, enrol, enrolmentsOf } from '../enrolments/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  dateSchema,
  idempotencyHeaders,
  idSchema,
  monthSchema,
  plainText,
} from '../platform/http/amount.ts'
import { poolById } from '../pools/index.ts'
import { emailSchema } from './people.ts'
import { reasonSchema } from './reason.ts'

const enrolmentSchema = z
  .object({
    id: idSchema,
    poolId: idSchema,
    monthlyAmount: amountSchema,
    currency: currencySchema,
    firstMonth: monthSchema,
    lastMonth: monthSchema,
    termMonths: z.int(),
  })
  .meta({ id: 'Enrolment' })

export const newEnrolment = z
  .strictObject({
    name: plainText(2, 70),
    birthDate: dateSchema.meta({ description: 'Looked at once, never stored.' }),
    iban: z.string().trim().min(5).max(50),
    firstMonth: monthSchema,
    checkedHow: plainText(3, 200).meta({ description: 'How identity and residence were checked.' }),
    email: emailSchema.optional().meta({ description: 'To sign in with; sealed, never answered.' }),
    locale: z.enum(['nl', 'en']).optional().meta({ description: 'Of the mail to that address.' }),
    reason: reasonSchema.meta({
      description: 'Why this person: how they were chosen. Without personal data.',
    }),
  })
  .meta({ id: 'NewEnrolment' })

const params = z.object({ poolId: idSchema })
const enrolmentOut = ({ personId: _, monthlyAmount, ...rest }: Enrolment) => ({
  ...rest,
  monthlyAmount: amountOut(monthlyAmount),
})

export function registerEnrolmentRoutes(api: App, deps: Deps, options: AppOptions): void {
  const { db, organisationId } = deps
  const shared = { tags: ['enrolments'], security: [{ session: [] }], params }

  api.get(
    '/pools/:poolId/enrolments',
    {
      config: { permission: 'enrolments.read' },
      schema: {
        ...shared,
        operationId: 'listEnrolments',
        summary: 'Enrolments of a pool',
        response: { 200: z.object({ enrolments: z.array(enrolmentSchema) }) },
      },
    },
    async request => {
      const pool = await poolById(db, organisationId, request.params.poolId)
      return { enrolments: (await enrolmentsOf(db, organisationId, pool.id)).map(enrolmentOut) }
    },
  )
  api.post(
    '/pools/:poolId/enrolments',
    {
      config: { permission: 'enrolments.create' },
      schema: {
        ...shared,
        operationId: 'enrol',
        summary: 'Enrol a recipient and reserve the whole term',
        headers: idempotencyHeaders,
        body: newEnrolment,
        response: { 201: enrolmentSchema },
      },
    },
    async (request, reply) => {
      const enrolment = await enrol(deps, actorOf(request), {
        ...request.body,
        poolId: request.params.poolId,
        idempotencyKey: request.headers['idempotency-key'],
      })
      if (request.body.email !== undefined) await options.requestJob('send-mail')
      return reply.code(201).send(enrolmentOut(enrolment))
    },
  )
}
