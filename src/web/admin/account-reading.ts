/** Asks why before a name and an account are shown in clear; the answer stands on one response and nowhere else. */
import { errorSummary, type FormState, textField } from '../components/field.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface AccountReadingModel {
  readonly enrolmentId: string
  /** Null until it was asked, with a reason. */
  readonly account: { readonly name: string; readonly iban: string } | null
  /** Field: reason. */
  readonly form: FormState
}

export function accountReadingView(page: PageContext, model: AccountReadingModel): Html {
  const { enrolmentId, account, form } = model
  const all = text(page.locale)
  const t = all.accountReading
  const main = html`<div class="frame frame-narrow">!${errorSummary(all, form)}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.adminEnrolment(enrolmentId))}">${t.back}</a></p><h1>${t.title}</h1></header>
!${account ? shown(page, account) : ask(page, enrolmentId, form)}</div>`
  return layout(page, { title: t.title, main, refused: Object.keys(form.errors).length > 0 })
}

function ask(page: PageContext, enrolmentId: string, form: FormState): Html {
  const { accountReading: t, enrolment } = text(page.locale)
  return html`<p class="lead">${t.lead}</p>
<form class="donate" method="post" action="${localPath(page, paths.accountReadings(enrolmentId))}" novalidate>
!${textField(form, { name: 'reason', label: enrolment.reason, hint: t.reasonHint, maxLength: 200 })}
<button class="button" type="submit">${t.submit}</button></form>`
}

/** In groups of four, as it stands on a bank card. */
const grouped = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, '$1 ')

function shown({ locale }: PageContext, { name, iban }: { name: string; iban: string }): Html {
  const t = text(locale).accountReading
  return html`<section class="panel" aria-labelledby="shown"><h2 id="shown">${t.shown}</h2>
<dl class="facts facts-wide"><div><dt>${t.name}</dt><dd><strong>${name}</strong></dd></div>
<div><dt>${t.iban}</dt><dd><strong class="iban">${grouped(iban)}</strong></dd></div></dl>
<p>${t.shownWords}</p></section>`
}
