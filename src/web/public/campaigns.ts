/** All campaigns: those that run, and those that are over. */
import { type CampaignCard, campaignCards } from '../components/campaign.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface CampaignsModel {
  readonly running: readonly CampaignCard[]
  readonly over: readonly CampaignCard[]
}

export function campaignsView(page: PageContext, { running, over }: CampaignsModel): Html {
  const { campaigns: t } = text(page.locale)
  const main = html`<div class="frame"><header class="page-head"><h1>${t.title}</h1><p class="lead">${t.lead}</p>
!${startLink(page)}</header>
<section class="section" aria-labelledby="running"><h2 id="running">${t.running}</h2>
!${running.length === 0 ? html`<p class="empty">${t.none}</p>` : campaignCards(page, running)}</section>
!${over.length === 0 ? nothing : html`<section class="section" aria-labelledby="over"><h2 id="over">${t.over}</h2>!${campaignCards(page, over)}</section>`}</div>`
  return layout(page, { title: t.title, main })
}

/** Leads to signing in where nobody is; whoever has no role left is offered nothing. */
const mayStart = (page: PageContext): boolean =>
  page.signIn && (page.person === null || mayOpen(page, 'own-campaigns.manage'))

function startLink(page: PageContext): Html {
  const { campaigns: t } = text(page.locale)
  if (!mayStart(page)) return nothing
  const own = page.person ? html` <a href="${localPath(page, paths.ownCampaigns)}">${t.own.nav}</a>` : nothing
  return html`<p class="actions"><a class="button" href="${localPath(page, paths.newCampaign)}">${t.start}</a>!${own}</p>`
}

/** A few of them on the first page. */
export function campaignsInPassing(page: PageContext, cards: readonly CampaignCard[]): Html {
  const { campaigns: t } = text(page.locale)
  return html`<section class="frame section" id="campaigns" aria-labelledby="campaigns-title"><h2 id="campaigns-title">${t.title}</h2>
!${cards.length === 0 ? html`<p class="empty">${t.none}</p>` : campaignCards(page, cards)}
<p class="actions">!${mayStart(page) ? html`<a class="button" href="${localPath(page, paths.newCampaign)}">${t.start}</a> ` : nothing}<a href="${localPath(page, paths.campaigns)}">${t.all}</a></p></section>`
}
