/** Pools: reading them, what they sustain and why; founding and closing them. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { poolStanding } from '../enrolments/index.ts'
import { currentBankAccount } from '../organisations/index.ts'
import { amountOut, amountSchema, currencySchema, idSchema, plainText } from '../platform/http/amount.ts'
import { inTransaction } from '../platform/transaction.ts'
import { closePool, createPool, type Pool, poolById, pools } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { becauseOf } from './reason.ts'

const poolTerms = {
  slug: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?$/),
  name: plainText(2, 80),
  kind: z.enum(['community', 'personal']),
  area: plainText(2, 80),
  feeBearer: z.enum(['pool', 'costs']).meta({ description: 'Who bears the fee of the payment provider.' }),
  termMonths: z.int().min(1).max(120),
  paydayOfMonth: z.int().min(1).max(31).meta({ description: 'The bank business day on or before it.' }),
}

export const poolSchema = z
  .object({
    id: idSchema,
    ...poolTerms,
    currency: currencySchema,
    monthlyAmount: amountSchema,
    state: z.enum(['open', 'closed']),
  })
  .meta({ id: 'Pool' })

const newPoolSchema = z.strictObject({
  ...poolTerms,
  feeBearer: poolTerms.feeBearer.default('pool'),
  termMonths: poolTerms.termMonths.default(12),
  paydayOfMonth: poolTerms.paydayOfMonth.default(25),
  monthlyAmount: amountSchema.min(100).max(100_000_000).default(100_000),
})

const lineSchema = z
  .object({
    key: z.string(),
    operation: z.string(),
    amount: amountSchema.optional(),
    count: z.int().optional(),
  })
  .meta({ id: 'ExplanationLine' })

const sustainabilitySchema = z
  .object({
    policy: z.object({ id: z.string(), since: z.iso.date() }),
    currency: currencySchema,
    costOfOneIncome: amountSchema,
    free: amountSchema,
    newIncomes: z.int().meta({ description: 'Full incomes that can start now.' }),
    sustainedIncomes: z.int().meta({ description: 'Running incomes and new ones together.' }),
    progressToNext: z.object({ amount: amountSchema, perMille: z.int() }),
    missingForNext: amountSchema,
    explanation: z.array(lineSchema).meta({ description: 'Recompute it line by line.' }),
  })
  .meta({ id: 'Sustainability' })

const params = z.object({ poolId: idSchema })
const tags = ['pools']

export function poolOut(pool: Pool) {
  const { bankAccountId: _, monthlyAmount, ...rest } = pool
  return { ...rest, monthlyAmount: amountOut(monthlyAmount) }
}

export function registerPoolRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const read = { permission: 'public.read' } as const

  api.get(
    '/pools',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listPools',
        summary: 'All pools',
        response: { 200: z.object({ pools: z.array(poolSchema) }) },
      },
    },
    async () => ({ pools: (await pools(db, organisationId)).map(poolOut) }),
  )
  api.get(
    '/pools/:poolId',
    {
      config: read,
      schema: { tags, operationId: 'getPool', summary: 'One pool', params, response: { 200: poolSchema } },
    },
    async request => poolOut(await poolById(db, organisationId, request.params.poolId)),
  )
  api.get(
    '/pools/:poolId/sustainability',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getSustainability',
        summary: 'How many full incomes the pool sustains, and why',
        params,
        response: { 200: sustainabilitySchema },
      },
    },
    async request => {
      const pool = await poolById(db, organisationId, request.params.poolId)
      return sustainabilityOut(
        (await poolStanding(db, organisationId, pool, deps.clock.now())).sustainability,
      )
    },
  )
  api.post(
    '/pools',
    {
      config: { permission: 'pools.found' },
      schema: {
        tags,
        operationId: 'createPool',
        summary: 'Found a pool',
        security: [{ session: [] }],
        body: newPoolSchema,
        response: { 201: poolSchema },
      },
    },
    async (request, reply) => {
      const account = await currentBankAccount(db, organisationId)
      if (!account) throw new DomainError('not-found', { field: 'bankAccount' })
      const { monthlyAmount, ...terms } = request.body
      const input = {
        ...terms,
        monthlyAmount: BigInt(monthlyAmount),
        currency: account.currency,
        bankAccountId: account.id,
      }
      const pool = await inTransaction(db, trx =>
        createPool(trx, organisationId, actorOf(request), deps.clock.now(), input),
      )
      return reply.code(201).header('location', `/v1/pools/${pool.id}`).send(poolOut(pool))
    },
  )
  api.post(
    '/pools/:poolId/closures',
    {
      config: { permission: 'pools.close' },
      schema: {
        tags,
        operationId: 'closePool',
        summary: 'Close a pool to new gifts and enrolments',
        security: [{ session: [] }],
        params,
        body: becauseOf,
        response: { 200: poolSchema },
      },
    },
    async request => {
      const { poolId } = request.params
      await inTransaction(db, trx =>
        closePool(trx, organisationId, actorOf(request), deps.clock.now(), { poolId, ...request.body }),
      )
      return poolOut(await poolById(db, organisationId, poolId))
    },
  )
}

function sustainabilityOut(s: Awaited<ReturnType<typeof poolStanding>>['sustainability']) {
  return {
    policy: { id: s.policy.id, since: s.policy.since },
    currency: s.currency,
    costOfOneIncome: amountOut(s.costOfOneIncome),
    free: amountOut(s.free),
    newIncomes: s.newIncomes,
    sustainedIncomes: s.sustained,
    progressToNext: { amount: amountOut(s.progress.amount), perMille: Number(s.progress.perMille) },
    missingForNext: amountOut(s.missingForNext),
    explanation: s.explanation.map(line => ({
      key: line.key,
      operation: line.operation,
      ...('amount' in line ? { amount: amountOut(line.amount) } : { count: line.count }),
    })),
  }
}
