/** The staff's pages of campaigns, and the steps that are taken there. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf, personNames } from '../../auth/index.ts'
import {
  approveOutcome,
  campaignById,
  campaignStanding,
  campaigns,
  campaignsToReview,
  decideCampaign,
  decideOutcome,
  mayStillAct,
  openEndings,
  outcomeById,
  outcomeState,
  outcomesOf,
  pictureOf,
  removeUpdate,
  reviewCampaign,
  reviewOf,
  storyOf,
  updateById,
  updatesOf,
  withdrawOutcome,
} from '../../campaigns/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { poolById } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import type { Notice } from '../page.ts'
import { paths } from '../paths.ts'
import { sendJpeg } from '../public/campaign-routes.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { reasonOf } from './asked.ts'
import { adminCampaignView } from './campaign.ts'
import { adminCampaignsView } from './campaigns.ts'

const SHOWN = 100
const typed = z.record(z.string(), z.string().max(2_000)).nullish()
const byId = { hide: true, params: z.object({ campaignId: idSchema }) }
const byOutcome = { hide: true, params: z.object({ outcomeId: idSchema }), body: typed }
const byUpdate = { hide: true, params: z.object({ updateId: idSchema }), body: typed }
const read = { permission: 'campaigns.read' } as const
const decides = { permission: 'campaigns.decide' } as const
/** None of staff reads what somebody only tries out. */
const unseen = ['draft']

export function registerAdminCampaignRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId, clock } = deps

  const seen = async (campaignId: string) => {
    const campaign = await campaignById(db, organisationId, campaignId)
    if (unseen.includes(campaign.state)) throw new DomainError('not-found', { field: 'campaignId' })
    return campaign
  }
  const one = async (request: FastifyRequest, campaignId: string, form: FormState) => {
    const campaign = await seen(campaignId)
    const outcomes = await outcomesOf(db, organisationId, campaignId)
    const [newest] = outcomes
    const isUnderWay = newest && outcomeState(newest) === 'approved'
    return adminCampaignView(await contextOf(scope, request), {
      ...{ campaign, outcomes, form },
      story: await storyOf(db, organisationId, campaignId),
      standing: await campaignStanding(db, organisationId, campaign),
      updates: await updatesOf(db, organisationId, campaignId),
      movesTo: campaign.movesTo ? await poolById(db, organisationId, campaign.movesTo) : null,
      review: await reviewOf(db, organisationId, campaignId),
      isStalled: isUnderWay ? !(await mayStillAct(db, organisationId, newest.id)) : false,
      names: await personNames(db, organisationId),
      viewerId: actorOf(request).id,
      today: localDate(clock.now()),
    })
  }
  /** Does it, or shows the page again with what was wrong at its reason. */
  const act = async (
    request: FastifyRequest,
    reply: Parameters<typeof seeOther>[0],
    { campaignId, field, notice }: { campaignId: string; field: string; notice: Notice },
    work: (reason: () => string) => Promise<unknown>,
  ) => {
    try {
      await seen(campaignId)
      await work(() => reasonOf(request.body as Record<string, string> | null, field))
      return seeOther(reply, scope, paths.adminCampaign(campaignId), notice)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found') throw error
      const { form, status } = refusedForm(error, { locale, request, fields: [field], fallback: 'campaign' })
      return send(reply, await one(request, campaignId, form), status)
    }
  }

  pages.get('/admin/campaigns', { config: read, schema: { hide: true } }, async (request, reply) => {
    const states = ['refused', 'open', 'reached', 'closed'] as const
    const waiting = await campaigns(db, organisationId, { states: ['submitted'], limit: SHOWN })
    return send(
      reply,
      adminCampaignsView(await contextOf(scope, request), {
        waiting: waiting.toSorted((a, b) => ((a.lookBy ?? '') < (b.lookBy ?? '') ? -1 : 1)),
        endings: await openEndings(db, organisationId),
        reviews: await campaignsToReview(db, organisationId),
        others: await campaigns(db, organisationId, { states, limit: SHOWN }),
        today: localDate(clock.now()),
      }),
    )
  })
  pages.get('/admin/campaigns/:campaignId', { config: read, schema: byId }, async (request, reply) =>
    send(reply, await one(request, request.params.campaignId, emptyForm())),
  )
  pages.get(
    '/admin/campaigns/:campaignId/picture.jpg',
    { config: read, schema: byId },
    async (request, reply) => {
      const { id } = await seen(request.params.campaignId)
      return sendJpeg(reply, await pictureOf(db, organisationId, id), 'no-store')
    },
  )
  pages.post(
    '/admin/campaigns/:campaignId/approvals',
    { config: decides, schema: { ...byId, body: typed } },
    (request, reply) => {
      const { campaignId } = request.params
      const shown = { campaignId, field: 'lastDay', notice: 'campaign-approved' } as const
      return act(request, reply, shown, () =>
        decideCampaign(deps, actorOf(request), { campaignId, decision: 'approve' }),
      )
    },
  )
  pages.post(
    '/admin/campaigns/:campaignId/refusals',
    { config: decides, schema: { ...byId, body: typed } },
    (request, reply) => {
      const { campaignId } = request.params
      const shown = { campaignId, field: 'reason-refuse', notice: 'campaign-refused' } as const
      return act(request, reply, shown, async reason =>
        decideCampaign(deps, actorOf(request), { campaignId, decision: 'refuse', reason: reason() }),
      )
    },
  )
  pages.post(
    '/admin/campaigns/:campaignId/reviews',
    { config: { permission: 'campaigns.review' }, schema: { ...byId, body: typed } },
    (request, reply) => {
      const { campaignId } = request.params
      const shown = { campaignId, field: 'reason-review', notice: 'campaign-reviewed' } as const
      return act(request, reply, shown, async reason =>
        reviewCampaign(deps, actorOf(request), { campaignId, reason: reason() }),
      )
    },
  )
  const keyed = z.object({ idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/) })
  pages.post(
    '/admin/campaigns/:campaignId/outcomes',
    {
      config: { permission: 'campaign-outcomes.decide' },
      schema: { ...byId, body: keyed.catchall(z.string().max(2_000)) },
    },
    (request, reply) => {
      const { campaignId } = request.params
      const { idempotencyKey } = request.body
      const shown = { campaignId, field: 'reason-outcome', notice: 'outcome-decided' } as const
      return act(request, reply, shown, async reason =>
        decideOutcome(deps, actorOf(request), { campaignId, reason: reason(), idempotencyKey }),
      )
    },
  )
  pages.post(
    '/admin/campaign-outcomes/:outcomeId/approvals',
    { config: { permission: 'campaign-outcomes.approve' }, schema: byOutcome },
    async (request, reply) => {
      const { outcomeId } = request.params
      const { campaignId } = await outcomeById(db, organisationId, outcomeId)
      const shown = { campaignId, field: 'outcome', notice: 'outcome-approved' } as const
      return act(request, reply, shown, async () => {
        await approveOutcome(deps, actorOf(request), { outcomeId })
        await scope.options.requestJob('watch-campaigns')
      })
    },
  )
  pages.post(
    '/admin/campaign-outcomes/:outcomeId/withdrawals',
    { config: { permission: 'campaign-outcomes.withdraw' }, schema: byOutcome },
    async (request, reply) => {
      const { outcomeId } = request.params
      const { campaignId } = await outcomeById(db, organisationId, outcomeId)
      const shown = { campaignId, field: 'reason-withdraw', notice: 'outcome-withdrawn' } as const
      return act(request, reply, shown, async reason =>
        withdrawOutcome(deps, actorOf(request), { outcomeId, reason: reason() }),
      )
    },
  )
  pages.post(
    '/admin/campaign-updates/:updateId/removals',
    { config: decides, schema: byUpdate },
    async (request, reply) => {
      const { updateId } = request.params
      const { campaignId } = await updateById(db, organisationId, updateId)
      const shown = { campaignId, field: `reason-${updateId}`, notice: 'update-removed' } as const
      return act(request, reply, shown, async reason =>
        removeUpdate(deps, actorOf(request), { updateId, reason: reason() }),
      )
    },
  )
}
