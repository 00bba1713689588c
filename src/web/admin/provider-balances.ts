/** What the payment provider said that it holds for us, beside the ledger, with the day and every cent of difference. */
import { type BalanceReading, difference } from '../../donations/index.ts'
import { type Currency, isCurrency, type Locale } from '../../money/index.ts'
import { badge } from '../components/badge.ts'
import { moment } from '../components/date.ts'
import { amountCell, amountText } from '../components/money.ts'
import { table } from '../components/table.ts'
import { type Html, html } from '../html.ts'
import { text } from '../text/index.ts'

type Shown = BalanceReading & { readonly currency: Currency }

export function providerBalances(rows: readonly BalanceReading[], locale: Locale): Html {
  const { providerBalance: t, reconciliation } = text(locale)
  const verdict = (row: Shown): Html => {
    const by = difference(row)
    return by === 0n
      ? badge(reconciliation.equal, 'good')
      : badge(`${t.difference} ${amountText(by, row.currency, locale)}`, 'bad')
  }
  const amount = (of: (row: Shown) => bigint) => (row: Shown) => amountCell(of(row), row.currency, locale)
  const cells = table<Shown>({
    id: 'provider-table',
    caption: t.caption,
    captionHidden: true,
    empty: t.none,
    rows: rows.filter((row): row is Shown => isCurrency(row.currency)),
    columns: [
      { heading: t.date, cell: row => moment(row.readAt, locale) },
      { heading: t.there, numeric: true, cell: amount(row => row.providerPending + row.providerAvailable) },
      { heading: t.pending, numeric: true, cell: amount(row => row.providerPending) },
      { heading: t.here, numeric: true, cell: amount(row => row.ledgerPending + row.ledgerAvailable) },
      { heading: t.difference, cell: verdict },
    ],
  })
  return html`<p>${t.words}</p>!${cells}`
}
