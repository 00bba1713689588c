/** The sum behind the number of incomes, as a table that a person re-computes with a pocket calculator. */
import type { Currency, Locale } from '../../money/index.ts'
import { formatCount } from '../../money/index.ts'
import type { ExplanationLine, Sustainability } from '../../sustainability/index.ts'
import { type Html, html } from '../html.ts'
import { text } from '../text/index.ts'
import { dayTime } from './date.ts'
import { amountCell } from './money.ts'
import { table } from './table.ts'

export function explanation(
  { explanation: lines, currency, policy }: Pick<Sustainability, 'explanation' | 'currency' | 'policy'>,
  locale: Locale,
): Html {
  const t = text(locale).pool.why
  return html`!${table<ExplanationLine>({
    id: 'why-table',
    caption: t.caption,
    columns: [
      { heading: t.line, cell: line => html`<span class="sum-${line.operation}">${t.keys[line.key]}</span>` },
      { heading: t.sum, cell: line => html`<span class="sum-word">${t.operations[line.operation]}</span>` },
      {
        heading: t.result,
        numeric: true,
        cell: line => html`<span class="sum-${line.operation}">!${numberOf(line, currency, locale)}</span>`,
      },
    ],
    rows: lines,
  })}
<p class="small">${t.policy(policy.id)} !${dayTime(policy.since, locale)}.</p>`
}

const numberOf = (line: ExplanationLine, currency: Currency, locale: Locale): Html =>
  line.amount === undefined
    ? html`<span class="amount">${formatCount(line.count, locale)}</span>`
    : amountCell(line.amount, currency, locale)
