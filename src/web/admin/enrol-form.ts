/**
 * Enrols an adult. Asks nothing about income, housing or possessions. A pool that can carry nobody has no form to fill in,
 * unless it was filled in already: what somebody typed stays, for when a gift comes in.
 */
import { monthText } from '../components/date.ts'
import { checkbox, errorOf, hiddenFields, selectField, textField } from '../components/field.ts'
import { amountText } from '../components/money.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import type { AdminPoolModel } from './pool.ts'

export function enrolForm(
  page: PageContext,
  { pool, sustainability, startMonths, form }: AdminPoolModel,
): Html {
  const { locale } = page
  const { adminPool: t, people, forms } = text(locale)
  const languages = [
    { value: 'nl', label: people.languages.nl },
    { value: 'en', label: people.languages.en },
  ]
  const amount = (minor: bigint) => amountText(minor, pool.currency, locale)
  const cannot = sustainability.newIncomes === 0
  const warning = html`<div class="warning"><p><strong>${t.cannot}</strong></p><p>${t.cannotWords(amount(sustainability.missingForNext))}</p></div>`
  if (cannot && Object.keys(form.values).length === 0)
    return html`<section class="aside-note" id="enrol" aria-labelledby="enrol-title"><h2 id="enrol-title">${t.enrol}</h2>
!${warning}</section>`
  const months = startMonths.map(month => ({ value: month, label: monthText(month, locale) }))
  return html`<form class="donate" method="post" action="${localPath(page, paths.enrolments(pool.slug))}" id="enrol" aria-labelledby="enrol-title" novalidate>
<h2 id="enrol-title">${t.enrol}</h2>
!${errorOf(form, 'poolId')}
!${cannot && !form.errors.poolId ? warning : nothing}
<p>${t.enrolWords(amount(sustainability.costOfOneIncome))} ${t.nothingElse}</p>
!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'name', label: t.name, hint: t.nameHint, maxLength: 70 })}
!${textField(form, { name: 'birthDate', label: t.birthDate, hint: t.birthDateHint, type: 'date', width: 'medium' })}
!${textField(form, { name: 'iban', label: t.iban, hint: t.ibanHint, maxLength: 50 })}
!${selectField(form, { name: 'firstMonth', label: t.firstMonth }, months)}
!${checkbox(form, { name: 'livesInArea', label: t.livesInArea(pool.area) })}
!${textField(form, { name: 'checkedHow', label: t.checkedHow, hint: t.checkedHowHint, maxLength: 200 })}
!${textField(form, { name: 'reason', label: t.reason, hint: t.reasonHint, maxLength: 500 })}
!${textField(form, { name: 'email', label: people.email, hint: people.emailHint, optional: forms.optional, maxLength: 254 })}
!${selectField(form, { name: 'locale', label: people.language }, languages)}
<button class="button button-wide" type="submit">${t.submit}</button></form>`
}
