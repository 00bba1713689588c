/** Days, months and bank business days. Pure: which instant it is now comes from the caller. */
export {
  addBusinessDays,
  easterSunday,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
} from './business-days.ts'
export { dayText, momentText, monthText } from './in-words.ts'
export {
  addDays,
  addMonths,
  ageOn,
  daysInMonth,
  firstDayOf,
  instantOf,
  isLocalDate,
  isMonth,
  LAST_DAY,
  type LocalDate,
  localDate,
  type Month,
  monthOf,
  monthsBetween,
  monthsFrom,
  nextMonth,
  TIME_ZONE,
} from './local-date.ts'
