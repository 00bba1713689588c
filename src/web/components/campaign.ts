/** A campaign as it stands on cards and pages: how far it is, in words and as the months of its term. */
import type { Campaign, CampaignStanding } from '../../campaigns/index.ts'
import { formatPercent } from '../../money/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { badge, type Tone } from './badge.ts'
import { dayTime } from './date.ts'
import { amountText } from './money.ts'
import { progress } from './progress.ts'

export type ShownCampaign = Pick<
  Campaign,
  | 'id'
  | 'title'
  | 'area'
  | 'forWhom'
  | 'state'
  | 'monthlyAmount'
  | 'termMonths'
  | 'currency'
  | 'lastDay'
  | 'slug'
  | 'raised'
>

export interface CampaignCard {
  readonly campaign: ShownCampaign
  readonly standing: CampaignStanding
  readonly hasPicture: boolean
}

const tones: Record<Campaign['state'], Tone> = {
  draft: 'calm',
  submitted: 'busy',
  refused: 'bad',
  open: 'busy',
  reached: 'good',
  ended: 'calm',
  closed: 'calm',
}

export const campaignBadge = ({ locale }: Pick<PageContext, 'locale'>, state: Campaign['state']): Html =>
  badge(text(locale).campaigns.states[state], tones[state])

export function goalLine({ locale }: PageContext, campaign: ShownCampaign, goal: bigint): string {
  const { monthlyAmount, termMonths, currency } = campaign
  const amount = (minor: bigint) => amountText(minor, currency, locale)
  return text(locale).campaigns.goalIs(amount(monthlyAmount), termMonths, amount(goal))
}

export function campaignProgress(
  page: PageContext,
  { campaign, standing }: Omit<CampaignCard, 'hasPicture'>,
): Html {
  const { locale } = page
  const t = text(locale).campaigns
  const amount = (minor: bigint) => amountText(minor, campaign.currency, locale)
  const { goal, pending, perMille } = standing
  const raised = campaign.raised ?? standing.raised
  const share = campaign.raised === null ? BigInt(perMille) : (raised * 1000n) / goal
  const words = `${t.raised(amount(raised), amount(goal))} (${formatPercent(share, locale)})`
  const description = `${words}. ${t.strips(campaign.termMonths)}`
  const missing = campaign.state === 'open' && raised < goal ? t.missing(amount(goal - raised)) : ''
  return html`<div class="towards">
!${progress({ id: `progress-${campaign.id}`, perMille: share, months: campaign.termMonths, title: t.progressTitle, description })}
<p class="towards-words"><span>${words}</span> <span class="towards-missing">${missing}</span></p>
!${pending > 0n && campaign.raised === null ? html`<p class="small">${t.pending(amount(pending))}</p>` : nothing}
</div>`
}

export function campaignCards(page: PageContext, cards: readonly CampaignCard[]): Html {
  return html`<ul class="cards campaign-cards">!${cards.map(each => card(page, each))}</ul>`
}

function card(page: PageContext, each: CampaignCard): Html {
  const { campaign, standing, hasPicture } = each
  const t = text(page.locale).campaigns
  const path = paths.campaign(campaign.slug ?? '')
  return html`<li class="card campaign-card">
!${hasPicture ? html`<img class="campaign-thumb" src="${paths.campaignPicture(campaign.slug ?? '')}" alt="" loading="lazy">` : nothing}
<p class="card-kind">${t.forWhom[campaign.forWhom]} · ${campaign.area} !${campaign.state === 'open' ? nothing : campaignBadge(page, campaign.state)}</p>
<h3><a class="card-link" href="${localPath(page, path)}">${campaign.title}</a></h3>
<p class="card-terms">${goalLine(page, campaign, standing.goal)}</p>
!${campaignProgress(page, each)}
<p class="small">${t.page.until}: !${dayTime(campaign.lastDay, page.locale)}</p>
</li>`
}
