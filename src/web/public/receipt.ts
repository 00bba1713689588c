/** The receipt of a gift: where it is now in words, every amount, what it did, and its entries in the ledger. */
import type { Donation, DonationState } from '../../donations/index.ts'
import type { LedgerEntry } from '../../ledger/index.ts'
import { formatPercent } from '../../money/index.ts'
import type { GiftAtWork, GiftEffect } from '../../sustainability/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { dayOf } from '../components/date.ts'
import { giftAtWorkSection } from '../components/gift-at-work.ts'
import { journalEntry } from '../components/journal-entry.ts'
import { amountCell, amountText } from '../components/money.ts'
import type { PoolTerms } from '../components/pool-summary.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type TransferModel, transferPanel } from './transfer.ts'

export interface ReceiptModel {
  readonly donation: Pick<
    Donation,
    | 'id'
    | 'amount'
    | 'costsShare'
    | 'currency'
    | 'createdAt'
    | 'provider'
    | 'checkoutUrl'
    | 'state'
    | 'fee'
    | 'feeBearer'
    | 'availableOn'
    | 'refunded'
    | 'refundOwed'
    | 'disputed'
    | 'chargedBack'
  >
  readonly pool: Pick<PoolTerms, 'slug' | 'name'>
  /** Null where it cannot be told (any more). */
  readonly effect: Pick<
    GiftEffect,
    'repaysMissing' | 'incomeNumber' | 'sharePerMille' | 'incomesCompleted'
  > | null
  readonly entries: readonly LedgerEntry[]
  /** Null while the pool has nothing of it. */
  readonly work: GiftAtWork | null
  /** Of a gift that the donor transfers. */
  readonly transfer?: TransferModel | null
  /** In the demonstration: the donor's own bank, to try. */
  readonly simulatedTransfer?: Html
}

export const tones: Record<DonationState, Tone> = {
  'awaiting-payment': 'calm',
  'awaiting-transfer': 'calm',
  received: 'busy',
  available: 'good',
  failed: 'bad',
  'partly-refunded': 'calm',
  refunded: 'calm',
  disputed: 'busy',
  'charged-back': 'bad',
}

export function receiptView(page: PageContext, model: ReceiptModel): Html {
  const { donation, pool, entries } = model
  const t = text(page.locale).receipt
  const waiting = donation.state === 'awaiting-payment'
  const given = isGiven(donation.state)
  const byTransfer = donation.state === 'awaiting-transfer'
  const tried = model.simulatedTransfer ?? nothing
  const main = html`<div class="frame frame-narrow receipt">
<header class="page-head">!${given ? html`<p class="eyebrow">${t.thanks}</p>` : nothing}<h1>${t.title}</h1></header>
<section class="panel state-panel" aria-label="${t.states[donation.state]}"><p>!${badge(t.states[donation.state], tones[donation.state])}</p>
<p>${t.stateWords[donation.state]}!${donation.state === 'received' && donation.availableOn ? html` ${t.expected} !${dayOf(donation.availableOn, page.locale)}.` : nothing}</p>
!${waiting && donation.checkoutUrl ? html`<p><a class="button" href="${donation.checkoutUrl}">${t.pay}</a></p>` : nothing}</section>
!${byTransfer && model.transfer ? transferPanel(page, model.transfer) : nothing}
!${byTransfer ? tried : nothing}
!${effect(page, model)}
<section class="section" aria-labelledby="details"><h2 id="details">${t.details}</h2>!${amounts(page, model)}</section>
!${giftAtWorkSection(model.work, donation.currency, page.locale)}
<section class="section" aria-labelledby="entries"><h2 id="entries">${t.entries}</h2>
<p>${entries.length === 0 ? t.noEntries : t.entriesWords}</p>
!${entries.map(entry => journalEntry(entry, donation.currency, page.locale, 3))}</section>
!${byTransfer ? nothing : tried}
<p class="small no-print">${t.keep} ${t.print}</p>
<p class="no-print"><a href="${localPath(page, paths.pool(pool.slug))}">${t.toPoolLink(pool.name)}</a></p>
</div>`
  return layout(page, { title: t.title, main })
}

function effect({ locale }: PageContext, { effect: did, donation, pool }: ReceiptModel): Html {
  if (!did) return nothing
  const t = text(locale).receipt.effect
  const gift = amountText(donation.amount, donation.currency, locale)
  const share =
    did.sharePerMille > 0n
      ? t.share(gift, formatPercent(did.sharePerMille, locale), pool.name, did.incomeNumber)
      : t.little(gift, pool.name, did.incomeNumber)
  return html`<section class="effect" aria-labelledby="effect"><h2 id="effect">${t.title}</h2><p>${share}
!${did.repaysMissing > 0n ? html`${t.repays(amountText(did.repaysMissing, donation.currency, locale))}` : nothing}
!${did.incomesCompleted > 0 ? html`${t.completes(did.incomesCompleted)}` : nothing}</p></section>`
}

function amounts(page: PageContext, { donation, pool }: ReceiptModel): Html {
  const { locale } = page
  const t = text(locale).receipt
  const { amount, costsShare, fee, feeBearer, currency, provider } = donation
  const show = (minor: bigint) => amountCell(minor, currency, locale)
  const line = (name: string, value: Html, strong = false) =>
    html`<div!${strong ? html` class="strong"` : nothing}><dt>${name}</dt><dd>!${value}</dd></div>`
  const paid = !['awaiting-payment', 'awaiting-transfer', 'failed'].includes(donation.state)
  return html`<dl class="sums">
!${line(t.gaveTo, html`${pool.name}`)}
!${line(t.date, dayOf(donation.createdAt, locale))}
!${line(t.number, html`<code>${donation.id}</code>`)}
!${line(t.gift, show(amount))}
!${costsShare > 0n ? line(t.costsShare, show(costsShare)) : nothing}
!${line(paid ? t.total : t.totalAsked, show(amount + costsShare), true)}
!${provider === 'bank-transfer' ? nothing : line(`${t.fee} (${t.feeBearers[feeBearer]})`, fee === null ? html`${t.feeUnknown}` : show(feeBearer === 'pool' ? -fee : fee))}
!${back(page, donation)}
!${isGiven(donation.state) && fee !== null ? line(t.toPool, show(feeBearer === 'pool' ? amount - fee : amount), true) : nothing}
</dl>`
}

/** Nothing of it went back. */
const isGiven = (state: DonationState): boolean => state === 'received' || state === 'available'

function back({ locale }: PageContext, donation: ReceiptModel['donation']): Html[] {
  const t = text(locale).receipt
  return (['refunded', 'refundOwed', 'disputed', 'chargedBack'] as const).map(name =>
    donation[name] > 0n
      ? html`<div><dt>${t[name]}</dt><dd>!${amountCell(-donation[name], donation.currency, locale)}</dd></div>`
      : nothing,
  )
}
