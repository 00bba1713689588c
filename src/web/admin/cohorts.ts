/** How many donors come back, by the month of their first gift. Of a few nobody could be told apart, so a few are not shown. */
import { COHORT_MONTHS, type Cohort } from '../../donors/index.ts'
import { formatCount, formatPercent, perMille } from '../../money/index.ts'
import { monthTime } from '../components/date.ts'
import { table } from '../components/table.ts'
import { type Html, html } from '../html.ts'
import type { PageContext } from '../page.ts'
import { text } from '../text/index.ts'

/** Fewer donors than this in a month say something of one of them. */
export const FEWEST = 5

export function cohortsTable({ locale }: PageContext, cohorts: readonly Cohort[]): Html {
  const t = text(locale).cohorts
  if (cohorts.length === 0) return html`<p class="empty">${t.none}</p>`
  const rate = (cohort: Cohort, months: number): string => {
    const again = cohort.again.find(({ within }) => within === months)?.donors ?? null
    if (again === null) return t.early
    return formatPercent(perMille(BigInt(again), BigInt(cohort.donors)), locale)
  }
  return html`<p class="small">${t.words}</p>!${table({
    id: 'cohorts',
    caption: t.caption,
    captionHidden: true,
    columns: [
      { heading: t.month, cell: ({ month }) => monthTime(month, locale) },
      {
        heading: t.donors,
        cell: ({ donors }) => html`${donors < FEWEST ? t.few : formatCount(donors, locale)}`,
        numeric: true,
      },
      ...COHORT_MONTHS.map(months => ({
        heading: t.within(months),
        cell: (cohort: Cohort) => html`${cohort.donors < FEWEST ? '' : rate(cohort, months)}`,
        numeric: true,
      })),
    ],
    rows: cohorts,
  })}`
}
