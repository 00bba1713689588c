/** Campaigns as anybody meets them: the list, one of them, and its pictures. */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { campaignBySlug, campaignStanding, pictureOf, sharePicture } from '../../campaigns/index.ts'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../refusals.ts'
import { contextOf, type PageScope, send } from '../scope.ts'
import { campaignView } from './campaign.ts'
import { campaignModel, campaignsModel } from './campaign-models.ts'
import { campaignsView } from './campaigns.ts'

const config = { permission: 'public.read' } as const
const schema = { hide: true, params: z.object({ slug: z.string().max(80) }) }

export function registerCampaignRoutes(pages: App, scope: PageScope): void {
  const { db, organisationId } = scope.deps
  pages.get('/campaigns', { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, campaignsView(await contextOf(scope, request), await campaignsModel(scope))),
  )
  pages.get('/campaigns/:slug', { config, schema }, async (request, reply) => {
    const campaign = await campaignBySlug(db, organisationId, request.params.slug)
    return send(
      reply,
      campaignView(await contextOf(scope, request), await campaignModel(scope, campaign, request)),
    )
  })
}

/** The same in both languages, so registered once. */
export function registerCampaignPictures(app: App, deps: Deps): void {
  const { db, organisationId } = deps
  const drawn = new Map<string, Buffer>()
  app.get('/campaigns/:slug/picture.jpg', { config, schema }, async (request, reply) => {
    const campaign = await campaignBySlug(db, organisationId, request.params.slug)
    return sendJpeg(reply, await pictureOf(db, organisationId, campaign.id), 'public, max-age=3600')
  })
  app.get(
    '/campaigns/:slug/share.jpg',
    { config: { ...config, limit: 'costly' }, schema },
    async (request, reply) => {
      const campaign = await campaignBySlug(db, organisationId, request.params.slug)
      const { perMille } = await campaignStanding(db, organisationId, campaign)
      const key = `${campaign.id}/${perMille}`
      const known = drawn.get(key)
      const picture =
        known ??
        (await sharePicture(await pictureOf(db, organisationId, campaign.id), {
          perMille,
          months: campaign.termMonths,
        }))
      if (!known) keep(drawn, key, picture)
      return sendJpeg(reply, picture, 'public, max-age=600')
    },
  )
}

/** A campaign that is shared a lot is drawn once for each step that it takes. */
const MOST_DRAWN = 30

function keep(drawn: Map<string, Buffer>, key: string, picture: Buffer): void {
  const [oldest] = drawn.keys()
  if (oldest !== undefined && drawn.size >= MOST_DRAWN) drawn.delete(oldest)
  drawn.set(key, picture)
}

/** Never as anything else, whatever its bytes look like. */
export function sendJpeg(reply: FastifyReply, picture: Buffer | null, cacheControl: string): FastifyReply {
  if (!picture) throw new DomainError('not-found', { field: 'picture' })
  return reply
    .type('image/jpeg')
    .header('content-disposition', 'inline; filename="picture.jpg"')
    .header('cache-control', cacheControl)
    .send(picture)
}
