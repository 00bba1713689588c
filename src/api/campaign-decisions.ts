/** What staff decides about campaigns: approving and refusing, looking again, and carrying out what was chosen. */
import { z } from 'zod'
import type { App, AppOptions } from '../app.ts'
import { actorOf } from '../auth/index.ts'
import {
  approveOutcome,
  campaignStates,
  decideCampaign,
  decideOutcome,
  removeUpdate,
  reviewCampaign,
  withdrawOutcome,
} from '../campaigns/index.ts'
import type { Deps } from '../deps.ts'
import { idempotencyHeaders, idSchema } from '../platform/http/amount.ts'
import { campaignParams } from './campaigns.ts'
import { becauseOf, noteOf, reasonSchema } from './reason.ts'

export const campaignDecision = z
  .strictObject({
    decision: z.enum(['approve', 'refuse']),
    reason: reasonSchema.optional().meta({ description: 'Asked when it is refused; the starter reads it.' }),
  })
  .meta({ id: 'CampaignDecision' })

const outcomeParams = z.object({ outcomeId: idSchema })

export function registerCampaignDecisionRoutes(
  api: App,
  deps: Deps,
  { requestJob }: Pick<AppOptions, 'requestJob'>,
): void {
  const shared = { tags: ['campaigns'], security: [{ session: [] }] }
  api.post(
    '/campaigns/:campaignId/decisions',
    {
      config: { permission: 'campaigns.decide' },
      schema: {
        ...shared,
        operationId: 'decideCampaign',
        summary: 'Approve a campaign, which founds its pool, or refuse it',
        params: campaignParams,
        body: campaignDecision,
        response: {
          200: z.object({ campaignId: idSchema, state: z.enum(campaignStates), poolId: idSchema.nullable() }),
        },
      },
    },
    async request => {
      const asked = { ...request.params, ...request.body }
      const { id, state, poolId } = await decideCampaign(deps, actorOf(request), asked)
      return { campaignId: id, state, poolId }
    },
  )
  api.post(
    '/campaigns/:campaignId/reviews',
    {
      config: { permission: 'campaigns.review' },
      schema: {
        ...shared,
        operationId: 'reviewCampaign',
        summary: 'Record the second look at money for oneself, before its first payout',
        params: campaignParams,
        body: becauseOf,
        response: { 201: z.object({ campaignId: idSchema }) },
      },
    },
    async (request, reply) => {
      const { campaignId } = request.params
      await reviewCampaign(deps, actorOf(request), { campaignId, ...request.body })
      return reply.code(201).send({ campaignId })
    },
  )
  api.post(
    '/campaign-updates/:updateId/removals',
    {
      config: { permission: 'campaigns.decide' },
      schema: {
        ...shared,
        operationId: 'removeCampaignUpdate',
        summary: 'Take an update down; its words are erased',
        params: z.object({ updateId: idSchema }),
        body: becauseOf,
        response: { 200: z.object({ campaignId: idSchema }) },
      },
    },
    async request => ({
      campaignId: await removeUpdate(deps, actorOf(request), { ...request.params, ...request.body }),
    }),
  )
  api.post(
    '/campaigns/:campaignId/outcomes',
    {
      config: { permission: 'campaign-outcomes.decide' },
      schema: {
        ...shared,
        operationId: 'decideCampaignOutcome',
        summary: 'Decide that what was chosen is carried out; somebody else approves',
        params: campaignParams,
        headers: idempotencyHeaders,
        body: becauseOf,
        response: { 201: z.object({ outcomeId: idSchema }) },
      },
    },
    async (request, reply) => {
      const idempotencyKey = request.headers['idempotency-key']
      const asked = { ...request.params, ...request.body, idempotencyKey }
      return reply.code(201).send({ outcomeId: await decideOutcome(deps, actorOf(request), asked) })
    },
  )
  api.post(
    '/campaign-outcomes/:outcomeId/approvals',
    {
      config: { permission: 'campaign-outcomes.approve' },
      schema: {
        ...shared,
        operationId: 'approveCampaignOutcome',
        summary: 'Approve as the second person; jobs carry it out from here',
        params: outcomeParams,
        body: noteOf,
        response: { 201: z.object({ outcomeId: idSchema }) },
      },
    },
    async (request, reply) => {
      const { outcomeId } = request.params
      await approveOutcome(deps, actorOf(request), { outcomeId, reason: request.body?.reason })
      await requestJob('watch-campaigns')
      return reply.code(201).send({ outcomeId })
    },
  )
  api.post(
    '/campaign-outcomes/:outcomeId/withdrawals',
    {
      config: { permission: 'campaign-outcomes.withdraw' },
      schema: {
        ...shared,
        operationId: 'withdrawCampaignOutcome',
        summary: 'Call a decision off; what was done of it stays done',
        params: outcomeParams,
        body: becauseOf,
        response: { 201: z.object({ outcomeId: idSchema }) },
      },
    },
    async (request, reply) => {
      const { outcomeId } = request.params
      await withdrawOutcome(deps, actorOf(request), { outcomeId, ...request.body })
      return reply.code(201).send({ outcomeId })
    },
  )
}
