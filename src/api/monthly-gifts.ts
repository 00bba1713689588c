/** Monthly gifts: starting one, one's own with what one may change about them, and those of a pool for staff. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf, anyActorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import {
  changeMonthlyGift,
  giftLimits,
  type MonthlyGift,
  monthlyGiftStates,
  monthlyGiftsOfPool,
  openAccountPage,
  ownMonthlyGifts,
  startMonthlyGift,
} from '../donations/index.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  idempotencyHeaders,
  idSchema,
  instantSchema,
  plainText,
} from '../platform/http/amount.ts'
import { poolById } from '../pools/index.ts'
import { linkNext, pageLimit } from './paging.ts'

const typed = (max: number) =>
  plainText(0, max)
    .transform(text => text || undefined)
    .optional()

const { smallest, largest } = giftLimits.checkout
const giftAmount = amountSchema.min(Number(smallest)).max(Number(largest))

const newMonthlyGift = z
  .strictObject({
    amount: giftAmount.meta({ description: 'Of each instalment, in cents.' }),
    currency: currencySchema,
    costsShare: amountSchema
      .min(0)
      .max(Number(largest))
      .default(0)
      .meta({ description: 'Separate contribution to running costs with each instalment, in cents.' }),
    nickname: typed(60).meta({
      description: 'Shown with each instalment; leave it out to give anonymously.',
    }),
    asOrganisation: z
      .boolean()
      .default(false)
      .meta({ description: 'The nickname is an organisation’s name.' }),
    message: typed(500),
    email: typed(254).meta({
      description:
        'Needed: each debit is announced there, and whoever signs in with it changes or stops the gift.',
    }),
    locale: z.enum(['nl', 'en']).default('nl'),
  })
  .meta({ id: 'NewMonthlyGift' })

const changeKinds = ['change-amount', 'pause', 'resume', 'stop'] as const
export const monthlyGiftSchema = z
  .object({
    id: idSchema,
    poolId: idSchema,
    amount: amountSchema.meta({ description: 'Of the next instalment, for the pool.' }),
    costsShare: amountSchema,
    currency: currencySchema,
    state: z.enum(monthlyGiftStates).meta({ description: 'As the payment provider said last.' }),
    saidAt: instantSchema.nullable().meta({ description: 'When it said so; null: not yet.' }),
    startedAt: instantSchema,
    nextAt: instantSchema.nullable().meta({ description: 'When the next instalment is due.' }),
    instalments: z.int().meta({ description: 'How many came.' }),
    openChange: z
      .enum(changeKinds)
      .nullable()
      .meta({ description: 'Asked of the provider, and nobody knows yet whether it happened.' }),
  })
  .meta({ id: 'MonthlyGift' })

const newChange = z
  .strictObject({
    what: z.enum(changeKinds),
    amount: giftAmount
      .optional()
      .meta({ description: 'Of each instalment from the next on: with `change-amount`, and only there.' }),
  })
  .refine(({ what, amount }) => (what === 'change-amount') === (amount !== undefined), {
    path: ['amount'],
    message: 'goes with change-amount, and with nothing else',
  })
  .meta({ id: 'NewMonthlyChange' })

export const monthlyGiftOut = ({
  amount,
  costsShare,
  saidAt,
  startedAt,
  nextAt,
  method: _,
  ...rest
}: MonthlyGift) => ({
  ...rest,
  amount: amountOut(amount),
  costsShare: amountOut(costsShare),
  saidAt: saidAt?.toISOString() ?? null,
  startedAt: startedAt.toISOString(),
  nextAt: nextAt?.toISOString() ?? null,
})

export function registerMonthlyGiftRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const tags = ['donations']
  const own = { permission: 'own-monthly-gifts.manage' } as const
  const params = z.object({ monthlyGiftId: idSchema })

  api.post(
    '/pools/:poolId/monthly-gifts',
    {
      config: { permission: 'donations.give', limit: 'give' },
      schema: {
        tags,
        operationId: 'startMonthlyGift',
        summary: 'Start a monthly gift and get the page where its first instalment is paid',
        params: z.object({ poolId: idSchema }),
        headers: idempotencyHeaders,
        body: newMonthlyGift,
        response: { 201: z.object({ monthlyGift: monthlyGiftSchema, checkoutUrl: z.url() }) },
      },
    },
    async (request, reply) => {
      const { amount, costsShare, nickname, message, email, ...rest } = request.body
      const { monthlyGift, checkoutUrl } = await startMonthlyGift(deps, anyActorOf(request), {
        ...{ ...rest, nickname, message, email, poolId: request.params.poolId },
        ...{ amount: BigInt(amount), costsShare: BigInt(costsShare) },
        idempotencyKey: request.headers['idempotency-key'],
      })
      reply.code(201)
      return { monthlyGift: monthlyGiftOut(monthlyGift), checkoutUrl }
    },
  )
  api.get(
    '/monthly-gifts',
    {
      config: own,
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'listOwnMonthlyGifts',
        summary: 'Your own monthly gifts, by the address that you signed in with',
        response: { 200: z.object({ monthlyGifts: z.array(monthlyGiftSchema) }) },
      },
    },
    async request => {
      const gifts = await ownMonthlyGifts(deps, actorOf(request).id)
      return { monthlyGifts: gifts.map(monthlyGiftOut) }
    },
  )
  api.post(
    '/monthly-gifts/:monthlyGiftId/changes',
    {
      config: own,
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'changeMonthlyGift',
        summary: 'Change the amount from the next instalment on, pause, resume, or stop',
        params,
        headers: idempotencyHeaders,
        body: newChange,
        response: { 200: monthlyGiftSchema },
      },
    },
    async request => {
      const { what, amount } = request.body
      const gift = await changeMonthlyGift(deps, actorOf(request), {
        ...{ monthlyGiftId: request.params.monthlyGiftId, what },
        amount: amount === undefined ? undefined : BigInt(amount),
        idempotencyKey: request.headers['idempotency-key'],
      })
      return monthlyGiftOut(gift)
    },
  )
  api.post(
    '/monthly-gifts/:monthlyGiftId/account-pages',
    {
      config: own,
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'openAccountPage',
        summary: 'Get the provider’s page where you choose another account or card',
        params,
        headers: idempotencyHeaders,
        response: { 201: z.object({ url: z.url() }) },
      },
    },
    async (request, reply) => {
      const url = await openAccountPage(deps, actorOf(request), {
        monthlyGiftId: request.params.monthlyGiftId,
        returnUrl: `${deps.publicUrl()}/my-monthly-gifts`,
      })
      reply.code(201)
      return { url }
    },
  )
  api.get(
    '/pools/:poolId/monthly-gifts',
    {
      config: { permission: 'donations.read' },
      schema: {
        tags,
        security: [{ session: [] }],
        operationId: 'listMonthlyGifts',
        summary: 'Monthly gifts to a pool, the newest first, without who gives them',
        params: z.object({ poolId: idSchema }),
        querystring: z.strictObject({
          before: idSchema.optional().meta({ description: 'The last monthly gift of the page before.' }),
          limit: pageLimit,
        }),
        response: { 200: z.object({ monthlyGifts: z.array(monthlyGiftSchema) }) },
      },
    },
    async (request, reply) => {
      const { poolId } = request.params
      await poolById(db, organisationId, poolId)
      const { limit } = request.query
      const gifts = await monthlyGiftsOfPool(db, organisationId, poolId, request.query)
      const last = gifts.at(-1)
      if (last && gifts.length === limit)
        reply.header('link', linkNext(`/pools/${poolId}/monthly-gifts`, request.query, { before: last.id }))
      return { monthlyGifts: gifts.map(monthlyGiftOut) }
    },
  )
}
