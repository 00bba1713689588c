/** The annual overview as PDF: the same words and amounts as its page. */
import { type OwnOverview, totalsOf } from '../../giving/index.ts'
import { formatMoney, type Locale, money } from '../../money/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { dayText } from '../components/date.ts'
import { text } from '../text/index.ts'
import { pdfOf } from './pdf.ts'

export function overviewPdf({ content, madeAt, email }: OwnOverview, locale: Locale): Promise<Buffer> {
  const t = text(locale).donor.overview
  const { organisation, year, lines } = content
  const show = (minor: bigint, currency: (typeof lines)[number]['currency']) =>
    formatMoney(money(minor, currency), locale, 'always')
  return pdfOf(
    {
      title: t.title(year),
      lead: t.lead(organisation.legalName, year),
      facts: [
        [t.receiver, organisation.legalName],
        ...(organisation.rsin ? [[t.rsin, organisation.rsin] as const] : []),
        ...(organisation.address ? [[t.postal, organisation.address] as const] : []),
        [t.contact, organisation.contact],
        [
          t.anbi,
          organisation.anbiSince ? t.anbiSince(dayText(organisation.anbiSince, locale)) : t.anbiUnknown,
        ],
        [t.address, email],
      ],
      table: {
        head: [t.columns.date, t.columns.what, t.columns.pool, t.columns.costs, t.columns.amount],
        rows: lines.map(({ on, what, pool, costsShare, amount, currency }) => [
          ...[dayText(on, locale), t.what[what], pool],
          ...[show(BigInt(costsShare), currency), show(BigInt(amount), currency)],
        ]),
        numeric: [3, 4],
        widths: [95, 85, '*', 90, 85],
      },
      sums: totalsOf(content).flatMap(({ currency, given, back, left, costs }) => [
        [t.given, show(given, currency)] as const,
        [t.back, show(-back, currency)] as const,
        [t.left, show(left, currency), 'strong'] as const,
        ...(costs === 0n ? [] : [[t.costs, show(costs, currency)] as const]),
      ]),
      notes: [t.reading, t.madeAt(dayText(localDate(madeAt), locale))],
      at: madeAt,
    },
    locale,
  )
}
