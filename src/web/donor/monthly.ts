/** A donor's own monthly gifts: each with what it is, what the provider said of it, and what one can do, each in two clicks. */
import type { MonthlyGift, MonthlyGiftState } from '../../donations/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { afterAsking } from '../components/danger.ts'
import { dayOf } from '../components/date.ts'
import { errorSummary, type FormState, hiddenFields, textField } from '../components/field.ts'
import { amountText } from '../components/money.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export const tones: Record<MonthlyGiftState, Tone> = {
  'awaiting-payment': 'calm',
  active: 'good',
  paused: 'busy',
  'payment-failing': 'bad',
  stopped: 'calm',
}

export interface OwnMonthlyGift extends MonthlyGift {
  readonly pool: { readonly slug: string; readonly name: string }
}

export interface OwnMonthlyGiftsModel {
  readonly gifts: readonly OwnMonthlyGift[]
  /** Field of each gift: `amount-<id>`. */
  readonly form: FormState
}

export function ownMonthlyGiftsView(page: PageContext, { gifts, form }: OwnMonthlyGiftsModel): Html {
  const t = text(page.locale).monthly
  const main = html`<div class="frame frame-narrow">!${errorSummary(text(page.locale), form)}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.myGifts)}">${t.toGifts}</a></p><h1>${t.title}</h1><p class="lead">${t.lead}</p></header>
!${gifts.length === 0 ? html`<p>${t.none}</p><p><a class="button" href="${localPath(page, paths.home)}">${t.toPools}</a></p>` : gifts.map(gift => one(page, gift, form))}</div>`
  return layout(page, { title: t.title, main, refused: Object.keys(form.errors).length > 0 })
}

function one(page: PageContext, gift: OwnMonthlyGift, form: FormState): Html {
  const { locale } = page
  const t = text(locale).monthly
  const { id, pool, state, openChange, costsShare, currency } = gift
  const amount = amountText(gift.amount, currency, locale)
  const costs =
    costsShare > 0n
      ? html` <span class="small">${t.costs(amountText(costsShare, currency, locale))}</span>`
      : nothing
  const line = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  return html`<article class="panel" aria-labelledby="gift-${id}"><h2 id="gift-${id}"><a href="${localPath(page, paths.pool(pool.slug))}">${pool.name}</a></h2>
<p>!${badge(t.states[state], tones[state])}</p><p>${t.stateWords[state]}</p>
!${openChange ? html`<p role="status"><strong>${t.open[openChange]}</strong></p>` : nothing}
<dl class="sums">!${line(t.amount, html`<strong>${amount}</strong>!${costs}`)}
!${gift.nextAt ? line(t.next, dayOf(gift.nextAt, locale)) : nothing}
!${line(t.since, dayOf(gift.startedAt, locale))}
!${line(t.given, html`${gift.instalments}`)}
!${gift.saidAt ? line(t.saidAt, dayOf(gift.saidAt, locale)) : nothing}</dl>
!${state === 'stopped' || state === 'awaiting-payment' ? nothing : actions(page, gift, form)}</article>`
}

function actions(page: PageContext, { id, pool, state }: OwnMonthlyGift, form: FormState): Html {
  const t = text(page.locale).monthly
  const field = `amount-${id}`
  const key = (what: string) => hiddenFields({ what, idempotencyKey: `${form.formKey}-${what}` })
  const onOrOff = state === 'paused' ? 'resume' : 'pause'
  const stop = {
    ...{ ask: t.stop, label: t.stopLabel(pool.name), words: t.stopWords, submit: t.stopSubmit },
    fields: hiddenFields({ idempotencyKey: `${form.formKey}-stop` }),
  }
  const amount = html`!${key('change-amount')}
!${textField(form, { name: field, label: t.newAmount, hint: t.newAmountHint, inputMode: 'decimal', maxLength: 20, width: 'short' })}`
  const asks = (what: 'changeAmount' | 'pause' | 'resume', fields: Html, isOpen = false) =>
    html`<details class="asks asks-calm"!${isOpen ? html` open` : nothing}><summary aria-label="${t[`${what}Label`](pool.name)}">${t[what]}</summary>
<form method="post" action="${localPath(page, paths.monthlyChanges(id))}" novalidate><p>${t[`${what}Words`]}</p>!${fields}<button class="button" type="submit">${t[`${what}Submit`]}</button></form></details>`
  return html`<div class="choices">!${asks('changeAmount', amount, form.errors[field] !== undefined)}
!${asks(onOrOff, key(onOrOff))}
!${afterAsking(localPath(page, paths.monthlyEndings(id)), stop)}
<form method="post" action="${localPath(page, paths.monthlyAccountPages(id))}"><button class="button button-quiet" type="submit" aria-label="${t.accountLabel(pool.name)}">${t.account}</button></form></div>`
}
