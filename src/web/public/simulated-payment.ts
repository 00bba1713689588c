/**
 * The page of the simulated payment provider. It has its own look and no header of ours, because a real one is on
 * another site too: nobody should learn to expect a payment page inside Meent.
 */
import type { Currency } from '../../money/index.ts'
import type { PayableSession, SimulatedMethod } from '../../simulation/stripe/index.ts'
import { describedChoice } from '../components/choice.ts'
import { errorSummary, type FormState, hiddenFields } from '../components/field.ts'
import { amountCell, amountText } from '../components/money.ts'
import { type Html, html } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { type Text, text } from '../text/index.ts'

export interface SimulatedPaymentModel {
  readonly session: Pick<PayableSession, 'id' | 'status' | 'amount' | 'lines' | 'methods'>
  readonly currency: Currency
  /** Field: method. The button that was pressed is `outcome`: pay, fail or cancel. */
  readonly form: FormState
}

export function simulatedPaymentView(
  page: PageContext,
  { session, currency, form }: SimulatedPaymentModel,
): Html {
  const t = text(page.locale)
  const show = (minor: bigint) => amountCell(minor, currency, page.locale)
  return html`<!doctype html>
<html lang="${page.locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${t.payment.title} – ${t.payment.warning}</title>
<link rel="stylesheet" href="/assets/meent.css"><link rel="icon" href="/assets/favicon.svg" type="image/svg+xml"></head>
<body class="provider"><main id="main">
<header class="provider-head"><p class="provider-warning">${t.payment.warning}</p><h1>${t.payment.title}</h1><p>${t.payment.lead}</p></header>
!${errorSummary(t, form)}
<section aria-labelledby="order"><h2 id="order">${t.payment.order}</h2><dl class="sums">
!${session.lines.map(line => html`<div><dt>${line.name}</dt><dd>!${show(line.amount)}</dd></div>`)}
<div class="strong"><dt>${t.payment.total}</dt><dd>!${show(session.amount)}</dd></div></dl></section>
!${session.status === 'open' ? payForm(page, t, { session, currency, form }) : over(page, t, session.status)}
</main></body></html>`
}

function payForm(page: PageContext, t: Text, { session, currency, form }: SimulatedPaymentModel): Html {
  const choices = session.methods.map((method: SimulatedMethod) => ({
    value: method,
    ...t.payment.methods[method],
  }))
  const chosen = form.values.method ?? session.methods[0] ?? ''
  return html`<form method="post" action="${localPath(page, paths.simulatedPayment(session.id))}">
!${hiddenFields({ idempotencyKey: form.formKey })}
!${describedChoice(form, { name: 'method', legend: t.payment.method, choices, chosen, layout: 'list' })}
<button class="button button-wide" type="submit" name="outcome" value="pay">${t.payment.pay(amountText(session.amount, currency, page.locale))}</button>
<p class="actions"><button class="button button-quiet" type="submit" name="outcome" value="fail">${t.payment.fail}</button>
<button class="button button-quiet" type="submit" name="outcome" value="cancel">${t.payment.cancel}</button></p></form>`
}

const over = (page: PageContext, t: Text, status: 'complete' | 'expired'): Html =>
  html`<p role="status">${t.payment.over[status]}</p><p><a href="${localPath(page, paths.home)}">${t.payment.back}</a></p>`
