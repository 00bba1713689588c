/** The receipt as PDF: what its page says of the amounts, and who received it. */
import type { Donation } from '../../donations/index.ts'
import { formatMoney, type Locale, money } from '../../money/index.ts'
import type { Organisation } from '../../organisations/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { dayText } from '../components/date.ts'
import { text } from '../text/index.ts'
import { pdfOf } from './pdf.ts'

export interface ReceiptPaper {
  readonly donation: Donation
  readonly pool: { readonly name: string }
  readonly organisation: Pick<Organisation, 'legalName' | 'rsin' | 'contact'>
}

export function receiptPdf({ donation, pool, organisation }: ReceiptPaper, locale: Locale): Promise<Buffer> {
  const t = text(locale).receipt
  const o = text(locale).donor.overview
  const { amount, costsShare, currency, state } = donation
  const show = (minor: bigint) => formatMoney(money(minor, currency), locale, 'always')
  const paid = !['awaiting-payment', 'awaiting-transfer', 'failed'].includes(state)
  const back = (['refunded', 'refundOwed', 'disputed', 'chargedBack'] as const).flatMap(name =>
    donation[name] > 0n ? [[t[name], show(-donation[name])] as const] : [],
  )
  return pdfOf(
    {
      title: t.title,
      lead: `${t.states[state]}. ${t.stateWords[state]}`,
      facts: [
        [o.receiver, organisation.legalName],
        ...(organisation.rsin ? [[o.rsin, organisation.rsin] as const] : []),
        [o.contact, organisation.contact],
        [t.gaveTo, pool.name],
        [t.date, dayText(localDate(donation.createdAt), locale)],
        [t.number, donation.id],
      ],
      sums: [
        [t.gift, show(amount)],
        ...(costsShare > 0n ? [[t.costsShare, show(costsShare)] as const] : []),
        [paid ? t.total : t.totalAsked, show(amount + costsShare), 'strong'],
        ...back,
      ],
      notes: [],
      at: donation.createdAt,
    },
    locale,
  )
}
