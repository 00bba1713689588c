/** Turns whatever was thrown into an RFC 9457 problem in the reader's language. Nothing internal leaks into it. */
import type { FastifyError } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { formatMoney, isCurrency, type Locale } from '../../money/index.ts'
import { DomainError, type RefusalCode, type RefusalDetails, refusals } from '../../refusals.ts'
import { amountOut } from './amount.ts'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly instance: string
  readonly errors?: readonly { readonly field: string; readonly reason: string }[]
  readonly missing?: { readonly amount: number; readonly currency: string }
}

const internal = {
  nl: {
    title: 'Er ging bij ons iets mis',
    detail: 'Er is niets half gedaan. Noem dit nummer als je ons hierover schrijft.',
  },
  en: {
    title: 'Something went wrong on our side',
    detail: 'Nothing was half done. Quote this number when you write to us.',
  },
}
const missingWords = { nl: 'Er ontbreekt', en: 'Missing' }

/** `instance`: the request's id, which is in our log as well. */
export function toProblem(error: unknown, locale: Locale, instance: string): Problem {
  const refusal = asRefusal(error)
  if (!refusal) {
    return { type: '/problems/internal', status: 500, instance: `urn:uuid:${instance}`, ...internal[locale] }
  }
  const { code, details } = refusal
  const detail = detailOf(details, locale)
  const errors = errorsOf(details, detail ?? refusals[code][locale], locale)
  return {
    type: `/problems/${code}`,
    title: refusals[code][locale],
    status: refusals[code].status,
    instance: `urn:uuid:${instance}`,
    ...(detail === undefined ? {} : { detail }),
    ...(errors.length === 0 ? {} : { errors }),
    ...(details.missing === undefined
      ? {}
      : { missing: { amount: amountOut(details.missing), currency: details.currency ?? 'EUR' } }),
  }
}

/** The header that says when to ask again, where that is known. */
export function retryAfter(error: unknown): { 'retry-after'?: string } {
  const seconds = asRefusal(error)?.details.retryAfter
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

function detailOf({ reason, missing, currency = 'EUR' }: RefusalDetails, locale: Locale): string | undefined {
  if (missing !== undefined && isCurrency(currency)) {
    return `${missingWords[locale]}: ${formatMoney({ minor: missing, currency }, locale)}`
  }
  return typeof reason === 'object' ? reason[locale] : reason
}

function errorsOf({ field, errors }: RefusalDetails, reason: string, locale: Locale) {
  if (!errors) return field === undefined ? [] : [{ field, reason }]
  return errors.map(each => ({
    field: each.field,
    reason: typeof each.reason === 'object' ? each.reason[locale] : each.reason,
  }))
}

/** Fastify's own refusals and zod's become ours; what is left is our fault. */
function asRefusal(error: unknown): { code: RefusalCode; details: RefusalDetails } | undefined {
  if (error instanceof DomainError) return error
  if (hasZodFastifySchemaValidationErrors(error)) return fromValidation(error)
  const { code, statusCode = 500, message } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'request-too-large', details: {} }
  // Bytes that no text of Postgres can hold: nothing by that name exists.
  if (code === '22021' || code === '22P05') return { code: 'unreadable-request', details: {} }
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return { code: 'temporarily-unavailable', details: tookTooLong }
  if (isDatabaseAway(code, message))
    return { code: 'temporarily-unavailable', details: { retryAfter: RETRY_SECONDS } }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { code: 'unsupported-media-type', details: {} }
  return statusCode >= 400 && statusCode < 500 ? { code: 'unreadable-request', details: {} } : undefined
}

const RETRY_SECONDS = 10

/** What was begun goes on, and may well succeed. */
const tookTooLong = {
  reason: {
    nl: 'Het duurde te lang. Kijk eerst of het gelukt is',
    en: 'It took too long. Look first whether it was done',
  },
}

/** The network's words, and Postgres's: connection lost (08), too many (53), a question took too long, shutting down. */
const isDatabaseAway = (code = '', message = ''): boolean =>
  /^(Connection terminated|timeout exceeded when trying to connect)/.test(message) ||
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|08...|53...|57014|57P0[123])$/.test(code)

interface Validation {
  readonly validation: readonly {
    readonly keyword: string
    readonly params: object
    readonly instancePath: string
    readonly message?: string | undefined
  }[]
  readonly validationContext?: string | undefined
}

function fromValidation(error: Validation): { code: RefusalCode; details: RefusalDetails } {
  const errors = error.validation.map(({ keyword, params, instancePath, message = 'not valid' }) => ({
    field: instancePath.split('/').filter(Boolean).join('.') || (error.validationContext ?? 'body'),
    reason: { en: message, nl: inDutch({ code: keyword, ...params }) ?? message },
  }))
  const keyMissing = errors.some(each => each.field === 'idempotency-key')
  return { code: keyMissing ? 'idempotency-key-missing' : 'invalid-request', details: { errors } }
}

const { localeError } = z.locales.nl()

/** The schema's own words in Dutch, from the issue that it found. */
function inDutch(issue: object): string | undefined {
  const said = localeError(issue as Parameters<typeof localeError>[0])
  return typeof said === 'object' ? said?.message : said
}
