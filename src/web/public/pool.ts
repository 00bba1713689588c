/** A pool: what it sustains and why, where its money is, who gave, and the form to give. */
import type { PublicGift } from '../../donations/index.ts'
import type { TermChange } from '../../pools/index.ts'
import type { Sustainability } from '../../sustainability/index.ts'
import { badge } from '../components/badge.ts'
import { termRows } from '../components/change.ts'
import { dayOf, dayTime } from '../components/date.ts'
import { explanation } from '../components/explanation.ts'
import { errorSummary, type FormState } from '../components/field.ts'
import { amountFigure, amountText } from '../components/money.ts'
import { type PoolTerms, sustained, towardsNext } from '../components/pool-summary.ts'
import { type Whereabouts, whereabouts } from '../components/whereabouts.ts'
import { type ShownWish, wishCards } from '../components/wish.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { donateForm } from './donate-form.ts'
import type { GiftMeaning } from './gift-meaning.ts'

export interface PoolModel {
  readonly pool: PoolTerms
  readonly sustainability: Sustainability
  readonly whereabouts: Whereabouts
  /** YYYY-MM-DD, null when nothing is planned. */
  readonly nextPayday: string | null
  readonly gifts: readonly PublicGift[]
  /** A few of those for this pool. */
  readonly wishes: readonly ShownWish[]
  /** Newest first. */
  readonly termChanges: readonly TermChange[]
  /** Fields: amount, ownAmount, nickname, message, costsShare. */
  readonly form: FormState
  /** Of the amount in the form; null where that cannot be read. */
  readonly meaning: GiftMeaning | null
}

export function poolView(page: PageContext, model: PoolModel): Html {
  const { pool, form } = model
  const t = text(page.locale)
  const main = html`<div class="frame">
!${errorSummary(t, form)}
<header class="page-head"><p class="eyebrow">${t.pool.kinds[pool.kind]} · ${pool.area}!${pool.state === 'closed' ? html` !${badge(t.pool.closed)}` : nothing}</p>
<h1>${pool.name}</h1>
<p class="lead">${t.pool.incomeIs(amountText(pool.monthlyAmount, pool.currency, page.locale), t.pool.months(pool.termMonths))}</p></header>
<div class="split">
<section class="panel split-top" aria-label="${t.pool.sustains(model.sustainability.sustained)}">
!${sustained(pool, model.sustainability, page.locale)}
!${towardsNext('progress', pool, model.sustainability, page.locale)}
</section>
<div class="split-side">
!${pool.state === 'open' ? donateForm(page, pool, form, model.meaning) : html`<p class="aside-note">${t.pool.closedWords}</p>`}
!${facts(page, model)}
!${gifts(page, model)}
</div>
<div class="split-main">
<section class="section" aria-labelledby="why"><h2 id="why">${t.pool.why.title}</h2><p class="measure">${t.pool.why.lead}</p>
!${explanation(model.sustainability, page.locale)}</section>
<section class="section" aria-labelledby="where"><h2 id="where">${t.pool.where}</h2>
!${whereabouts('whereabouts', model.whereabouts, pool.currency, page.locale)}
<p><a href="${localPath(page, paths.ledger(pool.slug))}">${t.pool.ledger}</a><br><span class="small">${t.pool.ledgerWords}</span></p></section>
!${wishes(page, model)}
!${termHistory(page, model)}
</div>
</div></div>`
  return layout(page, { title: pool.name, main, refused: Object.keys(form.errors).length > 0 })
}

function facts({ locale }: PageContext, { pool, nextPayday }: PoolModel): Html {
  const t = text(locale).pool
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  return html`<section aria-labelledby="facts"><h2 id="facts">${t.facts.title}</h2><dl class="facts">
!${fact(t.facts.kind, html`${t.kinds[pool.kind]}`)}
!${fact(t.facts.area, html`${pool.area}`)}
!${fact(t.facts.amount, amountFigure(pool.monthlyAmount, pool.currency, locale))}
!${fact(t.facts.term, html`${t.months(pool.termMonths)}`)}
!${fact(t.facts.payday, html`${t.facts.paydayOf(pool.paydayOfMonth)}`)}
!${nextPayday ? fact(t.facts.nextPayday, dayTime(nextPayday, locale)) : nothing}
!${fact(t.facts.fees, html`${t.facts.feeBearers[pool.feeBearer]}`)}
</dl></section>`
}

function wishes(page: PageContext, model: PoolModel): Html {
  const t = text(page.locale).wishes
  const path = localPath(page, paths.wishes({ pool: model.pool.slug }))
  return html`<section class="section" aria-labelledby="wishes"><h2 id="wishes">${t.title}</h2>
!${model.wishes.length === 0 ? html`<p class="empty">${t.none}</p>` : wishCards(page, model.wishes)}
<p><a href="${path}">${t.ofPool(model.pool.name)}</a> · <a href="${path}#write">${t.write}</a></p></section>`
}

function termHistory({ locale }: PageContext, { pool, termChanges }: PoolModel): Html {
  if (termChanges.length === 0) return nothing
  const t = text(locale).changes.termHistory
  const lines = ({ was, became }: TermChange) =>
    termRows(was, became, pool.currency, locale).map(
      ({ what, now, becomes }) => html`<li>${t.words(what, now, becomes)}</li>`,
    )
  return html`<section class="section" aria-labelledby="terms"><h2 id="terms">${t.title}</h2>
!${termChanges.map(
    change => html`<p><strong>!${dayOf(change.changedAt, locale)}</strong></p><ul>!${lines(change)}</ul>
<p class="small">${change.alone ? t.alone : t.two} ${t.change} <code>${change.changeId}</code></p>`,
  )}</section>`
}

function gifts({ locale }: PageContext, model: PoolModel): Html {
  const t = text(locale).pool.gifts
  const gift = ({ amount, currency, at, nickname, message, asOrganisation }: PublicGift) => html`<li>
<p class="gift-head"><span class="gift-name">${nickname ?? t.anonymous}!${asOrganisation ? html` <span class="optional">${t.organisation}</span>` : nothing}</span> !${amountFigure(amount, currency, locale)}</p>
!${message ? html`<blockquote>${message}</blockquote>` : nothing}
<p class="small">!${dayOf(at, locale)}</p></li>`
  return html`<section aria-labelledby="gifts"><h2 id="gifts">${t.title}</h2>
!${model.gifts.length === 0 ? html`<p class="empty">${t.none}</p>` : html`<ul class="gifts">!${model.gifts.map(gift)}</ul>`}</section>`
}
