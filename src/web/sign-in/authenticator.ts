/** Setting up an authenticator app, and the recovery codes that come with it. */
import { errorSummary, type FormState, textField } from '../components/field.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface AuthenticatorModel {
  /** For whoever types instead of scans, in groups of four. */
  readonly key: string
  /** The picture, of squares alone: made on the server, so that the secret goes nowhere else. */
  readonly qr: Html
  /** Posts `code`. */
  readonly form: FormState
}

export function authenticatorView(page: PageContext, { key, qr, form }: AuthenticatorModel): Html {
  const t = text(page.locale)
  const { title, steps, qr: qrTitle, key: keyLabel, code, submit } = t.authenticatorSetup
  const main = html`<div class="frame frame-narrow">!${errorSummary(t, form)}
<header class="page-head"><h1>${title}</h1></header>
<ol class="numbered">!${steps.map(step => html`<li>${step}</li>`)}</ol>
<div class="qr" role="img" aria-label="${qrTitle}">!${qr}</div>
<dl class="facts"><div><dt>${keyLabel}</dt><dd><code>${key}</code></dd></div></dl>
<form class="stack section" method="post" action="${localPath(page, paths.authenticatorCode)}" novalidate>
!${textField(form, { name: 'code', label: code, inputMode: 'numeric', autocomplete: 'one-time-code', maxLength: 12, width: 'short' })}
<button class="button" type="submit">${submit}</button></form></div>`
  return layout(page, { title, main, refused: Object.keys(form.errors).length > 0 })
}

export interface RecoveryCodesModel {
  readonly codes: readonly string[]
  /** Where to go on. */
  readonly next: string
}

export function recoveryCodesView(page: PageContext, { codes, next }: RecoveryCodesModel): Html {
  const t = text(page.locale).recoveryCodes
  const main = html`<div class="frame frame-narrow">
<header class="page-head"><h1>${t.title}</h1><p class="lead">${t.lead}</p></header>
<ul class="codes">!${codes.map(code => html`<li><code>${code}</code></li>`)}</ul>
<p>${t.keep}</p>
<p class="actions"><a class="button" href="${localPath(page, next)}">${t.next}</a></p></div>`
  return layout(page, { title: t.title, main })
}
