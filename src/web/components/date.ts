/** Days, months and moments as people say them, always with the machine's form beside it. */
import type { Locale } from '../../money/index.ts'
import { localDate, TIME_ZONE } from '../../platform/calendar/index.ts'
import { type Html, html } from '../html.ts'

const TAGS = { nl: 'nl-NL', en: 'en-GB' } as const satisfies Record<Locale, string>

const forms = {
  day: { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  shortDay: { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
  month: { month: 'long', year: 'numeric', timeZone: 'UTC' },
  time: { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE },
  moment: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: TIME_ZONE,
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>
type Form = keyof typeof forms

// Making a formatter costs far more than using it.
const made = new Map<string, Intl.DateTimeFormat>()
function format(form: Form, locale: Locale): Intl.DateTimeFormat {
  const key = `${form} ${locale}`
  const known = made.get(key) ?? new Intl.DateTimeFormat(TAGS[locale], forms[form])
  made.set(key, known)
  return known
}

/** `day`: YYYY-MM-DD. A calendar day has no time zone, so it is read and written as UTC. */
export const dayText = (day: string, locale: Locale, form: 'day' | 'shortDay' = 'day'): string =>
  format(form, locale).format(new Date(`${day}T00:00:00Z`))

/** `month`: YYYY-MM. */
export const monthText = (month: string, locale: Locale): string =>
  format('month', locale).format(new Date(`${month}-01T00:00:00Z`))

export const dayTime = (day: string, locale: Locale, form: 'day' | 'shortDay' = 'day'): Html =>
  html`<time datetime="${day}">${dayText(day, locale, form)}</time>`

export const monthTime = (month: string, locale: Locale): Html =>
  html`<time datetime="${month}">${monthText(month, locale)}</time>`

/** The day of an instant in Amsterdam. */
export const dayOf = (at: Date, locale: Locale, form: 'day' | 'shortDay' = 'day'): Html =>
  dayTime(localDate(at), locale, form)

/** With the time of day in Amsterdam. */
export const moment = (at: Date, locale: Locale): Html =>
  html`<time datetime="${at.toISOString()}">${format('moment', locale).format(at)}</time>`

/** The time of day in Amsterdam, where a heading says which day. */
export const timeOf = (at: Date, locale: Locale): Html =>
  html`<time datetime="${at.toISOString()}">${format('time', locale).format(at)}</time>`
