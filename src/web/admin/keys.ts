/** The keys of programs: all that there are, and the form for a new one. */
import { type ListedKey, LONGEST_KEY_DAYS, type Permission } from '../../auth/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { dayOf } from '../components/date.ts'
import {
  described,
  errorOf,
  errorSummary,
  type FormState,
  fieldId,
  hiddenFields,
  selectField,
  textField,
} from '../components/field.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type ShownSecret, secretPanel } from './key-secret.ts'

export interface KeyRow extends Omit<ListedKey, 'poolId' | 'createdBy'> {
  /** Null: the whole organisation. */
  readonly poolName: string | null
}

export interface KeysModel {
  readonly keys: readonly KeyRow[]
  /** What this person may give a key; empty for who may only look. */
  readonly scopes: readonly Permission[]
  readonly pools: readonly { readonly id: string; readonly name: string }[]
  readonly mayManage: boolean
  /** Fields: name, scopes (each by its own name), poolId, days. */
  readonly form: FormState
  readonly made: ShownSecret | null
}

export const scopeField = (scope: string): string => `scope-${scope}`

export function keysView(page: PageContext, model: KeysModel): Html {
  const t = text(page.locale)
  const { form, made } = model
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.admin)}">${t.overview.title}</a></p>
<h1>${t.keys.title}</h1><p class="lead">${t.keys.lead}</p></header>
!${made ? secretPanel(page, made) : nothing}
<section class="section" aria-labelledby="list"><h2 id="list">${t.keys.list}</h2>!${list(page, model.keys)}</section>
!${model.mayManage ? html`<div class="split"><div class="split-main">!${newKeyForm(page, model)}</div></div>` : nothing}</div>`
  return layout(page, { title: t.keys.title, main, refused: Object.keys(form.errors).length > 0 })
}

const tones: Readonly<Record<ListedKey['state'], Tone>> = {
  good: 'good',
  expired: 'calm',
  ended: 'calm',
  'maker-left': 'bad',
}

export const stateBadge = ({ locale }: PageContext, { state }: Pick<KeyRow, 'state'>): Html =>
  badge(text(locale).keys.states[state], tones[state])

export const scopeWords = ({ locale }: PageContext, scopes: readonly Permission[]): string => {
  const words: Readonly<Record<string, string>> = text(locale).keys.scopes
  return scopes.map(scope => words[scope] ?? scope).join(', ')
}

function list(page: PageContext, rows: readonly KeyRow[]): Html {
  const { locale } = page
  const t = text(locale).keys
  return table<KeyRow>({
    id: 'keys-table',
    caption: t.caption,
    captionHidden: true,
    empty: t.none,
    stacks: true,
    rows,
    columns: [
      {
        heading: t.name,
        cell: row =>
          html`<a href="${localPath(page, paths.key(row.id))}">${row.name}</a><span class="explain"><code>${row.start}…</code></span>`,
      },
      { heading: t.state, cell: row => stateBadge(page, row) },
      { heading: t.may, cell: row => html`${scopeWords(page, row.scopes)}` },
      { heading: t.pool, cell: row => html`${row.poolName ?? t.wholeOrganisation}` },
      { heading: t.until, says: true, cell: row => dayOf(row.endedAt ?? row.expiresAt, locale, 'shortDay') },
      {
        heading: t.used,
        says: true,
        cell: row => (row.usedAt ? dayOf(row.usedAt, locale, 'shortDay') : html`${t.never}`),
      },
      { heading: t.maker, says: true, cell: row => html`${row.makerName}` },
    ],
  })
}

function newKeyForm(page: PageContext, { form, scopes, pools }: KeysModel): Html {
  const t = text(page.locale).keys
  if (scopes.length === 0) return html`<p class="empty">${t.nothingToGive}</p>`
  const choices = [{ value: '', label: t.wholeOrganisation }].concat(
    pools.map(({ id, name }) => ({ value: id, label: name })),
  )
  return html`<form class="donate" method="post" action="${localPath(page, paths.keys)}" aria-labelledby="make" novalidate>
<h2 id="make">${t.make}</h2><p>${t.makeWords}</p>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'name', label: t.name, hint: t.nameHint, maxLength: 80 })}
!${scopeBoxes(page, form, scopes)}
!${selectField(form, { name: 'poolId', label: t.poolField, hint: t.poolHint }, choices)}
!${textField(form, { name: 'days', label: t.days, hint: t.daysHint, inputMode: 'decimal', maxLength: String(LONGEST_KEY_DAYS).length, width: 'short' })}
!${textField(form, { name: 'reason', label: t.reason, hint: t.reasonHint, maxLength: 500 })}
<button class="button button-wide" type="submit">${t.makeSubmit}</button></form>`
}

/** The first box has the field's id, so that the summary of errors leads to it. */
function scopeBoxes(page: PageContext, form: FormState, scopes: readonly Permission[]): Html {
  const t = text(page.locale).keys
  const boxes = scopes.map((scope, index) => {
    const id = index === 0 ? fieldId('scopes') : fieldId(scopeField(scope))
    const checked = form.values[scopeField(scope)] ? html` checked` : nothing
    return html`<div class="choice"><input type="checkbox" id="${id}" name="${scopeField(scope)}" value="yes"!${checked}><label for="${id}">${scopeWords(page, [scope])}</label></div>`
  })
  return html`<fieldset class="field!${form.errors.scopes ? html` field-wrong` : nothing}"!${described(form, { name: 'scopes' })}><legend>${t.scopesLegend}</legend>!${errorOf(form, 'scopes')}
!${boxes}</fieldset>`
}
