/**
 * Days on which euro banks settle with each other: every day but the closing days of TARGET.
 * Computed, so that no list has to be kept up to date. King's Day, Ascension and Whit Monday are open.
 *
 * Source: European Central Bank, "Long-term calendar for TARGET closing days", 14 December 2000; in force since 2002.
 */
import { Temporal } from 'temporal-polyfill'
import { addDays, isLocalDate, type LocalDate } from './local-date.ts'

/** New Year's Day, Labour Day, Christmas Day and 26 December: month and day, the same every year. */
const FIXED_CLOSING_DAYS: readonly string[] = ['01-01', '05-01', '12-25', '12-26']

export function isBusinessDay(date: LocalDate): boolean {
  if (!isLocalDate(date)) throw new RangeError(`not a calendar day: ${date}`)
  const { dayOfWeek, year } = Temporal.PlainDate.from(date)
  if (dayOfWeek >= 6 || FIXED_CLOSING_DAYS.includes(date.slice(5))) return false
  const easter = easterSunday(year)
  return date !== addDays(easter, -2) && date !== addDays(easter, 1)
}

/** The day itself when banks are open, else the last open day before it. */
export function previousBusinessDay(date: LocalDate): LocalDate {
  let day = date
  while (!isBusinessDay(day)) day = addDays(day, -1)
  return day
}

/** The day itself when banks are open, else the first open day after it. */
export function nextBusinessDay(date: LocalDate): LocalDate {
  let day = date
  while (!isBusinessDay(day)) day = addDays(day, 1)
  return day
}

/**
 * The n-th open day after the date, or before it when n is negative. The date itself never counts, open or not;
 * n = 0 answers the date as it is. Throws RangeError when n is not a whole number.
 */
export function addBusinessDays(date: LocalDate, n: number): LocalDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a whole number of days: ${n}`)
  let day = date
  for (let left = Math.abs(n); left > 0; left -= 1) {
    day = n > 0 ? nextBusinessDay(addDays(day, 1)) : previousBusinessDay(addDays(day, -1))
  }
  return day
}

/**
 * Easter Sunday of a Gregorian year, by the method that needs no table and no exceptions.
 * Source: J. Meeus, Astronomical Algorithms (1991), chapter 8; first published anonymously in Nature, 20 April 1876.
 * The names are Meeus's own single letters, so that it can be held beside the book.
 */
export function easterSunday(year: number): LocalDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = Math.floor((h + l - 7 * m + 114) / 31)
  const p = (h + l - 7 * m + 114) % 31
  return Temporal.PlainDate.from({ year, month: n, day: p + 1 }).toString()
}
