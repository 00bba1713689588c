/** The form with which anybody gives to a pool. It posts `amount` or `ownAmount`, as typed, in whole euros or with cents. */
import { describedChoice } from '../components/choice.ts'
import { type FormState, hiddenFields, textArea, textField } from '../components/field.ts'
import { amountText } from '../components/money.ts'
import type { PoolTerms } from '../components/pool-summary.ts'
import { type Html, html } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

/** In minor units. Posted as a plain decimal: `25`. */
const OFFERED = [1000n, 2500n, 5000n, 10_000n] as const
const USUAL = '25'

export function donateForm(page: PageContext, pool: PoolTerms, form: FormState): Html {
  const t = text(page.locale)
  const chosen = form.values.ownAmount ? '' : (form.values.amount ?? USUAL)
  const choices = OFFERED.map(amount => ({
    value: `${amount / 100n}`,
    label: amountText(amount, pool.currency, page.locale),
  }))
  // A transfer cannot go back by itself, so where gifts may have to it is not offered.
  const ways = pool.givesBack ? (['checkout'] as const) : (['checkout', 'bank-transfer'] as const)
  const methods = ways.map(value => ({
    value,
    ...t.donate.methods[value],
  }))
  return html`<form class="donate" method="post" action="${localPath(page, paths.donations(pool.slug))}" id="give" aria-labelledby="give-title" novalidate>
<h2 id="give-title">${t.donate.title}</h2>
!${hiddenFields({ idempotencyKey: form.formKey })}
!${describedChoice(form, { name: 'amount', legend: t.donate.amount, choices, chosen })}
!${textField(form, { name: 'ownAmount', label: t.donate.ownAmount, hint: t.donate.ownAmountHint, optional: t.forms.optional, inputMode: 'decimal', maxLength: 20, width: 'short' })}
!${textField(form, { name: 'nickname', label: t.donate.nickname, hint: t.donate.nicknameHint, optional: t.forms.optional, autocomplete: 'nickname', maxLength: 60 })}
!${textArea(form, { name: 'message', label: t.donate.message, hint: t.donate.messageHint, optional: t.forms.optional, maxLength: 500 }, 3)}
!${textField(form, { name: 'costsShare', label: t.donate.costsShare, hint: t.donate.costsShareHint, optional: t.forms.optional, inputMode: 'decimal', maxLength: 20, width: 'short' })}
!${describedChoice(form, { name: 'method', legend: t.donate.method, choices: methods, chosen: form.values.method ?? 'checkout', layout: 'list' })}
<button class="button button-wide" type="submit">${t.donate.submit}</button>
<p class="small">${t.donate.next} ${t.donate.fee[pool.feeBearer]}</p>
</form>`
}
