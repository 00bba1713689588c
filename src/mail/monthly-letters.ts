/** Letters about a monthly gift. They are about the reader's own payments: only stopping the gift stops them. */
import { type Currency, formatMoney, type Locale, money } from '../money/index.ts'
import { dayText } from '../platform/calendar/index.ts'
import type { Letter } from './letter.ts'
import { monthlyWords } from './words/monthly.ts'

interface AboutMonthlyGift {
  readonly locale: Locale
  /** Its legal name. */
  readonly organisation: string
  /** Where the letter's button leads; whole. */
  readonly url: string
  readonly pool: string
  /** Of each instalment, with what is for costs. */
  readonly paid: bigint
  readonly currency: Currency
}

const whatOf = ({ pool, paid, currency, locale }: AboutMonthlyGift) => ({
  pool,
  amount: formatMoney(money(paid, currency), locale, 'always'),
})

export const monthlyLetters = {
  /** Its first instalment was paid. */
  monthlyGiftConfirmed: (
    about: AboutMonthlyGift & { readonly debit: boolean; readonly nextOn: string | null },
  ): Letter => {
    const { locale, organisation, url, debit, nextOn } = about
    const nextDay = nextOn && dayText(nextOn, locale)
    return {
      ...monthlyWords[locale].confirmed(organisation, { ...whatOf(about), debit, nextDay }),
      action: { label: monthlyWords[locale].button, url },
    }
  },
  /** Some days before the reader's account is debited. */
  debitComing: (
    about: AboutMonthlyGift & { readonly on: string; readonly mandate: string | null },
  ): Letter => {
    const { locale, organisation, url, on, mandate } = about
    return {
      ...monthlyWords[locale].coming(organisation, { ...whatOf(about), day: dayText(on, locale), mandate }),
      action: { label: monthlyWords[locale].comingButton, url },
    }
  },
  /** An instalment could not be collected. */
  debitFailed: (about: AboutMonthlyGift): Letter => ({
    ...monthlyWords[about.locale].failed(about.organisation, whatOf(about)),
    action: { label: monthlyWords[about.locale].failedButton, url: about.url },
  }),
} as const
