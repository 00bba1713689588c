/** A campaign: its story, how far it is, what a gift does, what happens if the goal is not reached, and the form to give. */
import type { Campaign, CampaignStanding, Story, Update } from '../../campaigns/index.ts'
import { campaignBadge, campaignProgress, goalLine } from '../components/campaign.ts'
import { dayOf, dayTime } from '../components/date.ts'
import type { FormState } from '../components/field.ts'
import { prose } from '../components/markdown.ts'
import { amountText } from '../components/money.ts'
import { followForm } from '../components/news.ts'
import type { PoolTerms } from '../components/pool-summary.ts'
import { type ShareKit, shareKit } from '../components/share-kit.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { donateForm } from './donate-form.ts'
import type { GiftMeaning } from './gift-meaning.ts'

export interface CampaignModel {
  readonly campaign: Campaign
  readonly story: Story
  readonly standing: CampaignStanding
  readonly updates: readonly Update[]
  readonly pool: PoolTerms
  /** Whether it takes gifts today. */
  readonly takesGifts: boolean
  /** Where the money moves to; null: gifts go back. */
  readonly movesTo: { readonly slug: string; readonly name: string } | null
  readonly kit: ShareKit
  /** Whole: the picture that other sites show. */
  readonly sharePicture: string
  /** Of whoever is signed in. */
  readonly follows: boolean
  readonly form: FormState
  /** Of the amount that is chosen first. */
  readonly meaning: GiftMeaning | null
}

export function campaignView(page: PageContext, model: CampaignModel): Html {
  const { campaign, story, standing, pool, form } = model
  const { campaigns: t } = text(page.locale)
  const main = html`<div class="frame">
<header class="page-head"><p class="eyebrow"><a class="quiet-link" href="${localPath(page, paths.campaigns)}">${t.title}</a> · ${t.forWhom[campaign.forWhom]} · ${campaign.area}</p>
<h1 lang="${campaign.locale}">${campaign.title}</h1>
<p class="lead">${goalLine(page, campaign, standing.goal)}</p></header>
<div class="split">
<section class="panel split-top" aria-label="${t.progressTitle}">
<p>!${campaignBadge(page, campaign.state)} <span class="small">${t.page.until}: !${dayTime(campaign.lastDay, page.locale)}</span></p>
!${campaignProgress(page, { campaign, standing })}!${becameOfIt(page, model)}</section>
<div class="split-side">
!${ifNotReached(page, model)}
!${model.takesGifts ? donateForm(page, pool, form, model.meaning) : html`<p class="aside-note" id="give">${t.page.closed}</p>`}
!${followForm(page, { pool: { slug: pool.slug, name: campaign.title }, follows: model.follows, form })}
</div>
<div class="split-main">
!${story.pictureAlt === null ? nothing : html`<img class="campaign-picture" src="${paths.campaignPicture(pool.slug)}" alt="${story.pictureAlt}">`}
<section class="section" aria-labelledby="story"><h2 id="story">${t.page.story}</h2><div lang="${campaign.locale}">!${prose(story.story)}</div></section>
!${does(page, model)}
!${organiser(page, model)}
!${updates(page, model)}
!${shareKit(page, model.kit)}
<p class="section"><a href="${localPath(page, paths.pool(pool.slug))}">${t.page.pool}</a></p>
</div></div></div>`
  const share = {
    title: campaign.title,
    description: t.share.description(...amounts(page, model)),
    url: model.kit.url,
    picture: { url: model.sharePicture, alt: story.pictureAlt ?? campaign.title },
  }
  return layout(page, { title: campaign.title, main, share })
}

const amounts = ({ locale }: PageContext, { campaign, standing }: CampaignModel): [string, string] => [
  amountText(campaign.raised ?? standing.raised, campaign.currency, locale),
  amountText(standing.goal, campaign.currency, locale),
]

function becameOfIt(page: PageContext, model: CampaignModel): Html {
  const { campaign } = model
  const { page: t } = text(page.locale).campaigns
  if (campaign.state === 'reached') return html`<p>${t.reached}</p>`
  if (!campaign.endedAt) return nothing
  const done = campaign.state === 'closed' ? ` ${t.done[campaign.ifUnreached]}` : ''
  return html`<p>${t.ended(amounts(page, model)[0])}${done}</p>`
}

/** Beside the form: whoever gives reads it before they do. */
export function ifNotReached(page: PageContext, { movesTo }: Pick<CampaignModel, 'movesTo'>): Html {
  const { page: t } = text(page.locale).campaigns
  return html`<section class="aside-note" aria-labelledby="if-not"><h2 id="if-not">${t.ifNot}</h2>
<p>${movesTo ? t.moves(movesTo.name) : t.refund} ${t.chosen}</p></section>`
}

function does({ locale }: PageContext, { campaign }: CampaignModel): Html {
  const { page: t } = text(locale).campaigns
  const { monthlyAmount, currency } = campaign
  const amount = (minor: bigint) => amountText(minor, currency, locale)
  return html`<section class="section" aria-labelledby="does"><h2 id="does">${t.does}</h2><p class="measure">${t.doesWords(amount(monthlyAmount), amount((monthlyAmount * 12n) / 365n))}</p></section>`
}

function organiser(page: PageContext, { campaign, story }: CampaignModel): Html {
  const { page: t } = text(page.locale).campaigns
  const isOwn = campaign.forWhom === 'self'
  return html`<section class="section" aria-labelledby="by"><h2 id="by">${t.by}</h2>
<p class="measure">${isOwn ? t.self(story.organiser) : t.other(story.organiser)}</p>
!${page.organisation ? html`<p class="measure">${t.checked(page.organisation.legalName)}</p>` : nothing}
!${isOwn ? html`<p class="measure">${t.reviewSelf}</p>` : nothing}</section>`
}

function updates(page: PageContext, { campaign, updates }: CampaignModel): Html {
  const { page: t } = text(page.locale).campaigns
  return html`<section class="section" aria-labelledby="updates"><h2 id="updates">${t.updates}</h2>
!${updates.length === 0 ? html`<p class="empty">${t.noUpdates}</p>` : updates.map(each => update(page, campaign, each))}</section>`
}

export function update(page: PageContext, { locale }: Pick<Campaign, 'locale'>, each: Update): Html {
  const { page: t } = text(page.locale).campaigns
  const words =
    each.words === null
      ? html`<p class="empty">${t.removed(each.removedBecause ?? '')}</p>`
      : html`<div lang="${locale}">!${prose(each.words)}</div>`
  return html`<article class="campaign-update"><p class="small">!${dayOf(each.writtenAt, page.locale)}</p>!${words}</article>`
}
