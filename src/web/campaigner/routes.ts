/** Somebody's own campaigns: writing, showing to staff, and telling how it goes. Another's is not there. */
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf } from '../../auth/index.ts'
import {
  campaignStanding,
  campaignsOf,
  changeCampaign,
  LARGEST_PICTURE_BYTES,
  ownCampaign,
  pictureOf,
  setPicture,
  startCampaign,
  storyOf,
  submitCampaign,
  tooLarge,
  updatesOf,
  writeUpdate,
} from '../../campaigns/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { poolById, pools } from '../../pools/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import type { Notice } from '../page.ts'
import { paths } from '../paths.ts'
import { kitOf } from '../public/campaign-models.ts'
import { sendJpeg } from '../public/campaign-routes.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { campaignFields, termsTyped, typedOf } from './campaign-form.ts'
import { ownCampaignView } from './own-campaign.ts'
import { newCampaignView, ownCampaignsView } from './own-campaigns.ts'

const config = { permission: 'own-campaigns.manage' } as const
const writes = { ...config, limit: 'campaign' } as const
const byId = { hide: true, params: z.object({ campaignId: idSchema }) }
const key = z.string().regex(/^[\x21-\x7e]{8,200}$/)
const typedTerms = z.object({ idempotencyKey: key }).catchall(z.string().max(60_000))

export async function registerCampaignerRoutes(pages: App, scope: PageScope): Promise<void> {
  const { deps, locale } = scope
  const { db, organisationId } = deps

  const communities = async () =>
    (await pools(db, organisationId)).filter(({ kind, state }) => kind === 'community' && state === 'open')
  const begin = async (request: FastifyRequest, form: FormState) =>
    newCampaignView(await contextOf(scope, request), { pools: await communities(), form })
  const one = async (request: FastifyRequest, campaignId: string, form: FormState) => {
    const campaign = await ownCampaign(db, organisationId, actorOf(request).id, campaignId)
    const story = await storyOf(db, organisationId, campaignId)
    const terms = { ...campaign, ...story, movesTo: campaign.movesTo ?? undefined }
    return ownCampaignView(await contextOf(scope, request), {
      ...{ campaign, story },
      standing: await campaignStanding(db, organisationId, campaign),
      updates: await updatesOf(db, organisationId, campaignId),
      movesTo: campaign.movesTo ? await poolById(db, organisationId, campaign.movesTo) : null,
      pools: await communities(),
      kit: campaign.poolId ? kitOf(scope, campaign) : null,
      form: { ...form, values: { alt: story.pictureAlt ?? '', ...typedOf(terms), ...form.values } },
    })
  }
  /** Does it, or shows the page again with what was wrong. */
  const act = async (
    request: FastifyRequest,
    reply: Parameters<typeof seeOther>[0],
    { campaignId, fields, notice }: { campaignId: string; fields: readonly string[]; notice: Notice },
    work: () => Promise<unknown>,
  ) => {
    try {
      await work()
      return seeOther(reply, scope, paths.ownCampaign(campaignId), notice)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found') throw error
      const { form, status } = refusedForm(error, { locale, request, fields, fallback: 'campaign' })
      return send(reply, await one(request, campaignId, form), status)
    }
  }

  pages.get('/my-campaigns', { config, schema: { hide: true } }, async (request, reply) => {
    const own = await campaignsOf(db, organisationId, actorOf(request).id)
    return send(reply, ownCampaignsView(await contextOf(scope, request), own))
  })
  pages.get('/my-campaigns/new', { config, schema: { hide: true } }, async (request, reply) =>
    send(reply, await begin(request, emptyForm())),
  )
  pages.post(
    '/my-campaigns',
    { config: writes, schema: { hide: true, body: typedTerms } },
    async (request, reply) => {
      try {
        const { idempotencyKey } = request.body
        const terms = termsTyped(request.body, locale)
        const id = await startCampaign(deps, actorOf(request), { terms, locale, idempotencyKey })
        return seeOther(reply, scope, paths.ownCampaign(id), 'campaign-saved')
      } catch (error) {
        const asked = { locale, request, fields: campaignFields, fallback: 'title' }
        const { form, status } = refusedForm(error, asked)
        return send(reply, await begin(request, form), status)
      }
    },
  )
  pages.get('/my-campaigns/:campaignId', { config, schema: byId }, async (request, reply) =>
    send(reply, await one(request, request.params.campaignId, emptyForm())),
  )
  pages.post(
    '/my-campaigns/:campaignId',
    { config: writes, schema: { ...byId, body: typedTerms } },
    (request, reply) => {
      const { campaignId } = request.params
      const shown = { campaignId, fields: campaignFields, notice: 'campaign-saved' } as const
      return act(request, reply, shown, async () =>
        changeCampaign(deps, actorOf(request), { campaignId, terms: termsTyped(request.body, locale) }),
      )
    },
  )
  pages.post('/my-campaigns/:campaignId/submissions', { config: writes, schema: byId }, (request, reply) => {
    const { campaignId } = request.params
    const shown = { campaignId, fields: ['lastDay'], notice: 'campaign-submitted' } as const
    return act(request, reply, shown, () => submitCampaign(deps, actorOf(request), campaignId))
  })
  const typedUpdate = z.object({ words: z.string().max(20_000).default(''), idempotencyKey: key })
  pages.post(
    '/my-campaigns/:campaignId/updates',
    { config: writes, schema: { ...byId, body: typedUpdate } },
    (request, reply) => {
      const { campaignId } = request.params
      const shown = { campaignId, fields: ['words'], notice: 'update-written' } as const
      return act(request, reply, shown, () =>
        writeUpdate(deps, actorOf(request), { campaignId, ...request.body }),
      )
    },
  )
  pages.get('/my-campaigns/:campaignId/picture.jpg', { config, schema: byId }, async (request, reply) => {
    const { id } = await ownCampaign(db, organisationId, actorOf(request).id, request.params.campaignId)
    return sendJpeg(reply, await pictureOf(db, organisationId, id), 'no-store')
  })

  // The one route that takes files, and only here: one picture of at most so many bytes, and its words.
  await pages.register(async (inner: App) => {
    await inner.register(multipart, {
      limits: { fileSize: LARGEST_PICTURE_BYTES, files: 1, fields: 4, fieldSize: 4_000, parts: 6 },
    })
    inner.post(
      '/my-campaigns/:campaignId/pictures',
      { config: writes, bodyLimit: LARGEST_PICTURE_BYTES + 64 * 1024, schema: byId },
      (request, reply) => {
        const { campaignId } = request.params
        const shown = { campaignId, fields: ['picture', 'alt'], notice: 'picture-saved' } as const
        return act(request, reply, shown, async () => {
          await ownCampaign(db, organisationId, actorOf(request).id, campaignId)
          return setPicture(deps, actorOf(request), { campaignId, ...(await pictureSent(request)) })
        })
      },
    )
  })
}

async function pictureSent(request: FastifyRequest): Promise<{ bytes: Buffer; alt: string }> {
  let bytes: Buffer | undefined
  let alt = ''
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const sent = await part.toBuffer()
        if (part.fieldname === 'picture') bytes = sent
      } else if (part.fieldname === 'alt' && typeof part.value === 'string') alt = part.value
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new DomainError('picture-refused', { field: 'picture', reason: tooLarge })
    // Cut short, without its boundary, of too many parts: whoever made it, no browser did.
    throw new DomainError('unreadable-request')
  }
  if (!bytes?.length) throw new DomainError('invalid-request', { field: 'picture', reason: none })
  return { bytes, alt }
}

const none = { nl: 'Kies eerst een foto', en: 'Choose a picture first' }
