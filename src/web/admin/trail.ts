/** The trail for people: a form that searches, then each day with one line for each act; what is known of it opens under it. */
import type { RecordedAct } from '../../acts/index.ts'
import type { Locale } from '../../money/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { dayOf, moment, timeOf } from '../components/date.ts'
import { errorSummary, type FormState } from '../components/field.ts'
import { shortReference } from '../components/journal-entry.ts'
import { all, type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { trailSearch } from './trail-search.ts'
import type { Place } from './trail-subject.ts'

export interface ShownAct
  extends Pick<
    RecordedAct,
    'id' | 'at' | 'action' | 'actorKind' | 'place' | 'sessionId' | 'onBehalfOf' | 'reason' | 'origin'
  > {
  /** A work name, or the name of a key; null where there is none to show. */
  readonly name: string | null
  /** What it was done to, in words: "Groningen, december 2026"; empty where the sentence says it all. */
  readonly about: string
  /** Where to see that, without the locale's prefix, and what it takes to look there. */
  readonly seenAt: Place | null
  /** When it was written down, if that was at another time than it happened. */
  readonly recordedAt: Date | null
}

export interface TrailModel {
  readonly acts: readonly ShownAct[]
  /** Where older acts are; null on the last page. */
  readonly older: string | null
  readonly isNewest: boolean
  /** Fields: actorId, action, from, until, reason, without, place, sessionId, onBehalfOf, subjectId; and subjectKind, which links set. */
  readonly form: FormState
  readonly actors: readonly { readonly id: string; readonly name: string }[]
  /** Every action that was ever recorded. */
  readonly actions: readonly string[]
  /** The same search as a query of the API; null when it cannot be searched. */
  readonly exportQuery: string | null
}

export function trailView(page: PageContext, model: TrailModel): Html {
  const t = text(page.locale)
  const words = t.trail
  const { form, acts, exportQuery } = model
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.admin)}">${t.overview.title}</a></p>
<h1>${words.title}</h1><p class="lead">${words.lead}</p></header>
!${trailSearch(page, model)}
<section class="section" aria-labelledby="found"><h2 id="found">${words.found}</h2>
!${acts.length === 0 ? html`<p class="empty">${words.none}</p>` : byDay(acts).map(day => dayOfActs(page, day))}
!${pager(page, model)}</section>
!${exportQuery === null ? nothing : exportLinks(page, exportQuery)}
<section class="section" aria-labelledby="place"><h2 id="place">${words.placeTitle}</h2><p>${words.placeWords}</p></section>
<section class="section" aria-labelledby="request"><h2 id="request">${words.requestTitle}</h2><p>${words.requestWords}</p></section></div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

/** Acts stand in the order in which they were written down; a day begins anew where another came between. */
function byDay(acts: readonly ShownAct[]): (readonly [ShownAct, ...ShownAct[]])[] {
  const days: [ShownAct, ...ShownAct[]][] = []
  for (const act of acts) {
    const day = days.at(-1)
    if (day && localDate(day[0].at) === localDate(act.at)) day.push(act)
    else days.push([act])
  }
  return days
}

function dayOfActs(page: PageContext, day: readonly [ShownAct, ...ShownAct[]]): Html {
  const id = `day-${day[0].id}`
  return html`<section aria-labelledby="${id}"><h3 id="${id}" class="acts-day">!${dayOf(day[0].at, page.locale)}</h3>
<ol class="acts">!${day.map(act => shown(page, act))}</ol></section>`
}

/** "Uitvoerder stelde de uitbetaalronde voor: Groningen, december 2026"; a new action says its technical name. */
export function sentence(act: ShownAct, locale: Locale): string {
  const t = text(locale).trail
  const who = whoIn(act, locale)
  const known = Object.hasOwn(t.acts, act.action) ? t.acts[act.action] : undefined
  const said = known ? known.says(who) : t.unknown(who, act.action)
  return act.about === '' ? said : `${said}: ${act.about}`
}

function whoIn({ actorKind, name }: ShownAct, locale: Locale): string {
  const t = text(locale).trail
  if (actorKind === 'system') return t.system
  if (actorKind === 'public') return t.visitor
  if (actorKind === 'key') return t.key(name ?? '…')
  return name ?? t.recipient
}

/** One line; what else is known of it opens under it. */
function shown(page: PageContext, act: ShownAct): Html {
  const t = text(page.locale).trail
  const { id, at, reason, seenAt } = act
  const link =
    seenAt && mayOpen(page, seenAt.permission, seenAt.poolId ?? null)
      ? html`<a class="act-link" href="${localPath(page, seenAt.path)}">${t.see}<span class="visually-hidden"> ${act.about}</span></a>`
      : nothing
  return html`<li id="act-${id}"><details><summary>!${timeOf(at, page.locale)} ${sentence(act, page.locale)}!${reason ? html` <q><span class="visually-hidden">${text(page.locale).trail.why}: </span>${reason}</q>` : nothing}</summary>
<dl class="act-facts">!${facts(page, act)}</dl></details>!${link}</li>`
}

/** In words; one that has none here, as it is called. */
const nameOf = (action: string, locale: PageContext['locale']): string => {
  const { acts } = text(locale).trail
  return Object.hasOwn(acts, action) ? (acts[action]?.name ?? action) : action
}

function facts(page: PageContext, act: ShownAct): Html {
  const t = text(page.locale).trail
  const { id, at, action, place, sessionId, onBehalfOf, origin, recordedAt } = act
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const search = (field: string, value: string, label: string) =>
    html`<a href="${localPath(page, `${paths.trail}?${field}=${value}`)}"><code>${label}</code></a>`
  return all([
    fact(t.at, moment(at, page.locale)),
    ...(recordedAt ? [fact(t.recorded, moment(recordedAt, page.locale))] : []),
    ...(place ? [fact(t.place, search('place', place, place))] : []),
    ...(onBehalfOf ? [fact(t.forWhom, search('onBehalfOf', onBehalfOf, shortReference(onBehalfOf)))] : []),
    ...(sessionId ? [fact(t.session, search('sessionId', sessionId, shortReference(sessionId)))] : []),
    ...(origin ? [fact(t.request, html`<code>${origin}</code>`)] : []),
    fact(
      t.kind,
      html`<a href="${localPath(page, `${paths.trail}?action=${action}`)}">${nameOf(action, page.locale)}</a>`,
    ),
    fact(t.number, html`<code>${id}</code>`),
  ])
}

function exportLinks({ locale }: PageContext, query: string): Html {
  const t = text(locale).trail
  const link = (format: string, words: string) =>
    html`<li><a href="${paths.trailExport(`${query}${query ? '&' : ''}format=${format}`)}" download>${words}</a></li>`
  return html`<section class="section" aria-labelledby="export"><h2 id="export">${t.exportTitle}</h2><p>${t.exportWords}</p>
<ul class="link-list">!${link('csv', t.exportCsv)}!${link('jsonl', t.exportJsonl)}</ul></section>`
}

function pager(page: PageContext, { older, isNewest }: TrailModel): Html {
  const t = text(page.locale).trail
  return html`<nav class="pager" aria-label="${t.pages}">
!${isNewest ? nothing : html`<a href="${localPath(page, paths.trail)}">${t.newest}</a>`}
!${older === null ? nothing : html`<a rel="next" href="${localPath(page, older)}">${t.older}</a>`}
</nav>`
}
