/** The donor's own page: what they gave and where it is now, their years, their letters, and their data. */

import { stoppableKinds } from '../../donors/index.ts'
import { kept, keptInAll, type OwnGift, type OwnGifts } from '../../giving/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { badge } from '../components/badge.ts'
import { describedChoice } from '../components/choice.ts'
import { afterAsking } from '../components/danger.ts'
import { dayOf, dayText } from '../components/date.ts'
import { amountCell, amountText } from '../components/money.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { tones } from '../public/receipt.ts'
import { emptyForm } from '../scope.ts'
import { text } from '../text/index.ts'

/** Null: nothing is known under this person's address, or they have none. */
export function giftsView(page: PageContext, own: OwnGifts | null): Html {
  const t = text(page.locale).donor
  const main = html`<div class="frame"><header class="page-head"><h1>${t.title}</h1>
<p class="lead">${own ? t.lead(own.donor.email) : t.none}</p></header>
!${own ? everything(page, own) : html`<p><a class="button" href="${localPath(page, paths.home)}">${t.give}</a></p>`}</div>`
  return layout(page, { title: t.title, main })
}

const everything = (page: PageContext, own: OwnGifts): Html => {
  const t = text(page.locale).donor
  return html`!${gifts(page, own)}
!${section('overviews', t.overviews.title, overviews(page, own))}
!${section('letters', t.letters.title, letters(page, own))}
!${section('data', t.data.title, data(page))}`
}

const section = (id: string, title: string, content: Html): Html =>
  html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`

function gifts(page: PageContext, own: OwnGifts): Html {
  const { locale } = page
  const t = text(locale).donor
  if (own.gifts.length === 0) return html`<p class="empty">${t.none}</p>`
  const sums = [...keptInAll(own.gifts)]
  return html`<dl class="sums">!${sums.map(([currency, sum]) => html`<div class="strong"><dt>${t.total}</dt><dd>!${amountCell(sum, currency, locale)}</dd></div>`)}</dl>
<p class="small">${t.totalWords}</p>
!${table<OwnGift>({
    id: 'gifts',
    caption: t.title,
    captionHidden: true,
    stacks: true,
    columns: [
      { heading: t.columns.date, cell: ({ donation }) => dayOf(donation.createdAt, locale, 'shortDay') },
      {
        heading: t.columns.pool,
        cell: ({ pool }) => html`<a href="${localPath(page, paths.pool(pool.slug))}">${pool.name}</a>`,
      },
      {
        heading: t.columns.state,
        cell: gift => html`!${state(page, gift)} !${receipt(page, gift)}`,
      },
      { heading: t.columns.amount, numeric: true, cell: gift => amount(page, gift) },
    ],
    rows: own.gifts,
  })}`
}

const state = ({ locale }: PageContext, { donation }: OwnGift): Html =>
  badge(text(locale).receipt.states[donation.state], tones[donation.state])

function amount({ locale }: PageContext, { donation }: OwnGift): Html {
  const { currency, costsShare } = donation
  const paid = donation.amount + costsShare
  const left = kept(donation)
  const back = left > 0n && left < paid
  return html`!${amountCell(paid, currency, locale)}!${back ? html`<br><span class="small">${text(locale).donor.back(amountText(paid - left, currency, locale))}</span>` : nothing}`
}

function receipt(page: PageContext, { donation, pool, receiptToken }: OwnGift): Html {
  const t = text(page.locale).donor
  if (!receiptToken) return nothing
  const day = dayText(localDate(donation.createdAt), page.locale)
  return html`<a href="${localPath(page, paths.receipt(receiptToken))}" aria-label="${t.receiptOf(pool.name, day)}">${t.receipt}</a>`
}

function overviews(page: PageContext, { years }: OwnGifts): Html {
  const t = text(page.locale).donor.overviews
  if (years.length === 0) return html`<p>${t.none}</p>`
  return html`<p>${t.words}</p><ul class="plain-list">!${years.map(({ year, isMade }) =>
    isMade
      ? html`<li><a href="${localPath(page, paths.myOverview(year))}">${t.one(year)}</a> · <a href="${localPath(page, paths.myOverviewPdf(year))}" aria-label="${t.pdfOf(year)}">${t.pdf}</a></li>`
      : html`<li><form class="inline-form" method="post" action="${localPath(page, paths.myOverview(year))}"><button class="button button-quiet" type="submit">${t.make(year)}</button></form></li>`,
  )}</ul>`
}

function letters(page: PageContext, own: OwnGifts): Html {
  const t = text(page.locale).donor.letters
  const box = (
    kind: (typeof stoppableKinds)[number],
  ) => html`<div class="choice"><input type="checkbox" id="letters-${kind}" name="${kind}" value="yes"!${own.letters.wanted.includes(kind) ? html` checked` : nothing}>
<label for="letters-${kind}">${t.kinds[kind].label}<span class="explain">${t.kinds[kind].words}</span></label></div>`
  const languages = (['nl', 'en'] as const).map(value => ({ value, label: t.languages[value] }))
  return html`<p>${t.words}</p><form method="post" action="${localPath(page, paths.myLetters)}" novalidate><fieldset class="field"><legend>${t.which}</legend>
<div class="list">!${stoppableKinds.map(box)}</div></fieldset>
!${describedChoice(emptyForm(), { name: 'language', legend: t.language, choices: languages, chosen: own.letters.locale, layout: 'list' })}
<button class="button" type="submit">${t.save}</button></form>`
}

function data(page: PageContext): Html {
  const t = text(page.locale).donor.data
  return html`<p>${t.words}</p><p><a class="button button-quiet" href="${localPath(page, paths.myData)}" download>${t.export}</a></p>
!${afterAsking(localPath(page, paths.myErasures), {
    ask: t.erase,
    label: t.erase,
    words: t.eraseWords,
    submit: t.eraseSubmit,
    fields: html`<p>${t.stays}</p>`,
  })}`
}
