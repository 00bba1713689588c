/** Monthly gifts of a pool for staff: what they are together and each by itself, without who gives. */
import type { MonthlyGift, MonthlySums } from '../../donations/index.ts'
import type { Pool } from '../../pools/index.ts'
import { badge } from '../components/badge.ts'
import { dayOf } from '../components/date.ts'
import { shortReference } from '../components/journal-entry.ts'
import { amountCell } from '../components/money.ts'
import { table } from '../components/table.ts'
import { tones } from '../donor/monthly.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface AdminMonthlyModel {
  readonly pool: Pick<Pool, 'id' | 'slug' | 'name' | 'currency'>
  readonly gifts: readonly MonthlyGift[]
  readonly sums: readonly MonthlySums[]
  /** Whether there are older ones. */
  readonly more: boolean
}

export function adminMonthlyView(page: PageContext, { pool, gifts, sums, more }: AdminMonthlyModel): Html {
  const { locale } = page
  const { monthly: t, donations } = text(locale)
  const last = gifts.at(-1)
  const main = html`<div class="frame"><header class="page-head">
!${mayOpen(page, 'enrolments.read', pool.id) ? html`<p class="eyebrow"><a href="${localPath(page, paths.adminPool(pool.slug))}">${donations.toPool(pool.name)}</a></p>` : nothing}
<h1>${t.admin.title(pool.name)}</h1><p class="lead">${t.admin.lead}</p></header>
<section class="section" aria-labelledby="sums"><h2 id="sums">${t.admin.sums}</h2>!${table<MonthlySums>({
    ...{
      id: 'sums-table',
      caption: t.admin.sumsCaption,
      captionHidden: true,
      empty: t.admin.none,
      rows: sums,
    },
    columns: [
      { heading: t.admin.state, cell: row => badge(t.states[row.state], tones[row.state]) },
      { heading: t.admin.count, numeric: true, cell: row => html`${row.count}` },
      {
        ...{ heading: t.admin.monthly, numeric: true },
        cell: row => amountCell(row.amount, pool.currency, locale),
      },
    ],
  })}</section>
<section class="section" aria-labelledby="list"><h2 id="list">${t.admin.list}</h2>!${table<MonthlyGift>({
    ...{ id: 'list-table', caption: t.admin.caption, captionHidden: true, empty: t.admin.none, rows: gifts },
    columns: [
      { heading: t.admin.number, cell: row => html`<code>${shortReference(row.id)}</code>` },
      { heading: t.since, cell: row => dayOf(row.startedAt, locale, 'shortDay') },
      { heading: t.admin.state, cell: row => badge(t.states[row.state], tones[row.state]) },
      { heading: t.next, cell: row => (row.nextAt ? dayOf(row.nextAt, locale, 'shortDay') : nothing) },
      { heading: t.given, numeric: true, cell: row => html`${row.instalments}` },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.amount, row.currency, locale) },
    ],
  })}
!${more && last ? html`<p><a href="${localPath(page, paths.adminMonthly(pool.slug, last.id))}">${t.admin.older}</a></p>` : nothing}</section></div>`
  return layout(page, { title: t.admin.title(pool.name), main })
}
