/** Wishes that wait for staff, that were reported or are hidden: read, shown, refused, hidden. */
import { type OpenWish, wishReasons } from '../../wishes/index.ts'
import { badge } from '../components/badge.ts'
import { afterAsking } from '../components/danger.ts'
import { dayOf, dayTime } from '../components/date.ts'
import { errorSummary, type FormState, fieldId, selectField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface OpenWishesModel {
  /** The most urgent first. */
  readonly wishes: readonly OpenWish[]
  readonly hasMore: boolean
  /** By id. */
  readonly poolNames: ReadonlyMap<string, string>
  /** YYYY-MM-DD. */
  readonly today: string
  /** Fields: `reason-` with a wish's id; `wish` for what is wrong with a wish itself. */
  readonly form: FormState
}

export function openWishesView(page: PageContext, model: OpenWishesModel): Html {
  const t = text(page.locale)
  const { admin: words } = t.wishes
  const { wishes, form } = model
  const waiting = wishes.filter(({ state }) => state === 'waiting')
  const reported = wishes.filter(({ state, lookBy }) => state !== 'waiting' && lookBy !== null)
  const hidden = wishes.filter(({ state, lookBy }) => state === 'hidden' && lookBy === null)
  const list = (some: readonly OpenWish[]) => some.map(each => openWish(page, model, each))
  const part = (id: string, title: string, some: readonly OpenWish[], none: string) =>
    html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title} (${some.length})</h2>
!${some.length === 0 ? html`<p class="empty">${none}</p>` : list(some)}</section>`
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><h1>${words.title}</h1><p class="lead">${words.lead}</p></header>
!${form.errors.wish ? html`<div class="warning" id="${fieldId('wish')}"><p>${form.errors.wish}</p></div>` : nothing}
!${model.hasMore ? html`<p>${words.more}</p>` : nothing}
!${part('reported', words.reported, reported, words.noneReported)}
!${part('waiting', words.waiting, waiting, words.noneWaiting)}
!${hidden.length > 0 ? part('hidden', words.hidden, hidden, '') : nothing}</div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

function openWish(page: PageContext, model: OpenWishesModel, wish: OpenWish): Html {
  const t = text(page.locale).wishes
  const { admin: words } = t
  const { id, lookBy, state } = wish
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const isLate = lookBy !== null && lookBy < model.today
  return html`<article class="panel moderated" id="wish-${id}" aria-labelledby="words-${id}">
<blockquote class="own-words" id="words-${id}" lang="${wish.locale}">${wish.text}</blockquote>
<dl class="wish-facts">!${fact(words.by, html`${wish.nickname ?? t.anonymous} · ${words.language[wish.locale]}`)}
!${fact(words.where, html`${model.poolNames.get(wish.poolId ?? '') ?? words.noPool}`)}
!${fact(words.written, dayOf(wish.writtenAt, page.locale))}
!${lookBy ? fact(words.lookBy, html`!${dayTime(lookBy, page.locale)}!${isLate ? html` !${badge(words.late, 'bad')}` : nothing}`) : nothing}
!${state === 'waiting' ? nothing : fact(words.agreements, html`${wish.agreements}`)}
!${wish.because ? fact(words.because, html`!${badge(words.isHidden, 'bad')} ${wish.because === 'reported' ? t.reported : t.reasons[wish.because]}`) : nothing}
!${wish.reports.length > 0 ? fact(words.reports, reports(page, wish)) : nothing}</dl>
!${decisions(page, model, wish)}</article>`
}

function reports({ locale }: PageContext, { reports, notes }: OpenWish): Html {
  const t = text(locale).wishes
  return html`<ul class="plain-list">!${reports.map(({ reason, reports: count }) => html`<li>${count} × ${t.reasons[reason]}</li>`)}
!${notes.map(words => html`<li><q>${words}</q></li>`)}</ul>`
}

function decisions(page: PageContext, { form }: OpenWishesModel, { id, state, text: wish }: OpenWish): Html {
  const t = text(page.locale).wishes
  const { admin: words } = t
  const show = { waiting: words.show, shown: words.keepShown, hidden: words.showAgain }[state as 'waiting']
  const choices = [
    { value: '', label: words.choose },
    ...wishReasons.map(value => ({ value, label: t.reasons[value] })),
  ]
  const [path, ask, says] =
    state === 'shown'
      ? ([paths.hidings(id), words.hide, words.hideWords] as const)
      : ([paths.wishRefusals(id), words.refuse, words.refuseWords] as const)
  const field = { name: `reason-${id}`, label: words.reason }
  return html`<div class="decisions"><form method="post" action="${localPath(page, paths.showings(id))}">
<button class="button" type="submit" aria-describedby="words-${id}">${show}</button></form>
!${afterAsking(localPath(page, path), {
    ask,
    label: `${ask}: ${wish}`,
    words: says,
    submit: ask,
    fields: selectField(form, field, choices),
    isOpen: form.errors[field.name] !== undefined,
  })}</div>`
}
