/** One journal entry as a bookkeeper writes it: accounts in words, debit left, credit right, both totals equal. */
import type { AccountKind, LedgerEntry } from '../../ledger/index.ts'
import type { Currency, Locale } from '../../money/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { text } from '../text/index.ts'
import { dayOf, moment } from './date.ts'
import { amountCell } from './money.ts'

/** Accounts of which a pool has many: the end of their opaque id tells them apart, and tells nothing of a person. */
const OF_ENROLMENTS: readonly AccountKind[] = ['enrolment-reserved', 'recipient-payable', 'payout-sent']

// On small screens each row becomes two lines; the roles keep it a table for who hears it.
export function journalEntry(
  entry: LedgerEntry,
  currency: Currency,
  locale: Locale,
  headingLevel: 2 | 3,
): Html {
  const t = text(locale).ledger
  const title = html`<span class="entry-title">${t.movements[entry.kind] ?? entry.kind}</span> <span class="entry-number">${t.entry} ${entry.id}</span>`
  const debits = entry.postings.filter(({ amount }) => amount > 0n)
  const total = amountCell(
    debits.reduce((sum, { amount }) => sum + amount, 0n),
    currency,
    locale,
  )
  return html`<article class="entry" id="entry-${entry.id}">
<header>!${headingLevel === 2 ? html`<h2>!${title}</h2>` : html`<h3>!${title}</h3>`}
<p class="small">${t.happened} !${dayOf(entry.effectiveAt, locale, 'shortDay')} · ${t.recorded} !${moment(entry.recordedAt, locale)}!${
    entry.reverses === null
      ? nothing
      : html` · ${t.reverses} <a href="#entry-${entry.reverses}">${entry.reverses}</a>`
  }</p></header>
<table class="postings" role="table"><caption class="visually-hidden">${t.entry} ${entry.id}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${t.account}</th><th scope="col" role="columnheader" class="numeric">${t.debit}</th><th scope="col" role="columnheader" class="numeric">${t.credit}</th></tr></thead>
<tbody role="rowgroup">!${[...entry.postings].sort(debitsFirst).map(posting => row(posting, currency, locale))}</tbody>
<tfoot role="rowgroup"><tr role="row"><th scope="row" role="rowheader">${t.total}</th><td role="cell" class="numeric">!${total}</td><td role="cell" class="numeric">!${total}</td></tr></tfoot></table>
<p class="entry-key">${t.key} <code>${entry.key}</code></p>
</article>`
}

const debitsFirst = (left: { amount: bigint }, right: { amount: bigint }): number =>
  Number(left.amount < 0n) - Number(right.amount < 0n)

function row(
  { account, subject, amount }: LedgerEntry['postings'][number],
  currency: Currency,
  locale: Locale,
): Html {
  const t = text(locale).ledger
  const enrolment = OF_ENROLMENTS.includes(account)
    ? html` <span class="entry-subject">${t.enrolment} ${shortReference(subject)}</span>`
    : nothing
  const side = (is: boolean) => (is ? amountCell(amount < 0n ? -amount : amount, currency, locale) : nothing)
  return html`<tr role="row"><th scope="row" role="rowheader"!${amount < 0n ? html` class="credited"` : nothing}>${t.accounts[account]}!${enrolment}</th><td role="cell" class="numeric">!${side(amount > 0n)}</td><td role="cell" class="numeric">!${side(amount < 0n)}</td></tr>`
}

/** The last six characters of an id: random in a UUIDv7, so enough to tell a page's worth apart. */
export const shortReference = (id: string): string => id.slice(-6)
