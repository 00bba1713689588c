/** The first page: what Meent is in one breath, what it did so far, the pools, and how it works. */
import type { Currency } from '../../money/index.ts'
import { formatCount } from '../../money/index.ts'
import { badge } from '../components/badge.ts'
import type { CampaignCard } from '../components/campaign.ts'
import { amountFigure, amountText } from '../components/money.ts'
import { type PoolTerms, type Standing, sustained, towardsNext } from '../components/pool-summary.ts'
import { stepPictures } from '../components/steps-picture.ts'
import { type ShownWish, wishCards } from '../components/wish.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { type DemonstrationPerson, personChips } from '../sign-in/ask.ts'
import { text } from '../text/index.ts'
import { campaignsInPassing } from './campaigns.ts'

export interface HomeModel {
  readonly currency: Currency
  /** Of all pools together, in minor units; `receiving` counts the people with a running income. */
  readonly totals: { readonly given: bigint; readonly paidOut: bigint; readonly receiving: number }
  readonly pools: readonly { readonly pool: PoolTerms; readonly standing: Standing }[]
  /** A few that run. */
  readonly campaigns: readonly CampaignCard[]
  /** A few of them. */
  readonly wishes: readonly ShownWish[]
  /** Who one can be; only in a demonstration. */
  readonly persons: readonly DemonstrationPerson[] | null
}

export function homeView(page: PageContext, model: HomeModel): Html {
  const t = text(page.locale)
  const main = html`<section class="hero"><div class="frame">
<div><h1>!${t.home.headline.map(line => html`<span>${line} </span>`)}</h1>
<p class="lead">${t.home.lead}</p>
<p class="actions"><a class="button" href="#pools">${t.home.give}</a> <a class="quiet-link" href="#how">${t.home.how}</a></p></div>
!${totals(page, model)}
</div></section>
!${model.persons ? firstSteps(page, model.pools, model.persons) : nothing}
<section class="frame section" id="pools" aria-labelledby="pools-title"><h2 id="pools-title">${t.home.pools}</h2>
!${model.pools.length === 0 ? html`<p class="empty">${t.home.noPools}</p>` : html`<ul class="cards">!${model.pools.map(each => card(page, each))}</ul>`}
</section>
!${campaignsInPassing(page, model.campaigns)}
!${wishes(page, model)}
!${how(page)}
<section class="frame section" id="ledgers" aria-labelledby="ledgers-title"><h2 id="ledgers-title">${t.footer.ledgers}</h2>
<p class="measure">${t.pool.ledgerWords}</p>
<ul class="link-list">!${model.pools.map(({ pool }) => html`<li><a href="${localPath(page, paths.ledger(pool.slug))}">${t.ledger.title(pool.name)}</a></li>`)}</ul></section>`
  return layout(page, { title: t.siteName, main })
}

function totals(
  { locale }: PageContext,
  { totals: { given, paidOut, receiving }, currency }: HomeModel,
): Html {
  const t = text(locale).home
  return html`<section class="totals" aria-label="${t.totals}"><dl>
<div><dt>${t.given}</dt><dd>!${amountFigure(given, currency, locale)}</dd></div>
<div><dt>${t.paidOut}</dt><dd>!${amountFigure(paidOut, currency, locale)}</dd></div>
<div><dt>${t.receiving(receiving)}</dt><dd>${formatCount(receiving, locale)}</dd></div>
</dl></section>`
}

function card(page: PageContext, { pool, standing }: HomeModel['pools'][number]): Html {
  const t = text(page.locale).pool
  return html`<li class="card">
<p class="card-kind">${t.kinds[pool.kind]} · ${pool.area}!${pool.state === 'closed' ? html` !${badge(t.closed)}` : nothing}</p>
<h3><a class="card-link" href="${localPath(page, paths.pool(pool.slug))}">${pool.name}</a></h3>
<p class="card-terms">${t.incomeIs(amountText(pool.monthlyAmount, pool.currency, page.locale), t.months(pool.termMonths))}</p>
!${sustained(pool, standing, page.locale)}
!${towardsNext(`progress-${pool.slug}`, pool, standing, page.locale)}
</li>`
}

function wishes(page: PageContext, model: HomeModel): Html {
  const t = text(page.locale).wishes
  return html`<section class="frame section" aria-labelledby="wishes-title"><h2 id="wishes-title">${t.title}</h2>
!${model.wishes.length === 0 ? html`<p class="empty">${t.none}</p>` : wishCards(page, model.wishes)}
<p class="actions"><a class="button" href="${localPath(page, paths.wishes())}#write">${t.write}</a> <a href="${localPath(page, paths.wishes())}">${t.all}</a></p></section>`
}

function how({ locale }: PageContext): Html {
  const t = text(locale).home
  return html`<section class="how" id="how" aria-labelledby="how-title"><div class="frame"><h2 id="how-title">${t.how}</h2>
<ol class="steps">!${t.steps.map(
    ({ title, words }, index) =>
      html`<li>!${stepPictures[index] ?? nothing}<h3>${title}</h3><p>${words}</p></li>`,
  )}</ol>
<p class="steps-note">${t.stepsNote}</p></div></section>`
}

function firstSteps(
  page: PageContext,
  pools: HomeModel['pools'],
  persons: readonly DemonstrationPerson[],
): Html {
  const t = text(page.locale).home.first
  const [open] = pools.filter(({ pool }) => pool.state === 'open')
  const to = (path: string, title: string, words: string) =>
    html`<li><a href="${localPath(page, path)}">${title}</a> ${words}</li>`
  return html`<section class="frame section" aria-labelledby="first-title"><div class="first-steps">
<div><h2 id="first-title">${t.title}</h2><p>${t.lead}</p></div>
<ol>!${open ? to(`${paths.pool(open.pool.slug)}#give`, t.give, t.giveWords) : nothing}
!${to('/#persons', t.operator, t.operatorWords)}
!${to('/#persons', t.approver, t.approverWords)}
!${to(mayOpen(page, 'demonstration.clock', null) ? `${paths.admin}#clock` : '/#persons', t.clock, t.clockWords)}
!${to('/#persons', t.recipient, t.recipientWords)}</ol>
<div class="first-persons" id="persons"><h3>${text(page.locale).signIn.demonstration}</h3>!${personChips(page, persons)}</div></div></section>`
}
