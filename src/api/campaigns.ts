/** Campaigns: those that everybody reads, and one's own. Pictures are sent on the pages. */
import { z } from 'zod'
import type { App } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import {
  type Campaign,
  campaignById,
  campaignStanding,
  campaignStates,
  campaigns,
  campaignsOf,
  choices,
  LARGEST_MONTH,
  LONGEST_STORY,
  LONGEST_TERM,
  LONGEST_TITLE,
  LONGEST_UPDATE,
  SHORTEST_STORY,
  SMALLEST_MONTH,
  startCampaign,
  storyOf,
  submitCampaign,
  updatesOf,
  writeUpdate,
} from '../campaigns/index.ts'
import type { Deps } from '../deps.ts'
import {
  amountOut,
  amountSchema,
  currencySchema,
  dateSchema,
  idempotencyHeaders,
  idSchema,
  instantSchema,
  plainText,
} from '../platform/http/amount.ts'
import { DomainError } from '../refusals.ts'
import { pageLimit } from './paging.ts'

export const campaignParams = z.object({ campaignId: idSchema })
const forWhom = z.enum(['self', 'other'])
const markdown = (min: number, max: number) => z.string().min(min).max(max).meta({ description: 'Markdown.' })

const summary = {
  id: idSchema,
  title: z.string(),
  area: z.string(),
  forWhom: forWhom.meta({ description: 'Whether the starter raises money for themselves.' }),
  state: z.enum(campaignStates),
  monthlyAmount: amountSchema.meta({ description: 'Gross, a month, in minor units.' }),
  termMonths: z.int(),
  currency: currencySchema,
  lastDay: dateSchema,
  ifUnreached: z.enum(choices).meta({
    description: 'moves: to the pool `movesTo`. refund: every gift goes back.',
  }),
  movesTo: idSchema.nullable(),
  poolId: idSchema.nullable(),
}
const campaignSummary = z.object(summary).meta({ id: 'CampaignSummary' })
const ownCampaign = z
  .object({ ...summary, lookBy: dateSchema.nullable(), because: z.string().nullable() })
  .meta({ id: 'OwnCampaign' })
const campaignSchema = z
  .object({
    ...summary,
    organiser: z.string(),
    story: z.string().meta({ description: 'Markdown of a stranger: render it without HTML.' }),
    goal: amountSchema,
    raised: amountSchema,
    pending: amountSchema.meta({ description: 'Of `raised`, what can still fail.' }),
    updates: z.array(z.object({ id: idSchema, writtenAt: instantSchema, words: z.string().nullable() })),
  })
  .meta({ id: 'Campaign' })

export const newCampaign = z
  .strictObject({
    title: plainText(5, LONGEST_TITLE),
    organiser: plainText(2, 60),
    area: plainText(2, 80),
    forWhom,
    otherAgreed: z.boolean().default(false),
    monthlyAmount: amountSchema.min(Number(SMALLEST_MONTH)).max(Number(LARGEST_MONTH)),
    termMonths: z.int().min(1).max(LONGEST_TERM),
    lastDay: dateSchema,
    ifUnreached: z.enum(choices),
    movesTo: idSchema.optional(),
    story: markdown(SHORTEST_STORY, LONGEST_STORY),
    locale: z.enum(['nl', 'en']).default('nl'),
  })
  .meta({ id: 'NewCampaign' })

const summaryOf = (campaign: Campaign) => {
  const { id, title, area, forWhom, state, termMonths, currency, lastDay } = campaign
  const { ifUnreached, movesTo, poolId, monthlyAmount } = campaign
  const rest = {
    id,
    title,
    area,
    forWhom,
    state,
    termMonths,
    currency,
    lastDay,
    ifUnreached,
    movesTo,
    poolId,
  }
  return { ...rest, monthlyAmount: amountOut(monthlyAmount) }
}

export function registerCampaignRoutes(api: App, deps: Deps): void {
  const { db, organisationId } = deps
  const tags = ['campaigns']
  const read = { permission: 'public.read' } as const
  const own = { permission: 'own-campaigns.manage' } as const
  const writes = { ...own, limit: 'campaign' } as const
  const security = [{ session: [] }]

  api.get(
    '/campaigns',
    {
      config: read,
      schema: {
        tags,
        operationId: 'listCampaigns',
        summary: 'Campaigns that staff approved, newest first',
        querystring: z.strictObject({ limit: pageLimit }),
        response: { 200: z.object({ campaigns: z.array(campaignSummary) }) },
      },
    },
    async request => {
      const states = ['open', 'reached', 'ended', 'closed'] as const
      const found = await campaigns(db, organisationId, { states, limit: request.query.limit })
      return { campaigns: found.map(summaryOf) }
    },
  )
  api.get(
    '/campaigns/:campaignId',
    {
      config: read,
      schema: {
        tags,
        operationId: 'getCampaign',
        summary: 'One campaign that staff approved',
        params: campaignParams,
        response: { 200: campaignSchema },
      },
    },
    async request => {
      const campaign = await campaignById(db, organisationId, request.params.campaignId)
      if (!campaign.poolId) throw new DomainError('not-found', { field: 'campaignId' })
      const { organiser, story } = await storyOf(db, organisationId, campaign.id)
      const { goal, raised, pending } = await campaignStanding(db, organisationId, campaign)
      const updates = await updatesOf(db, organisationId, campaign.id)
      return {
        ...summaryOf(campaign),
        ...{
          organiser,
          story,
          goal: amountOut(goal),
          raised: amountOut(raised),
          pending: amountOut(pending),
        },
        updates: updates.map(({ id, writtenAt, words }) => ({
          id,
          writtenAt: writtenAt.toISOString(),
          words,
        })),
      }
    },
  )
  api.get(
    '/own-campaigns',
    {
      config: own,
      schema: {
        ...{ tags, security },
        operationId: 'listOwnCampaigns',
        summary: 'Campaigns that one started, with why they were refused',
        response: { 200: z.object({ campaigns: z.array(ownCampaign) }) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const found = await campaignsOf(db, organisationId, actorOf(request).id)
      return {
        campaigns: found.map(each => ({ ...summaryOf(each), lookBy: each.lookBy, because: each.because })),
      }
    },
  )
  api.post(
    '/campaigns',
    {
      config: writes,
      schema: {
        ...{ tags, security },
        operationId: 'startCampaign',
        summary: 'Start a campaign: a draft that only its starter sees',
        headers: idempotencyHeaders,
        body: newCampaign,
        response: { 201: z.object({ campaignId: idSchema }) },
      },
    },
    async (request, reply) => {
      const { locale, monthlyAmount, movesTo, ...rest } = request.body
      const terms = { ...rest, movesTo, monthlyAmount: BigInt(monthlyAmount) }
      const idempotencyKey = request.headers['idempotency-key']
      const campaignId = await startCampaign(deps, actorOf(request), { terms, locale, idempotencyKey })
      return reply.code(201).header('location', `/v1/campaigns/${campaignId}`).send({ campaignId })
    },
  )
  api.post(
    '/campaigns/:campaignId/submissions',
    {
      config: writes,
      schema: {
        ...{ tags, security },
        operationId: 'submitCampaign',
        summary: 'Ask staff to look; nothing of it changes from here on',
        params: campaignParams,
        response: { 200: z.object({ lookBy: dateSchema }) },
      },
    },
    async request => ({ lookBy: await submitCampaign(deps, actorOf(request), request.params.campaignId) }),
  )
  api.post(
    '/campaigns/:campaignId/updates',
    {
      config: writes,
      schema: {
        ...{ tags, security },
        operationId: 'writeCampaignUpdate',
        summary: 'Tell how it goes; shown at once',
        params: campaignParams,
        headers: idempotencyHeaders,
        body: z.strictObject({ words: markdown(10, LONGEST_UPDATE) }).meta({ id: 'NewCampaignUpdate' }),
        response: { 201: z.object({ updateId: idSchema }) },
      },
    },
    async (request, reply) => {
      const idempotencyKey = request.headers['idempotency-key']
      const asked = { ...request.params, ...request.body, idempotencyKey }
      return reply.code(201).send({ updateId: await writeUpdate(deps, actorOf(request), asked) })
    },
  )
}
