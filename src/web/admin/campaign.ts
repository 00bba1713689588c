/** One campaign for staff: all that was asked and told, and the steps that are theirs. */
import type { Campaign, CampaignStanding, Outcome, Review, Story, Update } from '../../campaigns/index.ts'
import { badge } from '../components/badge.ts'
import { campaignBadge, goalLine } from '../components/campaign.ts'
import { afterAsking } from '../components/danger.ts'
import { dayTime } from '../components/date.ts'
import { errorSummary, type FormState, fieldId, textArea, textField } from '../components/field.ts'
import { prose } from '../components/markdown.ts'
import { amountCell } from '../components/money.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { update } from '../public/campaign.ts'
import { text } from '../text/index.ts'
import { outcomePart } from './campaign-outcome.ts'
import { trailLinks } from './trail-link.ts'

export interface AdminCampaignModel {
  readonly campaign: Campaign
  readonly story: Story
  readonly standing: CampaignStanding
  readonly updates: readonly Update[]
  readonly movesTo: { readonly name: string } | null
  readonly review: Review | null
  readonly outcomes: readonly Outcome[]
  /** Whether those who agreed on the newest outcome still may. */
  readonly isStalled: boolean
  /** Names of colleagues by id. */
  readonly names: ReadonlyMap<string, string>
  readonly viewerId: string
  /** YYYY-MM-DD. */
  readonly today: string
  /** Fields: `reason-refuse`, `reason-review`, `reason-outcome`, `reason-withdraw`, `reason-<update>`; `campaign`. */
  readonly form: FormState
}

export function adminCampaignView(page: PageContext, model: AdminCampaignModel): Html {
  const { campaign, story, standing, updates, form } = model
  const t = text(page.locale)
  const { admin: words } = t.campaigns
  const picture =
    story.pictureAlt === null
      ? nothing
      : html`<img class="campaign-picture" src="${paths.adminPicture(campaign.id)}" alt="${story.pictureAlt}">`
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.adminCampaigns)}">${words.back}</a></p>
<h1>${campaign.title}</h1><p>!${campaignBadge(page, campaign.state)}</p><p class="lead">${goalLine(page, campaign, standing.goal)}</p></header>
!${form.errors.campaign ? html`<div class="warning" id="${fieldId('campaign')}"><p>${form.errors.campaign}</p></div>` : nothing}
<div class="split"><div class="split-main">
<section class="section" aria-labelledby="story"><h2 id="story">${words.story}</h2>!${picture}<div class="panel" lang="${campaign.locale}">!${prose(story.story)}</div></section>
!${updates.length === 0 ? nothing : html`<section class="section" aria-labelledby="updates"><h2 id="updates">${words.updates}</h2>!${updates.map(each => moderated(page, model, each))}</section>`}
</div><div class="split-side">!${facts(page, model)}!${decide(page, model)}!${review(page, model)}!${outcomePart(page, model)}
!${trailLinks(page, [{ kind: 'campaign', id: campaign.id, words: t.trail.link }])}</div></div></div>`
  return layout(page, { title: campaign.title, main, refused: Object.keys(form.errors).length > 0 })
}

function facts(
  page: PageContext,
  { campaign, story, standing, movesTo, names, today }: AdminCampaignModel,
): Html {
  const { locale } = page
  const { admin: t, forWhom } = text(locale).campaigns
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const late = campaign.lookBy !== null && campaign.lookBy < today ? html` !${badge(t.late, 'bad')}` : nothing
  const choice = movesTo ? `${t.choices.moves}: ${movesTo.name}` : t.choices.refund
  return html`<section aria-labelledby="facts"><h2 id="facts">${t.facts}</h2><dl class="facts">
!${fact(t.forWhom, html`${forWhom[campaign.forWhom]}`)}
!${campaign.otherAgreed ? fact(t.agreed, html`✓`) : nothing}
!${fact(t.organiser, html`${story.organiser}`)}!${fact(t.area, html`${campaign.area}`)}
!${fact(t.lastDay, dayTime(campaign.lastDay, locale))}!${fact(t.choice, html`${choice}`)}
!${campaign.lookBy ? fact(t.decideBy, html`!${dayTime(campaign.lookBy, locale)}!${late}`) : nothing}
!${campaign.poolId ? fact(t.raised, amountCell(standing.raised, campaign.currency, locale)) : nothing}
!${campaign.raised === null ? nothing : fact(t.raisedAtEnd, amountCell(campaign.raised, campaign.currency, locale))}
</dl>!${campaign.decidedBy ? html`<p class="small">${t.decidedBy(names.get(campaign.decidedBy) ?? '')}</p>` : nothing}
!${campaign.because ? html`<blockquote>${campaign.because}</blockquote>` : nothing}</section>`
}

const asks = (form: FormState, name: string, label: string, hint: string): Html =>
  textField(form, { name, label, hint, maxLength: 500 })

function decide(page: PageContext, { campaign, form, viewerId }: AdminCampaignModel): Html {
  const { admin: t } = text(page.locale).campaigns
  if (campaign.state !== 'submitted' || !mayOpen(page, 'campaigns.decide', null)) return nothing
  const title = html`<h2 id="decide">${t.decide}</h2>`
  if (campaign.starterId === viewerId)
    return html`<section class="aside-note">!${title}<p>${t.own}</p></section>`
  return html`<section class="aside-note" aria-labelledby="decide">!${title}<p>${t.approveWords}</p>
<form method="post" action="${localPath(page, paths.campaignApprovals(campaign.id))}"><button class="button" type="submit">${t.approve}</button></form>
!${afterAsking(localPath(page, paths.campaignRefusals(campaign.id)), {
    ask: t.refuse,
    label: `${t.refuse}: ${campaign.title}`,
    words: t.refuseWords,
    submit: t.refuse,
    fields: textArea(form, { name: 'reason-refuse', label: t.reason, maxLength: 500 }, 4),
    isOpen: form.errors['reason-refuse'] !== undefined,
  })}</section>`
}

function review(page: PageContext, { campaign, review, names, form, viewerId }: AdminCampaignModel): Html {
  const { admin: t } = text(page.locale).campaigns
  if (campaign.forWhom !== 'self' || !campaign.poolId) return nothing
  const head = html`<h2 id="review">${t.review}</h2>`
  if (review)
    return html`<section class="aside-note" aria-labelledby="review">!${head}<p>${t.reviewed(names.get(review.reviewedBy) ?? '')}</p><blockquote>${review.reason}</blockquote></section>`
  const isOut = viewerId === campaign.decidedBy || viewerId === campaign.starterId
  const step = !mayOpen(page, 'campaigns.review', null)
    ? nothing
    : isOut
      ? html`<p>${t.notYou}</p>`
      : html`<form method="post" action="${localPath(page, paths.campaignReviews(campaign.id))}" novalidate>
!${asks(form, 'reason-review', t.reviewWords, t.reasonHint)}<button class="button" type="submit">${t.reviewSubmit}</button></form>`
  return html`<section class="aside-note" aria-labelledby="review">!${head}<p>${t.reviewNeeded}</p>!${step}</section>`
}

function moderated(page: PageContext, { campaign, form }: AdminCampaignModel, each: Update): Html {
  const { admin: t } = text(page.locale).campaigns
  const name = `reason-${each.id}`
  const remove =
    each.words === null || !mayOpen(page, 'campaigns.decide', null)
      ? nothing
      : afterAsking(localPath(page, paths.updateRemovals(each.id)), {
          ask: t.removeUpdate,
          label: t.removeUpdate,
          words: t.removeWords,
          submit: t.removeUpdate,
          fields: asks(form, name, t.reason, t.reasonHint),
          isOpen: form.errors[name] !== undefined,
        })
  return html`!${update(page, campaign, each)}!${remove}`
}
