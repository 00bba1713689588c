/** After asking: look in your mail, or fill in the code from it. */
import { errorSummary, type FormState, textField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface SignInCodeModel {
  /** Where the mail went: as it was typed, whoever it belongs to. */
  readonly email: string
  readonly minutes: number
  /** Posts `code`. */
  readonly form: FormState
}

export function signInCodeView(page: PageContext, { email, minutes, form }: SignInCodeModel): Html {
  const t = text(page.locale)
  const main = html`<div class="frame frame-narrow">
!${errorSummary(t, form)}
<header class="page-head"><h1>${t.signInCode.title}</h1><p class="lead">${t.signInCode.sent(email)}</p></header>
<p>${t.signInCode.how}</p>
<form class="stack" method="post" action="${localPath(page, paths.signInCode)}" novalidate>
!${textField(form, { name: 'code', label: t.signInCode.code, inputMode: 'numeric', autocomplete: 'one-time-code', maxLength: 12, width: 'short' })}
<button class="button" type="submit">${t.signInCode.submit}</button></form>
<p class="small">${t.signInCode.minutes(minutes)}</p>
<p class="small">${t.signInCode.again} <a href="${localPath(page, paths.signIn)}">${t.signInCode.againLink}</a></p>
!${page.demonstration ? html`<p><a href="${localPath(page, paths.inbox)}">${t.signInCode.inbox}</a></p>` : nothing}</div>`
  return layout(page, { title: t.signInCode.title, main, refused: Object.keys(form.errors).length > 0 })
}
