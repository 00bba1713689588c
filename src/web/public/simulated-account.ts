/** The simulated provider's page on which a donor chooses another account or card. As its payment page, it looks like somebody else's. */
import { describedChoice } from '../components/choice.ts'
import type { FormState } from '../components/field.ts'
import { type Html, html } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface SimulatedAccountModel {
  readonly id: string
  readonly returnUrl: string
  readonly form: FormState
}

export function simulatedAccountView(
  page: PageContext,
  { id, returnUrl, form }: SimulatedAccountModel,
): Html {
  const t = text(page.locale)
  const words = t.monthly.simulatedAccount
  const choices = (['sepa_debit', 'card'] as const).map(value => ({ value, ...words.methods[value] }))
  return html`<!doctype html>
<html lang="${page.locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${words.title} – ${t.payment.warning}</title>
<link rel="stylesheet" href="/assets/meent.css"><link rel="icon" href="/assets/favicon.svg" type="image/svg+xml"></head>
<body class="provider"><main id="main">
<header class="provider-head"><p class="provider-warning">${t.payment.warning}</p><h1>${words.title}</h1><p>${words.lead}</p></header>
<form method="post" action="${localPath(page, paths.simulatedAccount(id))}">
!${describedChoice(form, { name: 'method', legend: words.method, choices, chosen: 'sepa_debit', layout: 'list' })}
<button class="button button-wide" type="submit">${words.submit}</button></form>
<p><a href="${returnUrl}">${words.back}</a></p>
</main></body></html>`
}
