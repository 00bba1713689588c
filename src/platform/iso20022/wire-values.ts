/**
 * Amounts, days and instants as ISO 20022 files write them. Null means: not such a value.
 * Amounts are cut out of the text digit by digit; no float is ever made of them.
 */
import { Temporal } from 'temporal-polyfill'
import { type Currency, minorDigits } from '../../money/index.ts'
import { isLocalDate, type LocalDate, TIME_ZONE } from '../calendar/index.ts'

/**
 * Minor units of an amount without a sign (the file says elsewhere whether it is a credit). More decimals than the
 * currency has are fine as long as they are zeros: some banks write `8.850` or `8.85000`. ISO 20022 has 18 digits.
 */
export function parseWireAmount(text: string, currency: Currency): bigint | null {
  const [, whole, fraction = ''] = /^\+?(\d{1,18})(?:\.(\d{0,17}))?$/.exec(text.trim()) ?? []
  if (whole === undefined) return null
  const digits = minorDigits(currency)
  if (/[^0]/.test(fraction.slice(digits))) return null
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'))
}

/**
 * The day of a date or date-time, as the bank wrote it. A date-time is not moved to another time zone: a bank that
 * closes a day at `23:59:00Z` means that day.
 */
export function parseWireDay(text: string): LocalDate | null {
  const [, day] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(text.trim()) ?? []
  return day !== undefined && isLocalDate(day) ? day : null
}

/** An instant; where the file names no offset, the clock on an Amsterdam wall is meant. */
export function parseWireInstant(text: string): Date | null {
  const [, time, fraction = '', offset] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})?$/.exec(text.trim()) ?? []
  if (time === undefined) return null
  const precise = `${time}.${fraction.slice(0, 3).padEnd(3, '0')}`
  try {
    const instant = offset
      ? Temporal.Instant.from(precise + offset)
      : Temporal.PlainDateTime.from(precise).toZonedDateTime(TIME_ZONE)
    return new Date(instant.epochMilliseconds)
  } catch {
    return null
  }
}
