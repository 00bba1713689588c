/** Where a donor comes back to after paying the first instalment: what they give from now on, and how to change it. */
import type { MonthlyGift } from '../../donations/index.ts'
import { badge } from '../components/badge.ts'
import { dayOf } from '../components/date.ts'
import { amountCell } from '../components/money.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { tones } from './monthly.ts'

export interface MonthlyStartedModel {
  readonly gift: MonthlyGift
  readonly pool: { readonly slug: string; readonly name: string }
}

export function monthlyStartedView(page: PageContext, { gift, pool }: MonthlyStartedModel): Html {
  const { locale } = page
  const t = text(locale).monthly
  const { state, currency } = gift
  const show = (minor: bigint) => amountCell(minor, currency, locale)
  const line = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const main = html`<div class="frame frame-narrow"><header class="page-head">
!${state === 'awaiting-payment' ? nothing : html`<p class="eyebrow">${t.started.thanks}</p>`}<h1>${t.started.title}</h1></header>
<section class="panel state-panel" aria-label="${t.states[state]}"><p>!${badge(t.states[state], tones[state])}</p><p>${t.stateWords[state]}</p></section>
<section class="section"><dl class="sums">!${line(t.started.gaveTo, html`<a href="${localPath(page, paths.pool(pool.slug))}">${pool.name}</a>`)}
!${line(t.started.amount, show(gift.amount))}
!${gift.costsShare > 0n ? line(t.started.costs, show(gift.costsShare)) : nothing}
!${gift.nextAt ? line(t.next, dayOf(gift.nextAt, locale)) : nothing}</dl></section>
<p>${t.started.change}</p>
!${page.signIn && !page.person ? html`<p><a class="button" href="${localPath(page, paths.signIn)}">${t.started.signIn}</a></p>` : nothing}
!${page.person ? html`<p><a class="button" href="${localPath(page, paths.myMonthlyGifts)}">${t.title}</a></p>` : nothing}</div>`
  return layout(page, { title: t.started.title, main })
}
