/** Somebody's own campaigns, and the page on which one begins. */
import { type Campaign, DECIDE_WITHIN_DAYS, goalOf } from '../../campaigns/index.ts'
import { campaignBadge, goalLine } from '../components/campaign.ts'
import { errorSummary, type FormState } from '../components/field.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { campaignForm } from './campaign-form.ts'

export function ownCampaignsView(page: PageContext, own: readonly Campaign[]): Html {
  const { campaigns: t } = text(page.locale)
  const one = (
    campaign: Campaign,
  ) => html`<li class="card"><p class="card-kind">!${campaignBadge(page, campaign.state)}</p>
<h2><a class="card-link" href="${localPath(page, paths.ownCampaign(campaign.id))}">${campaign.title}</a></h2><p>${goalLine(page, campaign, goalOf(campaign))}</p></li>`
  const main = html`<div class="frame"><header class="page-head"><h1>${t.own.title}</h1><p class="lead">${t.own.lead}</p>
<p class="actions"><a class="button" href="${localPath(page, paths.newCampaign)}">${t.start}</a></p></header>
!${own.length === 0 ? html`<p class="empty">${t.own.none}</p>` : html`<ul class="cards">!${own.map(one)}</ul>`}</div>`
  return layout(page, { title: t.own.title, main })
}

export interface NewCampaignModel {
  readonly pools: readonly { readonly id: string; readonly name: string }[]
  readonly form: FormState
}

export function newCampaignView(page: PageContext, { pools, form }: NewCampaignModel): Html {
  const t = text(page.locale)
  const { own: words } = t.campaigns
  const path = paths.ownCampaigns
  const main = html`<div class="frame frame-narrow">!${errorSummary(t, form)}
<header class="page-head"><h1>${words.newTitle}</h1><p class="lead">${words.newLead(DECIDE_WITHIN_DAYS)}</p></header>
!${campaignForm(page, { path, submit: words.save, pools, form })}</div>`
  return layout(page, { title: words.newTitle, main, refused: Object.keys(form.errors).length > 0 })
}
