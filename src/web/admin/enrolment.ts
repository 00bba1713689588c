/** One enrolment for staff, without a name: helping who cannot sign in, and how the recipient signs in. */
import type { Enrolment } from '../../enrolments/index.ts'
import { monthTime } from '../components/date.ts'
import { errorSummary, type FormState, selectField, textField } from '../components/field.ts'
import { shortReference } from '../components/journal-entry.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface EnrolmentModel {
  readonly pool: { readonly slug: string; readonly name: string }
  readonly enrolment: Pick<Enrolment, 'id' | 'firstMonth' | 'lastMonth'>
  readonly ibanMasked: string
  readonly hasSignIn: boolean
  readonly mayHelp: boolean
  readonly mayGiveSignIn: boolean
  readonly mayReadAccount: boolean
  /** Fields: reason, email, locale, addressReason. */
  readonly form: FormState
}

export function enrolmentView(page: PageContext, model: EnrolmentModel): Html {
  const { pool, enrolment, form } = model
  const all = text(page.locale)
  const t = all.enrolment
  const title = t.title(shortReference(enrolment.id))
  const main = html`<div class="frame frame-narrow">!${errorSummary(all, form)}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.adminPool(pool.slug))}">${t.back(pool.name)}</a></p><h1>${title}</h1></header>
<dl class="facts facts-wide"><div><dt>${t.account}</dt><dd><span class="iban">${model.ibanMasked}</span></dd></div>
<div><dt>${t.term}</dt><dd>!${monthTime(enrolment.firstMonth, page.locale)} ${t.to} !${monthTime(enrolment.lastMonth, page.locale)}</dd></div>
<div><dt>${t.signIn}</dt><dd>${model.hasSignIn ? t.yes : t.no}</dd></div></dl>
!${model.mayHelp ? help(page, model) : nothing}
!${model.mayGiveSignIn ? signIn(page, model) : nothing}
!${model.mayReadAccount ? html`<section class="panel section" aria-labelledby="read"><h2 id="read">${t.read}</h2><p>${t.readWords}</p><p><a href="${localPath(page, paths.accountReadings(enrolment.id))}">${t.readLink}</a></p></section>` : nothing}</div>`
  return layout(page, { title, main, refused: Object.keys(form.errors).length > 0 })
}

function help(page: PageContext, { enrolment, form }: EnrolmentModel): Html {
  const t = text(page.locale).enrolment
  return html`<section class="panel section" aria-labelledby="help"><h2 id="help">${t.help}</h2><p>${t.helpWords}</p>
<form method="post" action="${localPath(page, paths.help(enrolment.id))}" novalidate>
!${textField(form, { name: 'reason', label: t.reason, hint: t.reasonHint, maxLength: 200 })}
<button class="button" type="submit">${t.helpSubmit}</button></form></section>`
}

function signIn(page: PageContext, { enrolment, form }: EnrolmentModel): Html {
  const { enrolment: t, people, person } = text(page.locale)
  const languages = [
    { value: 'nl', label: people.languages.nl },
    { value: 'en', label: people.languages.en },
  ]
  return html`<section class="panel section" aria-labelledby="sign-in"><h2 id="sign-in">${t.email}</h2><p>${t.emailWords}</p>
<form method="post" action="${localPath(page, paths.signInAddresses(enrolment.id))}" novalidate>
!${textField(form, { name: 'email', label: people.email, hint: t.emailHint, maxLength: 254 })}
!${selectField(form, { name: 'locale', label: t.language }, languages)}
!${textField(form, { name: 'addressReason', label: t.reason, hint: person.reasonHint, maxLength: 500 })}
<button class="button button-quiet" type="submit">${t.emailSubmit}</button></form></section>`
}
