/** Gathers what pages show of campaigns. */
import type { FastifyRequest } from 'fastify'
import {
  type Campaign,
  campaignOfPool,
  campaignStanding,
  campaigns,
  storyOf,
  updatesOf,
} from '../../campaigns/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { poolById } from '../../pools/index.ts'
import type { CampaignCard } from '../components/campaign.ts'
import { amountText } from '../components/money.ts'
import type { ShareKit } from '../components/share-kit.ts'
import { localPath } from '../page.ts'
import { paths } from '../paths.ts'
import { emptyForm, type PageScope } from '../scope.ts'
import { text } from '../text/index.ts'
import type { CampaignModel } from './campaign.ts'
import type { CampaignsModel } from './campaigns.ts'
import { doesFollow } from './follows.ts'
import { meaningOf } from './gift-meaning.ts'
import type { PoolCampaign } from './pool-campaign.ts'
import { typedGift, USUAL } from './typed-gift.ts'

const SHOWN = 60
/** On the first page. */
const IN_PASSING = 3

export async function campaignModel(
  scope: PageScope,
  campaign: Campaign,
  request: FastifyRequest,
): Promise<CampaignModel> {
  const { db, organisationId } = scope.deps
  const pool = await poolById(db, organisationId, campaign.poolId ?? '')
  return {
    campaign,
    pool,
    story: await storyOf(db, organisationId, campaign.id),
    standing: await campaignStanding(db, organisationId, campaign),
    updates: await updatesOf(db, organisationId, campaign.id),
    takesGifts: takesGifts(scope, pool),
    movesTo: campaign.movesTo ? await poolById(db, organisationId, campaign.movesTo) : null,
    kit: kitOf(scope, campaign),
    sharePicture: `${scope.deps.publicUrl()}${paths.campaignShare(pool.slug)}`,
    meaning: await meaningOf(scope, pool, typedGift({ amount: USUAL }, scope.locale)),
    follows: await doesFollow(scope, request, pool.id),
    form: emptyForm(),
  }
}

const takesGifts = ({ deps }: PageScope, pool: { state: string; giftsUntil: string | null }): boolean =>
  pool.state === 'open' && (pool.giftsUntil === null || pool.giftsUntil >= localDate(deps.clock.now()))

export function kitOf({ deps, locale }: PageScope, campaign: Campaign): ShareKit {
  const url = `${deps.publicUrl()}${localPath({ locale }, paths.campaign(campaign.slug ?? ''))}`
  const goal = amountText(campaign.monthlyAmount * BigInt(campaign.termMonths), campaign.currency, locale)
  return { url, message: text(locale).campaigns.share.messageText(campaign.title, goal, url) }
}

export async function campaignsModel(scope: PageScope): Promise<CampaignsModel> {
  const { db, organisationId } = scope.deps
  const running = await campaigns(db, organisationId, { states: ['open', 'reached'], limit: SHOWN })
  const over = await campaigns(db, organisationId, { states: ['ended', 'closed'], limit: SHOWN })
  return { running: await cards(scope, running), over: await cards(scope, over) }
}

export async function campaignsForHome(scope: PageScope): Promise<CampaignCard[]> {
  const { db, organisationId } = scope.deps
  return cards(scope, await campaigns(db, organisationId, { states: ['open', 'reached'], limit: IN_PASSING }))
}

const cards = (
  { deps: { db, organisationId } }: PageScope,
  some: readonly Campaign[],
): Promise<CampaignCard[]> =>
  Promise.all(
    some.map(async campaign => ({
      campaign,
      standing: await campaignStanding(db, organisationId, campaign),
      hasPicture: (await storyOf(db, organisationId, campaign.id)).pictureAlt !== null,
    })),
  )

/** What a pool's page says of the campaign that fills it; null where none does. */
export async function poolCampaign(
  scope: PageScope,
  pool: { readonly id: string; readonly state: string; readonly giftsUntil: string | null },
): Promise<PoolCampaign | null> {
  const { db, organisationId } = scope.deps
  const campaign = await campaignOfPool(db, organisationId, pool.id)
  if (!campaign) return null
  return {
    campaign,
    standing: await campaignStanding(db, organisationId, campaign),
    takesGifts: takesGifts(scope, pool),
    movesTo: campaign.movesTo ? await poolById(db, organisationId, campaign.movesTo) : null,
  }
}
