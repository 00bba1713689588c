/** Showing the second factor: a code, a passkey, or in the demonstration a button. */
import { errorSummary, type FormState, hiddenFields, textField } from '../components/field.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { passkeyScript } from './passkey-script.ts'

/** In place of a code, by the demonstration's button: a code that is typed is looked at there as well. */
export const SKIPPED = 'demonstration'

export interface SecondFactorModel {
  readonly authenticator: boolean
  readonly passkey: boolean
  /** Somebody chosen from the demonstration's list: everybody may be them, so nobody's phone stands in the way. */
  readonly demonstration: boolean
  /** It was shown before in this session, and is asked again. */
  readonly again: boolean
  /** Posts `code` and `next`. */
  readonly form: FormState
}

export function secondFactorView(page: PageContext, model: SecondFactorModel): Html {
  const t = text(page.locale)
  const { form } = model
  const next = form.values.next ?? ''
  const action = localPath(page, paths.secondFactor)
  const main = html`<div class="frame frame-narrow">
!${errorSummary(t, form)}
<header class="page-head"><h1>${t.secondFactor.title}</h1><p class="lead">${model.again ? t.secondFactor.fresh : t.secondFactor.lead}</p></header>
!${
    model.authenticator
      ? html`<form class="stack" method="post" action="${action}" novalidate>!${hiddenFields({ next })}
!${textField(form, { name: 'code', label: t.secondFactor.code, hint: t.secondFactor.codeHint, autocomplete: 'one-time-code', maxLength: 40, width: 'medium' })}
<button class="button" type="submit">${t.secondFactor.submit}</button></form>`
      : nothing
  }
!${model.passkey ? passkey(page, next) : nothing}
!${
    model.demonstration
      ? html`<p>${model.authenticator || model.passkey ? t.secondFactor.demonstrationSkips : t.secondFactor.demonstration}</p><form method="post" action="${action}">!${hiddenFields({ next, code: SKIPPED })}
<button class="button" type="submit">${t.secondFactor.demonstrationSubmit}</button></form>`
      : html`<p class="small">${t.secondFactor.lost}</p>`
  }</div>`
  return layout(page, { title: t.secondFactor.title, main, refused: Object.keys(form.errors).length > 0 })
}

function passkey(page: PageContext, next: string): Html {
  const t = text(page.locale)
  return html`<section class="section" data-passkey="show" hidden data-options="${localPath(page, paths.passkeyToShow)}" data-answer="${localPath(page, paths.passkeyShown)}" data-next="${next}" data-failed="${t.helpWithSecond.passkeyScript}" data-cancelled="${t.helpWithSecond.cancelled}">
<p>${t.secondFactor.passkeyWords}</p><button class="button" type="button">${t.secondFactor.passkey}</button>
<p class="error" role="status"></p></section>!${passkeyScript()}`
}
