/**
 * On which day a month's money arrives, and when the bank must have the file for it.
 * Rent does not wait: a payday on a day that banks are closed moves forward in time, never back.
 */
import {
  addBusinessDays,
  daysInMonth,
  firstDayOf,
  type LocalDate,
  type Month,
  previousBusinessDay,
} from '../platform/calendar/index.ts'

/**
 * How many bank business days before payday the file must be at the bank (before the bank's own hour of closing).
 * One, because a credit transfer in euros must reach the recipient's bank at the latest on the business day after it
 * was received: Directive (EU) 2015/2366 (PSD2), article 83(1), in force since 13 January 2018.
 */
export const SUBMISSION_BUSINESS_DAYS = 1

/**
 * The bank business day on which the money of this month arrives: the pool's day of the month, or the month's last day
 * where the month is shorter, or the last business day before it. Payday 1 can thus fall in the month before
 * (1 January is paid on 31 December or earlier): the money of a month is never later than its day.
 * Throws RangeError unless dayOfMonth is a whole number from 1 to 31.
 */
export function paydayOf(month: Month, dayOfMonth: number): LocalDate {
  if (!Number.isInteger(dayOfMonth) || dayOfMonth < 1 || dayOfMonth > 31) {
    throw new RangeError(`not a day of a month: ${dayOfMonth}`)
  }
  const day = Math.min(dayOfMonth, daysInMonth(month))
  return previousBusinessDay(`${firstDayOf(month).slice(0, 8)}${String(day).padStart(2, '0')}`)
}

/** The last bank business day on which the file for this payday may reach the bank. */
export const submissionDeadline = (payday: LocalDate): LocalDate =>
  addBusinessDays(payday, -SUBMISSION_BUSINESS_DAYS)
