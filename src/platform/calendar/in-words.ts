/** Days, months and moments as people say them, in one way wherever they are said. */
import type { Locale } from '../../money/index.ts'
import { TIME_ZONE } from './local-date.ts'

const TAGS = { nl: 'nl-NL', en: 'en-GB' } as const satisfies Record<Locale, string>

// A calendar day has no time zone, so it is read and written as UTC.
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

/** `day`: YYYY-MM-DD. */
export const dayText = (day: string, locale: Locale, form: 'day' | 'shortDay' = 'day'): string =>
  format(form, locale).format(new Date(`${day}T00:00:00Z`))

/** `month`: YYYY-MM. */
export const monthText = (month: string, locale: Locale): string =>
  format('month', locale).format(new Date(`${month}-01T00:00:00Z`))

/** Of an instant, in Amsterdam. */
export const momentText = (at: Date, locale: Locale, form: 'moment' | 'time' = 'moment'): string =>
  format(form, locale).format(at)
