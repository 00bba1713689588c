/**
 * Calendar days and months in Europe/Amsterdam, which decides which day and month it is; storage is UTC.
 * Days and months are plain ISO text, so they compare and sort as text; every function refuses text that is no date.
 */
import { Temporal } from 'temporal-polyfill'

/** `YYYY-MM-DD`. */
export type LocalDate = string

/** `YYYY-MM`. */
export type Month = string

/** Years are written in four digits, so the day after this one cannot be. */
export const LAST_DAY: LocalDate = '9999-12-31'

export const TIME_ZONE = 'Europe/Amsterdam'

/** The day that the calendar on an Amsterdam wall shows at this instant. */
export function localDate(instant: Date): LocalDate {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(TIME_ZONE)
  return zoned.toPlainDate().toString()
}

/** The month of an instant is `monthOf(localDate(instant))`. */
export const monthOf = (date: LocalDate): Month => dateOf(date).toPlainYearMonth().toString()

/**
 * The instant at which Amsterdam clocks show this time on this day. In the hour that summer time skips, the clock is
 * read as if it had not yet been moved (02:30 becomes 03:30); in the hour that comes twice, the first one is meant.
 */
export function instantOf(date: LocalDate, time: string): Date {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError(`not a time of day: ${time}`)
  const zoned = dateOf(date).toZonedDateTime({
    timeZone: TIME_ZONE,
    plainTime: Temporal.PlainTime.from(time),
  })
  return new Date(zoned.epochMilliseconds)
}

export const addDays = (date: LocalDate, days: number): LocalDate => dateOf(date).add({ days }).toString()

/**
 * Full years of age; negative before birth. Who was born on 29 February is a year older on 1 March of a common year:
 * the later of the two days, so that nobody counts as an adult too early.
 */
export function ageOn(birthDate: LocalDate, onDate: LocalDate): number {
  const [born, on] = [dateOf(birthDate), dateOf(onDate)]
  const hadBirthday = on.month * 100 + on.day >= born.month * 100 + born.day
  return on.year - born.year - (hadBirthday ? 0 : 1)
}

/** True for a day that exists: 2027-02-29 is refused. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  if (month < 1 || month > 12 || day < 1) return false
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
}

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

export const nextMonth = (month: Month): Month => addMonths(month, 1)

export const addMonths = (month: Month, months: number): Month =>
  yearMonthOf(month).add({ months }).toString()

/** How many months later `to` is than `from`: 0 for the same month, negative when it is earlier. */
export function monthsBetween(from: Month, to: Month): number {
  const [first, last] = [yearMonthOf(from), yearMonthOf(to)]
  return (last.year - first.year) * 12 + last.month - first.month
}

/** Every month from the first through the last, for catching up; empty when the last is earlier. */
export function monthsFrom(first: Month, last: Month): Month[] {
  const count = Math.max(0, monthsBetween(first, last) + 1)
  return Array.from({ length: count }, (_, index) => addMonths(first, index))
}

export const firstDayOf = (month: Month): LocalDate => yearMonthOf(month).toPlainDate({ day: 1 }).toString()

export const daysInMonth = (month: Month): number => yearMonthOf(month).daysInMonth

function dateOf(date: LocalDate): Temporal.PlainDate {
  if (!isLocalDate(date)) throw new RangeError(`not a calendar day: ${date}`)
  return Temporal.PlainDate.from(date)
}

function yearMonthOf(month: Month): Temporal.PlainYearMonth {
  if (!isMonth(month)) throw new RangeError(`not a month: ${month}`)
  return Temporal.PlainYearMonth.from(month)
}
