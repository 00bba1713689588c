/**
 * An amount: whole minor units of one currency, and the few operations that keep it so.
 * No float ever touches money, and amounts of different currencies never meet.
 */

/**
 * Digits behind the point, by ISO 4217 (list one, column "minor unit"), for the currencies of the SEPA countries.
 * Written out because Intl is not honest here: its data says 0 for HUF, and 2 for any code that does not exist.
 */
const MINOR_DIGITS = {
  EUR: 2,
  CHF: 2,
  CZK: 2,
  DKK: 2,
  GBP: 2,
  HUF: 2,
  ISK: 0,
  NOK: 2,
  PLN: 2,
  RON: 2,
  SEK: 2,
} as const

/** An ISO 4217 code that this service knows the minor unit of. */
export type Currency = keyof typeof MINOR_DIGITS

export const EUR = 'EUR' satisfies Currency

export interface Money {
  /** Whole minor units (cents for EUR); negative is allowed, what it means is for the caller to say. */
  readonly minor: bigint
  readonly currency: Currency
}

export const money = (minor: bigint, currency: Currency = EUR): Money => ({ minor, currency })

/** Tells a known currency from any other text, for the edges where text comes in. */
export const isCurrency = (text: string): text is Currency => Object.hasOwn(MINOR_DIGITS, text)

/** 2 for EUR (cents), 0 for ISK. */
export const minorDigits = (currency: Currency): number => MINOR_DIGITS[currency]

/** Throws RangeError on mixed currencies, as do all operations on two amounts. */
export function add(left: Money, right: Money): Money {
  return money(left.minor + right.minor, sameCurrency(left, right))
}

export function subtract(left: Money, right: Money): Money {
  return money(left.minor - right.minor, sameCurrency(left, right))
}

/** Below zero when left is less, zero when equal, above zero when more: fit for sorting. */
export function compare(left: Money, right: Money): -1 | 0 | 1 {
  sameCurrency(left, right)
  if (left.minor === right.minor) return 0
  return left.minor < right.minor ? -1 : 1
}

export const negate = (amount: Money): Money => money(-amount.minor, amount.currency)

/** The currency is asked for, because a sum of nothing has one too. */
export function sum(amounts: Iterable<Money>, currency: Currency = EUR): Money {
  let total = money(0n, currency)
  for (const amount of amounts) total = add(total, amount)
  return total
}

// A mix is a mistake of the programme, never of a person: it stops the work instead of becoming a message.
function sameCurrency(left: Money, right: Money): Currency {
  if (left.currency !== right.currency) {
    throw new RangeError(`amounts of ${left.currency} and ${right.currency} cannot be combined`)
  }
  return left.currency
}
