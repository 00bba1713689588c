/** Thank-yous that wait for staff, and the latest that are shown: read, shown, refused. Who wrote them is not said here. */
import { type StaffThanks, thanksReasons } from '../../thanks/index.ts'
import { badge } from '../components/badge.ts'
import { afterAsking } from '../components/danger.ts'
import { dayTime, monthTime } from '../components/date.ts'
import { errorSummary, type FormState, fieldId, selectField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface StaffThanksModel {
  /** The most urgent first. */
  readonly waiting: readonly StaffThanks[]
  readonly hasMore: boolean
  /** The newest first. */
  readonly shown: readonly StaffThanks[]
  /** By id. */
  readonly poolNames: ReadonlyMap<string, string>
  /** YYYY-MM-DD. */
  readonly today: string
  /** Who looks: what they wrote down for a recipient is a colleague's to decide. */
  readonly viewerId: string
  /** Fields: `reason-` with an id; `thanks` for what is wrong with one itself. */
  readonly form: FormState
}

export function staffThanksView(page: PageContext, model: StaffThanksModel): Html {
  const t = text(page.locale)
  const words = t.thanks.admin
  const { waiting, shown, form } = model
  const part = (id: string, title: string, some: readonly StaffThanks[], none: string) =>
    html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title} (${some.length})</h2>
!${some.length === 0 ? html`<p class="empty">${none}</p>` : some.map(each => one(page, model, each))}</section>`
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><h1>${words.title}</h1><p class="lead">${words.lead}</p></header>
!${form.errors.thanks ? html`<div class="warning" id="${fieldId('thanks')}"><p>${form.errors.thanks}</p></div>` : nothing}
!${model.hasMore ? html`<p>${words.more}</p>` : nothing}
!${part('waiting', words.waiting, waiting, words.noneWaiting)}
!${part('shown', words.shown, shown, words.noneShown)}</div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

function one(page: PageContext, model: StaffThanksModel, its: StaffThanks): Html {
  const t = text(page.locale).thanks
  const { admin: words } = t
  const { id, lookBy } = its
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const isLate = lookBy !== null && lookBy < model.today
  return html`<article class="panel moderated" id="thanks-${id}" aria-labelledby="words-${id}">
<blockquote class="own-words" id="words-${id}" lang="${its.locale}">${its.text}</blockquote>
<dl class="wish-facts">!${fact(words.by, html`${its.nickname ?? t.anonymous} · ${words.language[its.locale]}`)}
!${fact(words.where, html`${model.poolNames.get(its.poolId) ?? ''}`)}
!${fact(words.written, monthTime(its.month, page.locale))}
!${lookBy ? fact(words.lookBy, html`!${dayTime(lookBy, page.locale)}!${isLate ? html` !${badge(words.late, 'bad')}` : nothing}`) : nothing}</dl>
!${its.helpedBy === model.viewerId ? html`<p>${words.yours}</p>` : decisions(page, model, its)}</article>`
}

function decisions(
  page: PageContext,
  { form }: StaffThanksModel,
  { id, state, text: its }: StaffThanks,
): Html {
  const t = text(page.locale).thanks
  const { admin: words } = t
  const choices = [
    { value: '', label: words.choose },
    ...thanksReasons.map(value => ({ value, label: t.reasons[value] })),
  ]
  const isShown = state === 'shown'
  const ask = isShown ? words.takeDown : words.refuse
  const field = { name: `reason-${id}`, label: words.reason }
  const show = html`<form method="post" action="${localPath(page, paths.thanksShowings(id))}">
<button class="button" type="submit" aria-describedby="words-${id}">${words.show}</button></form>`
  return html`<div class="decisions">!${isShown ? nothing : show}
!${afterAsking(localPath(page, paths.thanksRefusals(id)), {
    ...{
      ask,
      label: `${ask}: ${its}`,
      words: isShown ? words.takeDownWords : words.refuseWords,
      submit: ask,
    },
    fields: selectField(form, field, choices),
    isOpen: form.errors[field.name] !== undefined,
  })}</div>`
}
