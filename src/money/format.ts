/**
 * Amounts, counts and percentages as people read them, in Dutch and English.
 * Exact for any bigint: Intl gets decimal text, never a float.
 */
import { type Currency, type Money, minorDigits } from './amount.ts'

export type Locale = 'nl' | 'en'

/** English as written in a euro country: € before the amount, points for decimals. */
const TAGS = { nl: 'nl-NL', en: 'en-IE' } as const satisfies Record<Locale, string>

/**
 * `when-needed` writes a round amount without decimals (€ 1.000), as in running text and on buttons.
 * `always` writes € 1.000,00, for columns and receipts, where amounts stand below each other.
 */
export type Cents = 'when-needed' | 'always'

/**
 * Dutch `€ 1.234,56` and `€ -1.234,56`, English `€1,234.56` and `-€1,234.56`. The space in the Dutch form is a
 * no-break space (U+00A0), so that a sign never ends a line.
 */
export function formatMoney(amount: Money, locale: Locale, cents: Cents = 'when-needed'): string {
  return moneyFormat(locale, amount.currency, cents).format(toDecimal(amount))
}

/** 12345 becomes `12.345` in Dutch and `12,345` in English. */
export function formatCount(count: bigint | number, locale: Locale): string {
  return new Intl.NumberFormat(TAGS[locale]).format(count)
}

/** Takes parts per thousand: 123n becomes `12,3%` in Dutch and `12.3%` in English; 500n becomes `50%`. */
export function formatPercent(perMille: bigint, locale: Locale): string {
  const format = new Intl.NumberFormat(TAGS[locale], { style: 'percent', maximumFractionDigits: 1 })
  return format.format(shiftPoint(perMille, 3))
}

/** The plain decimal text of an amount, `-1234.56`: what XML bank files and CSV exports want. */
export function toDecimal(amount: Money): `${number}` {
  return shiftPoint(amount.minor, minorDigits(amount.currency))
}

function shiftPoint(value: bigint, digits: number): `${number}` {
  const sign = value < 0n ? '-' : ''
  if (digits === 0) return value.toString() as `${number}`
  const padded = `${value < 0n ? -value : value}`.padStart(digits + 1, '0')
  // Digits, a point and digits by construction, which the compiler cannot see in a string that was cut.
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}` as `${number}`
}

// Making a formatter costs far more than using it, and a ledger page formats hundreds of amounts.
const moneyFormats = new Map<string, Intl.NumberFormat>()

function moneyFormat(locale: Locale, currency: Currency, cents: Cents): Intl.NumberFormat {
  const key = `${locale} ${currency} ${cents}`
  const known = moneyFormats.get(key)
  if (known) return known
  const digits = minorDigits(currency)
  const made = new Intl.NumberFormat(TAGS[locale], {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: cents === 'always' ? 'auto' : 'stripIfInteger',
  })
  moneyFormats.set(key, made)
  return made
}
