/** How to make the transfer oneself: where to, how much, and the reference; as words, and as a code for the bank's app. */
import { epcPayload, inGroups, type TransferOfDonation } from '../../donations/index.ts'
import type { Currency } from '../../money/index.ts'
import { dayTime } from '../components/date.ts'
import { amountText } from '../components/money.ts'
import { qrSquares } from '../components/qr.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface TransferModel extends TransferOfDonation {
  readonly amount: bigint
  readonly currency: Currency
  /** It can still be booked today. */
  readonly isOpen: boolean
}

export function transferPanel(page: PageContext, transfer: TransferModel): Html {
  const t = text(page.locale).transfer
  const { iban, holder, amount, currency, reference, openUntil } = transfer
  const until = dayTime(openUntil, page.locale)
  if (!transfer.isOpen)
    return html`<section class="section" aria-labelledby="transfer"><h2 id="transfer">${t.closedTitle}</h2><p>${t.closed} !${until}. ${t.closedWords}</p></section>`
  const fact = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  return html`<section class="section transfer" aria-labelledby="transfer"><h2 id="transfer">${t.title}</h2>
<p>${t.lead}</p>
<dl class="facts">
!${fact(t.amount, html`${amountText(amount, currency, page.locale)}`)}
!${fact(t.iban, html`<span class="iban">${inGroups(iban)}</span>`)}
!${fact(t.holder, html`${holder}`)}
!${fact(t.reference, html`<code>${inGroups(reference)}</code>`)}
!${fact(t.openUntil, until)}
</dl>
<h3>${t.scan}</h3><p>${t.scanWords}</p>
<div class="qr" role="img" aria-label="${t.qr(amountText(amount, currency, page.locale), holder, inGroups(reference))}">!${qrSquares(epcPayload({ iban, holder, amount, currency, reference }))}</div>
<h3>${t.goodToKnow}</h3><ul>!${t.notes.map(note => html`<li>${note}</li>`)}</ul></section>`
}

/** The demonstration's bank of the donor: a form that makes it transfer, with or without what was asked. */
export function simulatedTransferForm(page: PageContext, receiptToken: string): Html {
  const t = text(page.locale).transfer.simulated
  const button = (how: string, words: string, quiet = true) =>
    html`<button class="button!${quiet ? html` button-quiet` : nothing}" type="submit" name="how" value="${how}">${words}</button>`
  return html`<section class="panel simulated no-print" aria-labelledby="simulated"><h2 id="simulated">${t.title}</h2>
<p>${t.words}</p>
<form method="post" action="${localPath(page, paths.simulatedTransfer(receiptToken))}">
<p>!${button('as-asked', t.asAsked, false)}</p>
<p class="actions">!${button('less', t.less)}!${button('more', t.more)}!${button('mistyped', t.mistyped)}!${button('no-reference', t.noReference)}</p></form></section>`
}
