/** One key: what it may do, who made it, and the forms that replace or end it. */
import { dangerButton } from '../components/danger.ts'
import { dayOf } from '../components/date.ts'
import { errorSummary, type FormState, hiddenFields, textField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type ShownSecret, secretPanel } from './key-secret.ts'
import { type KeyRow, scopeWords, stateBadge } from './keys.ts'

export interface KeyModel {
  readonly key: KeyRow
  readonly mayManage: boolean
  /** Fields: overlapDays, days, reason; `key` for what is wrong with the key itself. */
  readonly form: FormState
  readonly made: ShownSecret | null
}

export function keyView(page: PageContext, { key, mayManage, form, made }: KeyModel): Html {
  const t = text(page.locale)
  const canChange = mayManage && (key.state === 'good' || key.state === 'maker-left')
  const main = html`<div class="frame">!${errorSummary(t, form, { key: 'key' })}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.keys)}">${t.keys.back}</a></p>
<h1>${key.name}</h1><p id="key">!${stateBadge(page, key)}</p></header>
!${made ? secretPanel(page, made) : nothing}
!${key.state === 'good' && !key.makerStillMay ? html`<div class="warning"><p>${t.keys.makerMayNot}</p></div>` : nothing}
<div class="split"><div class="split-main">!${facts(page, key)}!${trailOf(page, key)}</div>
<div class="split-side">!${canChange ? [rotationForm(page, key, form), endingForm(page, key, form)] : nothing}</div></div></div>`
  return layout(page, { title: key.name, main, refused: Object.keys(form.errors).length > 0 })
}

function facts(page: PageContext, key: KeyRow): Html {
  const { locale } = page
  const t = text(locale).keys
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  return html`<dl class="facts">
!${fact(t.start, html`<code>${key.start}…</code>`)}
!${fact(t.may, html`${scopeWords(page, key.scopes)}`)}
!${fact(t.pool, html`${key.poolName ?? t.wholeOrganisation}`)}
!${fact(t.maker, html`${key.makerName}`)}
!${fact(t.createdAt, dayOf(key.createdAt, locale))}
!${fact(t.until, dayOf(key.endedAt ?? key.expiresAt, locale))}
!${fact(t.used, key.usedAt ? dayOf(key.usedAt, locale) : html`${t.never}`)}
!${key.replaces ? html`<div><dt>${t.replaces}</dt><dd><a href="${localPath(page, paths.key(key.replaces))}"><code>${key.replaces}</code></a></dd></div>` : nothing}
</dl>`
}

function trailOf(page: PageContext, { id }: KeyRow): Html {
  if (!mayOpen(page, 'acts.read', null)) return nothing
  const t = text(page.locale).keys
  const link = (path: string, words: string) => html`<li><a href="${localPath(page, path)}">${words}</a></li>`
  return html`<ul class="link-list">!${link(paths.trailAbout('key', id), t.aboutActs)}!${link(paths.trailOf(id), t.acts)}</ul>`
}

function rotationForm(page: PageContext, key: KeyRow, form: FormState): Html {
  const t = text(page.locale).keys
  return html`<form class="donate" method="post" action="${localPath(page, paths.keyRotations(key.id))}" aria-labelledby="rotate" novalidate>
<h2 id="rotate">${t.rotate}</h2><p>${t.rotateWords}</p>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'overlapDays', label: t.overlapDays, hint: t.overlapHint, inputMode: 'decimal', maxLength: 2, width: 'short' })}
!${textField(form, { name: 'days', label: t.days, hint: t.daysHint, inputMode: 'decimal', maxLength: 3, width: 'short' })}
!${textField(form, { name: 'rotationReason', label: t.reason, hint: t.reasonHint, maxLength: 500 })}
<button class="button button-wide" type="submit">${t.rotateSubmit}</button></form>`
}

function endingForm(page: PageContext, key: KeyRow, form: FormState): Html {
  const t = text(page.locale).keys
  return html`<form class="donate" method="post" action="${localPath(page, paths.keyEndings(key.id))}" aria-labelledby="end" novalidate>
<h2 id="end">${t.end}</h2><p>${t.endWords}</p>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'reason', label: t.reason, hint: t.reasonHint, maxLength: 500 })}
!${dangerButton(t.endSubmit, true)}</form>`
}
