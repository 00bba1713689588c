/** The annual overview of one year, as it was made. */
import { type OverviewContent, type OwnOverview, totalsOf } from '../../giving/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { dayText, dayTime } from '../components/date.ts'
import { amountCell } from '../components/money.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

type Line = OverviewContent['lines'][number]

export function overviewView(page: PageContext, { content, madeAt, email }: OwnOverview): Html {
  const { locale } = page
  const t = text(locale).donor.overview
  const { organisation, year } = content
  const line = (name: string, value: Html, strong = false) =>
    html`<div!${strong ? html` class="strong"` : nothing}><dt>${name}</dt><dd>!${value}</dd></div>`
  const totals = totalsOf(content).map(
    ({ currency, given, back, left, costs }) => html`!${line(t.given, amountCell(given, currency, locale))}
!${line(t.back, amountCell(-back, currency, locale))}
!${line(t.left, amountCell(left, currency, locale), true)}
!${costs === 0n ? nothing : line(t.costs, amountCell(costs, currency, locale))}`,
  )
  const main = html`<div class="frame frame-narrow"><header class="page-head"><h1>${t.title(year)}</h1>
<p class="lead">${t.lead(organisation.legalName, year)}</p></header>
<dl class="sums">!${line(t.receiver, html`${organisation.legalName}`)}
!${organisation.rsin ? line(t.rsin, html`${organisation.rsin}`) : nothing}
!${organisation.address ? line(t.postal, html`${organisation.address}`) : nothing}
!${line(t.contact, html`${organisation.contact}`)}
!${line(t.anbi, organisation.anbiSince ? html`${t.anbiSince(dayText(organisation.anbiSince, locale))}` : html`${t.anbiUnknown}`)}
!${line(t.address, html`${email}`)}</dl>
!${table<Line>({
    id: 'lines',
    caption: t.title(year),
    captionHidden: true,
    stacks: true,
    columns: [
      { heading: t.columns.date, cell: ({ on }) => dayTime(on, locale, 'shortDay') },
      { heading: t.columns.what, cell: ({ what }) => html`${t.what[what]}` },
      { heading: t.columns.pool, cell: ({ pool }) => html`${pool}` },
      {
        heading: t.columns.costs,
        numeric: true,
        says: true,
        cell: ({ costsShare, currency }) => amountCell(BigInt(costsShare), currency, locale),
      },
      {
        heading: t.columns.amount,
        numeric: true,
        cell: ({ amount, currency }) => amountCell(BigInt(amount), currency, locale),
      },
    ],
    rows: content.lines,
    empty: t.none,
  })}
<dl class="sums">!${totals}</dl>
<p class="small">${t.reading} ${t.madeAt(dayText(localDate(madeAt), locale))}</p>
<p class="actions no-print"><a class="button" href="${localPath(page, paths.myOverviewPdf(year))}">${text(locale).donor.overviews.pdf}</a>
<a class="button button-quiet" href="/v1/my-overviews/${year}">${text(locale).donor.overviews.json}</a></p>
<p class="no-print"><a href="${localPath(page, paths.myGifts)}">${t.toGifts}</a></p></div>`
  return layout(page, { title: t.title(year), main })
}
