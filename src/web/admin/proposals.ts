/** The forms that propose: another account of our own, other terms of a pool. What it is now stands beside what it becomes. */
import { describedChoice } from '../components/choice.ts'
import { errorOf, errorSummary, type FormState, hiddenFields, textField } from '../components/field.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface AccountModel {
  readonly now: { readonly iban: string; readonly holder: string }
  /** Fields: iban, holder, reason; `account` for what is wrong with all of it. */
  readonly form: FormState
}

export function accountView(page: PageContext, { now, form }: AccountModel): Html {
  const t = text(page.locale)
  const words = t.changes.account
  const main = html`<div class="frame frame-narrow">!${errorSummary(t, form, { account: 'proposal' })}
<header class="page-head"><h1>${words.title}</h1><p class="lead">${words.lead}</p></header>
<p>${words.now} <span class="iban">${now.iban.replace(/.{4}(?=.)/g, '$& ')}</span>, ${now.holder}.</p>
<p>${words.consequences}</p>
<form class="donate" id="proposal" method="post" action="${localPath(page, paths.ownAccount)}" novalidate>
!${errorOf(form, 'account')}!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'iban', label: words.iban, maxLength: 50 })}
!${textField(form, { name: 'holder', label: words.holder, maxLength: 70 })}
!${textField(form, { name: 'reason', label: t.changes.reason, hint: t.changes.reasonHint, maxLength: 500 })}
<button class="button" type="submit">${t.changes.propose}</button></form></div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

export interface PoolTermsModel {
  readonly pool: { readonly slug: string; readonly name: string }
  /** Somebody gave: another person approves. */
  readonly wasGivenTo: boolean
  /** Fields: name, area, monthlyAmount, termMonths, paydayOfMonth, feeBearer, reason; `terms` for all of it. */
  readonly form: FormState
}

export function poolTermsView(page: PageContext, { pool, wasGivenTo, form }: PoolTermsModel): Html {
  const t = text(page.locale)
  const { pool: words, terms } = t.changes
  const title = words.title(pool.name)
  const short = { width: 'short', inputMode: 'decimal' } as const
  const fees = (['pool', 'costs'] as const).map(value => ({ value, label: words.fees[value] }))
  const main = html`<div class="frame frame-narrow">!${errorSummary(t, form, { terms: 'proposal' })}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.adminPool(pool.slug))}">${t.adminPool.title(pool.name)}</a></p><h1>${title}</h1></header>
<p><strong>${wasGivenTo ? words.two : words.alone}</strong></p><p>${words.keeps}</p>
<form class="donate" id="proposal" method="post" action="${localPath(page, paths.poolTerms(pool.slug))}" novalidate>
!${errorOf(form, 'terms')}!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'name', label: terms.name, maxLength: 80 })}
!${textField(form, { name: 'area', label: terms.area, maxLength: 80 })}
!${textField(form, { name: 'monthlyAmount', label: words.monthlyAmount, ...short })}
!${textField(form, { name: 'termMonths', label: words.termMonths, ...short })}
!${textField(form, { name: 'paydayOfMonth', label: words.paydayOfMonth, ...short })}
!${describedChoice(form, { name: 'feeBearer', legend: words.feeBearer, choices: fees, chosen: form.values.feeBearer ?? '', layout: 'list' })}
!${textField(form, { name: 'reason', label: t.changes.reason, hint: t.changes.reasonHint, maxLength: 500 })}
<button class="button" type="submit">${t.changes.propose}</button></form></div>`
  return layout(page, { title, main, refused: Object.keys(form.errors).length > 0 })
}
