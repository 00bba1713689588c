/** Days, months and moments as people say them, always with the machine's form beside it. */
import type { Locale } from '../../money/index.ts'
import { dayText, localDate, momentText, monthText } from '../../platform/calendar/index.ts'
import { type Html, html } from '../html.ts'

export { dayText, monthText }

/** `day`: YYYY-MM-DD. */
export const dayTime = (day: string, locale: Locale, form: 'day' | 'shortDay' = 'day'): Html =>
  html`<time datetime="${day}">${dayText(day, locale, form)}</time>`

/** `month`: YYYY-MM. */
export const monthTime = (month: string, locale: Locale): Html =>
  html`<time datetime="${month}">${monthText(month, locale)}</time>`

/** The day of an instant in Amsterdam. */
export const dayOf = (at: Date, locale: Locale, form: 'day' | 'shortDay' = 'day'): Html =>
  dayTime(localDate(at), locale, form)

/** With the time of day in Amsterdam. */
export const moment = (at: Date, locale: Locale): Html =>
  html`<time datetime="${at.toISOString()}">${momentText(at, locale)}</time>`

/** The time of day in Amsterdam, where a heading says which day. */
export const timeOf = (at: Date, locale: Locale): Html =>
  html`<time datetime="${at.toISOString()}">${momentText(at, locale, 'time')}</time>`
