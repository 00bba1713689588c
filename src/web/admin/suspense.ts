/** An entry that nobody recognised: what the bank shows of it, and saying for which pool or donation it was. */
import type { SuspenseEntry } from '../../reconciliation/index.ts'
import { dayTime } from '../components/date.ts'
import {
  errorSummary,
  type FormState,
  hiddenFields,
  selectField,
  textArea,
  textField,
} from '../components/field.ts'
import { amountText } from '../components/money.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface SuspenseModel {
  readonly entry: SuspenseEntry
  readonly pools: readonly { readonly id: string; readonly name: string }[]
  readonly mayResolve: boolean
  /** Fields: poolId, transferReference, reason. */
  readonly form: FormState
}

export function suspenseView(page: PageContext, { entry, pools, mayResolve, form }: SuspenseModel): Html {
  const t = text(page.locale)
  const words = t.suspense
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  const main = html`<div class="frame frame-narrow">!${errorSummary(t, form)}
<header class="page-head"><h1>${words.title}</h1></header>
<dl class="facts">
!${fact(t.reconciliation.amount, html`${amountText(entry.amount, entry.currency, page.locale)}`)}
!${fact(t.reconciliation.booked, dayTime(entry.bookedOn, page.locale))}
!${fact(t.reconciliation.reference, html`<code>${entry.reference}</code>`)}
!${fact(words.why, html`${words.reasons[entry.reason ?? 'nothing-known']}`)}
</dl>
<p class="small">${words.statement}</p>
!${mayResolve ? resolveForm(page, entry, pools, form) : nothing}
<p class="section"><a href="${localPath(page, paths.reconciliation)}">${words.back}</a></p></div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

function resolveForm(
  page: PageContext,
  { entryKey }: SuspenseEntry,
  pools: SuspenseModel['pools'],
  form: FormState,
): Html {
  const t = text(page.locale)
  const words = t.suspense
  const options = [
    { value: '', label: words.noPool },
    ...pools.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return html`<section class="section" aria-labelledby="resolve"><h2 id="resolve">${words.resolve}</h2><p>${words.resolveWords}</p>
<form class="stack" method="post" action="${localPath(page, paths.suspenseResolutions)}" novalidate>!${hiddenFields({ idempotencyKey: form.formKey, entryKey })}
!${textField(form, { name: 'transferReference', label: words.transferReference, hint: words.transferReferenceHint, optional: t.forms.optional, maxLength: 40, width: 'medium' })}
!${selectField(form, { name: 'poolId', label: words.pool, hint: words.poolHint }, options)}
!${textArea(form, { name: 'reason', label: words.reason, hint: words.reasonHint, maxLength: 500 }, 3)}
<button class="button" type="submit">${words.submit}</button></form></section>`
}
