/** The trail for people: a form that searches, one plain sentence for each act, and what is known of it under it. */
import type { RecordedAct } from '../../acts/index.ts'
import type { Locale } from '../../money/index.ts'
import { moment } from '../components/date.ts'
import { errorSummary, type FormState, hiddenFields, selectField, textField } from '../components/field.ts'
import { shortReference } from '../components/journal-entry.ts'
import { all, type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface ShownAct
  extends Pick<
    RecordedAct,
    'id' | 'at' | 'action' | 'actorKind' | 'place' | 'sessionId' | 'onBehalfOf' | 'reason' | 'origin'
  > {
  /** A work name, or the name of a key; null where there is none to show. */
  readonly name: string | null
  /** What it was done to, in words: "Groningen, december 2026"; empty where the sentence says it all. */
  readonly about: string
  /** Where to see that, without the locale's prefix. */
  readonly path: string | null
  /** When it was written down, if that was at another time than it happened. */
  readonly recordedAt: Date | null
}

/** Those that links set and the form carries along. */
const carried = ['subjectKind', 'sessionId', 'onBehalfOf'] as const

export interface TrailModel {
  readonly acts: readonly ShownAct[]
  /** Where older acts are; null on the last page. */
  readonly older: string | null
  readonly isNewest: boolean
  /** Fields: actorId, action, from, until, place, subjectId; with what links set. */
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
<h1>${words.title}</h1><p class="lead">${words.lead}</p><p><a href="#search">${words.toSearch}</a></p></header>
<div class="split"><div class="split-main">
<section class="section" aria-labelledby="found"><h2 id="found">${words.found}</h2>
!${acts.length === 0 ? html`<p class="empty">${words.none}</p>` : html`<ol class="acts">!${acts.map(act => shown(page, act))}</ol>`}
!${pager(page, model)}</section>
</div><div class="split-side">
!${searchForm(page, model)}
!${exportQuery === null ? nothing : exportLinks(page, exportQuery)}
<section class="section" aria-labelledby="place"><h2 id="place">${words.placeTitle}</h2><p>${words.placeWords}</p></section>
<section class="section" aria-labelledby="request"><h2 id="request">${words.requestTitle}</h2><p>${words.requestWords}</p></section>
</div></div></div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
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

function shown(page: PageContext, act: ShownAct): Html {
  const t = text(page.locale).trail
  const { id, at, place, sessionId, onBehalfOf, reason, origin, path, recordedAt } = act
  const search = (field: string, value: string, label: string) =>
    html`<a href="${localPath(page, `${paths.trail}?${field}=${value}`)}"><code>${label}</code></a>`
  const parts = [
    html`<span class="visually-hidden">${t.at} </span>!${moment(at, page.locale)}`,
    ...(recordedAt ? [html`${t.recorded} !${moment(recordedAt, page.locale)}`] : []),
    ...(place ? [html`${t.fromPlace} !${search('place', place, place)}`] : []),
    ...(onBehalfOf
      ? [html`${t.forWhom} !${search('onBehalfOf', onBehalfOf, shortReference(onBehalfOf))}`]
      : []),
    ...(sessionId ? [html`${t.session} !${search('sessionId', sessionId, shortReference(sessionId))}`] : []),
    ...(origin ? [html`${t.request} <code>${origin}</code>`] : []),
  ]
  return html`<li id="act-${id}"><p class="act-says">${sentence(act, page.locale)}!${path ? html` <a href="${localPath(page, path)}">${t.see}<span class="visually-hidden"> ${act.about}</span></a>` : nothing}</p>
!${reason ? html`<p>${t.why}: <q>${reason}</q></p>` : nothing}
<p class="small">!${all(parts.map((part, index) => (index === 0 ? part : html` · !${part}`)))}</p></li>`
}

function searchForm(page: PageContext, { form, actors, actions }: TrailModel): Html {
  const t = text(page.locale)
  const words = t.trail
  const set = carried.filter(field => form.values[field])
  const hidden = Object.fromEntries(set.map(field => [field, form.values[field] ?? '']))
  const people = [{ id: '', name: words.everybody }, ...actors].map(({ id, name }) => ({
    value: id,
    label: name,
  }))
  return html`<form class="donate" method="get" action="${localPath(page, paths.trail)}" aria-labelledby="search" novalidate>
<h2 id="search">${words.search}</h2>
!${set.map(field => html`<p>${words.only[field](form.values[field] ?? '')}</p>`)}
!${hiddenFields(hidden)}
!${selectField(form, { name: 'actorId', label: words.who }, people)}
!${selectField(form, { name: 'action', label: words.what }, actionChoices(actions, page.locale))}
!${textField(form, { name: 'from', label: words.from, type: 'date', width: 'medium' })}
!${textField(form, { name: 'until', label: words.until, type: 'date', width: 'medium' })}
!${textField(form, { name: 'place', label: words.place, hint: words.placeHint, maxLength: 8, width: 'medium' })}
!${textField(form, { name: 'subjectId', label: words.subjectId, hint: words.subjectHint, maxLength: 100 })}
<button class="button button-wide" type="submit">${words.search}</button>
<p><a href="${localPath(page, paths.trail)}">${words.clear}</a></p></form>`
}

/** All, then each noun with the actions of it. */
function actionChoices(actions: readonly string[], locale: Locale) {
  const t = text(locale).trail
  const nouns = [...new Set(actions.map(action => action.split('.')[0] ?? ''))]
  return [
    { value: '', label: t.all },
    ...nouns.flatMap(noun => {
      const its = actions.filter(action => action.startsWith(`${noun}.`))
      const each = its.map(value => ({ value, label: t.acts[value]?.name ?? value }))
      return its.length > 1 ? [{ value: noun, label: t.allOf(t.nouns[noun] ?? noun) }, ...each] : each
    }),
  ]
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
