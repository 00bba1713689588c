/** The form with which anybody gives to a pool. It posts `amount` or `ownAmount`, as typed, in whole euros or with cents. */
import { describedChoice } from '../components/choice.ts'
import { checkbox, type FormState, hiddenFields, textArea, textField } from '../components/field.ts'
import { amountText } from '../components/money.ts'
import type { PoolTerms } from '../components/pool-summary.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type GiftMeaning, giftMeaning } from './gift-meaning.ts'
import { USUAL } from './typed-gift.ts'

/** In minor units. Posted as a plain decimal: `25`. */
const OFFERED = [1000n, 2500n, 5000n, 10_000n] as const

export function donateForm(
  page: PageContext,
  pool: PoolTerms,
  form: FormState,
  meaning: GiftMeaning | null,
): Html {
  const t = text(page.locale)
  const chosen = form.values.ownAmount ? '' : (form.values.amount ?? USUAL)
  const choices = OFFERED.map(amount => ({
    value: `${amount / 100n}`,
    label: amountText(amount, pool.currency, page.locale),
  }))
  const methods = (['checkout', 'bank-transfer'] as const).map(value => ({
    value,
    ...t.donate.methods[value],
  }))
  return html`<form class="donate" method="post" action="${localPath(page, paths.donations(pool.slug))}" id="give" aria-labelledby="give-title" novalidate>
<h2 id="give-title">${t.donate.title}</h2>
!${hiddenFields({ idempotencyKey: form.formKey })}
!${describedChoice(form, { name: 'amount', legend: t.donate.amount, choices, chosen })}
!${textField(form, { name: 'ownAmount', label: t.donate.ownAmount, hint: t.donate.ownAmountHint, optional: t.forms.optional, inputMode: 'decimal', maxLength: 20, width: 'short' })}
!${textField(form, { name: 'costsShare', label: t.donate.costsShare, hint: t.donate.costsShareHint, optional: t.forms.optional, inputMode: 'decimal', maxLength: 20, width: 'short' })}
<div class="meaning" data-meaning="${localPath(page, paths.pool(pool.slug))}" role="status">!${meaning ? giftMeaning(page.locale, pool, meaning) : nothing}</div>
<p data-without-script><button class="button button-quiet" type="submit" name="look" value="yes" formnovalidate>${t.meaning.look}</button></p>
!${textField(form, { name: 'nickname', label: t.donate.nickname, hint: t.donate.nicknameHint, optional: t.forms.optional, autocomplete: 'nickname', maxLength: 60 })}
!${checkbox(form, { name: 'asOrganisation', label: t.donate.asOrganisation })}
!${textArea(form, { name: 'message', label: t.donate.message, hint: t.donate.messageHint, optional: t.forms.optional, maxLength: 500 }, 3)}
!${textField(form, { name: 'email', label: t.donate.email, hint: t.donate.emailHint, optional: t.forms.optional, type: 'email', inputMode: 'email', autocomplete: 'email', maxLength: 254 })}
!${describedChoice(form, { name: 'method', legend: t.donate.method, choices: methods, chosen: form.values.method ?? 'checkout', layout: 'list' })}
<button class="button button-wide" type="submit">${t.donate.submit}</button>
<p class="small">${t.donate.next} <a href="${localPath(page, paths.organisation)}">${t.organisation.behind}</a></p>
</form><script src="/assets/giving.js" defer></script>`
}
