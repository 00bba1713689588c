/**
 * Reads the amount that a person typed. Lenient about how people write (`10`, `12,50`, `12.50`, `€ 1.000`, `1,000.00`,
 * `10,-`), strict about what it could mean: when two readings are likely, it asks again instead of guessing.
 */
import { type Currency, EUR, minorDigits } from './amount.ts'
import type { Locale } from './format.ts'

export type AmountRefusal =
  | 'empty'
  | 'not-a-number'
  | 'fractional-cents'
  | 'zero'
  | 'negative'
  | 'ambiguous'
  | 'too-large'

export type ParsedAmount =
  | { readonly ok: true; readonly minor: bigint }
  | { readonly ok: false; readonly reason: AmountRefusal }

/**
 * A thousand million euros. Far above any gift, and far enough below a Postgres int8 that millions of such amounts
 * still add up there. What is sensible for a gift is the use case's limit, not this one.
 */
export const LARGEST_TYPED_MINOR = 100_000_000_000n

/**
 * Points and commas:
 * - both present: the last one is the decimal sign, whatever the language (`1.000,00`, `1,000.00`);
 * - one of them several times: thousands (`1.000.000`);
 * - one of them once, with three digits behind it and one to three before: thousands when it is the thousands sign of
 *   the language (`1.000` in Dutch, `1,000` in English), else `ambiguous`, as without a language;
 * - one of them once, otherwise: the decimal sign, in both languages (`12.50` is twelve and a half in Dutch too).
 */
export function parseAmount(text: string, locale?: Locale, currency: Currency = EUR): ParsedAmount {
  const { digits, negative } = stripSigns(text, currency)
  if (digits === '') return refuse(negative ? 'not-a-number' : 'empty')
  const number = readNumber(digits, locale)
  if (typeof number === 'string') return refuse(number)

  const decimals = minorDigits(currency)
  if (number.fraction.length > decimals) return refuse('fractional-cents')
  const minorText = (number.whole + number.fraction.padEnd(decimals, '0')).replace(/^0+/, '')
  // Told by length first: making a bigint of a million digits would take long.
  if (minorText.length > `${LARGEST_TYPED_MINOR}`.length) return refuse(negative ? 'negative' : 'too-large')
  const minor = BigInt(minorText === '' ? '0' : minorText)
  if (minor === 0n) return refuse('zero')
  if (negative) return refuse('negative')
  return minor > LARGEST_TYPED_MINOR ? refuse('too-large') : { ok: true, minor }
}

const refuse = (reason: AmountRefusal): ParsedAmount => ({ ok: false, reason })

// One minus and one currency sign in either order before the number (`-€ 10`, `€ -10`), or the currency behind it.
// Anything more than that stays on the number, which then is none.
function stripSigns(text: string, currency: Currency): { digits: string; negative: boolean } {
  const names = currency === EUR ? ['euros', 'euro', 'eur', '€'] : [currency.toLowerCase()]
  const front = new RegExp(`^([-−]?)\\s*(${names.join('|')})?\\s*([-−]?)\\s*`, 'i')
  const trimmed = text.trim()
  const [before = '', minusOutside = '', nameBefore = '', minusInside = ''] = front.exec(trimmed) ?? []
  if (minusOutside && minusInside) return { digits: trimmed, negative: true }
  const rest = trimmed.slice(before.length)
  const nameBehind = nameBefore
    ? ''
    : (names.find(name => rest.slice(-name.length).toLowerCase() === name) ?? '')
  const digits = rest.slice(0, rest.length - nameBehind.length).trimEnd()
  return { digits, negative: Boolean(minusOutside || minusInside) }
}

interface NumberText {
  readonly whole: string
  readonly fraction: string
}

function readNumber(text: string, locale: Locale | undefined): NumberText | AmountRefusal {
  // `10,-` is how Dutch price tags say "and no cents".
  const body = text.replace(/[.,](?:--?|[–—])$/, '')
  if (!/^[\d.,\s]*\d$/.test(body)) return 'not-a-number'
  const isRound = body !== text
  const decimalSign = isRound ? undefined : findDecimalSign(body, locale)
  if (decimalSign === 'ambiguous') return decimalSign

  const end = decimalSign === undefined ? body.length : body.lastIndexOf(decimalSign)
  const fraction = body.slice(end + 1)
  const whole = end === 0 ? '0' : ungroup(body.slice(0, end))
  return whole === undefined || /\D/.test(fraction) ? 'not-a-number' : { whole, fraction }
}

function findDecimalSign(body: string, locale: Locale | undefined): '.' | ',' | 'ambiguous' | undefined {
  const last = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ','
  const other = last === '.' ? ',' : '.'
  if (body.includes(other)) return last
  if (body.indexOf(last) !== body.lastIndexOf(last) || !body.includes(last)) return undefined
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(body)) return last
  return locale !== undefined && last === (locale === 'nl' ? '.' : ',') ? undefined : 'ambiguous'
}

// Thousands stand apart by points, by commas or by spaces (no-break and narrow ones too), never by a mix of them.
function ungroup(whole: string): string | undefined {
  const text = whole.replace(/\s/g, ' ')
  return /^(?:\d+|[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*)$/.test(text) ? text.replace(/\D/g, '') : undefined
}
