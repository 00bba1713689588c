/** What a gift did, month by month, with the sum that shows how. */
import type { Currency, Locale } from '../../money/index.ts'
import type { GiftAtWork } from '../../sustainability/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { text } from '../text/index.ts'
import { monthTime } from './date.ts'
import { amountCell, amountText } from './money.ts'
import { table } from './table.ts'

export function giftAtWorkSection(work: GiftAtWork | null, currency: Currency, locale: Locale): Html {
  if (!work) return nothing
  const t = text(locale).giftAtWork
  const { months, left } = work
  const show = (minor: bigint) => amountCell(minor, currency, locale)
  const list =
    months.length === 0
      ? html`<p>${t.nothingYet}</p>`
      : table({
          id: 'at-work',
          caption: t.caption,
          captionHidden: true,
          stacks: true,
          columns: [
            { heading: t.month, cell: ({ month }) => monthTime(month, locale) },
            { heading: t.paid, cell: ({ paid }) => show(paid), numeric: true },
            { heading: t.part, cell: ({ part }) => show(part), numeric: true },
          ],
          rows: months.toReversed(),
        })
  return html`<section class="section" aria-labelledby="work"><h2 id="work">${t.title}</h2>
!${list}
<p>${t.left(amountText(left, currency, locale))} <span class="small">${t.how}</span></p></section>`
}
