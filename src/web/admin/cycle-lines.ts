/** The lines of a cycle, masked: enough to see what differs, nothing that says who it is. */
import type { Payout } from '../../disbursements/index.ts'
import type { Currency, Locale } from '../../money/index.ts'
import { badge } from '../components/badge.ts'
import { shortReference } from '../components/journal-entry.ts'
import { amountCell, amountText } from '../components/money.ts'
import { payoutBadge, payoutStage } from '../components/states.ts'
import { table } from '../components/table.ts'
import { type Html, html } from '../html.ts'
import { text } from '../text/index.ts'

export interface CycleLine extends Pick<Payout, 'enrolmentId' | 'amount' | 'state' | 'sentAt' | 'reason'> {
  readonly ibanMasked: string | null
  /** Which month of the term this is, from 1. */
  readonly monthNumber: number
  readonly termMonths: number
  readonly change: 'new' | 'changed' | 'same'
  readonly previousAmount: bigint | null
}

export interface EndedLine {
  readonly enrolmentId: string
  readonly previousAmount: bigint
}

export function cycleLines(rows: readonly CycleLine[], currency: Currency, locale: Locale): Html {
  const t = text(locale).cycle
  const total = rows.reduce((sum, { amount }) => sum + amount, 0n)
  return table<CycleLine>({
    id: 'lines-table',
    caption: t.caption,
    captionHidden: true,
    empty: t.noLines,
    stacks: true,
    rows,
    columns: [
      { heading: t.reference, cell: row => html`<code>${shortReference(row.enrolmentId)}</code>` },
      { heading: t.account, cell: row => html`<span class="iban">${row.ibanMasked ?? '••••'}</span>` },
      { heading: t.term, says: true, cell: row => html`${t.termOf(row.monthNumber, row.termMonths)}` },
      { heading: t.change, says: true, cell: row => change(row, currency, locale) },
      { heading: t.state, cell: row => payoutBadge(payoutStage(row), locale) },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.amount, currency, locale) },
    ],
    foot: [html`${t.total}`, html``, html``, html``, html``, amountCell(total, currency, locale)],
  })
}

function change({ change: kind, previousAmount }: CycleLine, currency: Currency, locale: Locale): Html {
  const t = text(locale).cycle.changes
  if (kind === 'same') return html`<span class="quiet">${t.same}</span>`
  if (kind === 'new' || previousAmount === null) return badge(t.new, 'busy')
  return badge(t.changed(amountText(previousAmount, currency, locale)), 'busy')
}

export function endedLines(rows: readonly EndedLine[], currency: Currency, locale: Locale): Html {
  const t = text(locale).cycle
  return table<EndedLine>({
    id: 'ended-table',
    caption: t.endedCaption,
    captionHidden: true,
    rows,
    columns: [
      { heading: t.reference, cell: row => html`<code>${shortReference(row.enrolmentId)}</code>` },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.previousAmount, currency, locale) },
    ],
  })
}
