/** Options as they were typed, read as what they mean; what cannot be read is refused with the name of the option. */
import { addDays, instantOf, isLocalDate, LAST_DAY } from '../platform/calendar/index.ts'
import { DomainError } from '../refusals.ts'

/** Undefined when it was not given. */
export function readId(option: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,18}$/.test(text)) throw refused(option, 'a whole number')
  return BigInt(text)
}

export function readLimit(text: string): number {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > 10_000) throw refused('limit', 'a number from 1 to 10000')
  return limit
}

/**
 * An RFC 3339 time, or a day in Amsterdam: its first moment, or its last when `end` is asked for, so that what was
 * there "at" a day is what was there when it was over.
 */
export function readMoment(option: string, text: string | undefined, end?: 'end'): Date | undefined {
  if (text === undefined) return undefined
  if (isLocalDate(text) && text !== LAST_DAY) {
    const next = end && instantOf(addDays(text, 1), '00:00')
    return next ? new Date(next.getTime() - 1) : instantOf(text, '00:00')
  }
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  const moment = new Date(text)
  if (!isTime || !isLocalDate(text.slice(0, 10)) || Number.isNaN(moment.getTime()))
    throw refused(option, 'a day such as 2026-10-31 or a time such as 2026-10-31T12:00:00Z')
  return moment
}

/** One of a list. */
export function readOneOf<T extends string>(
  option: string,
  text: string | undefined,
  all: readonly T[],
): T | undefined {
  if (text === undefined) return undefined
  const known = all.find(each => each === text)
  if (known === undefined) throw refused(option, `one of ${all.join(', ')}`)
  return known
}

export const refused = (option: string, wanted: string) =>
  new DomainError('invalid-request', { field: option, reason: `--${option} takes ${wanted}` })

export const notFound = (option: string, text: string) =>
  new DomainError('not-found', { field: option, reason: `--${option} ${text}` })
