/**
 * The log: structured, to standard output. Whatever is called like something personal or secret is cut out at any
 * depth before it is written, and whatever looks like an account or a token is cut out of every text.
 */
import { type Logger, pino } from 'pino'

const forbidden = new RegExp(
  `^(${[
    ...['name', 'nickname', 'holder', 'message', 'iban', 'birth_?date', '.*e?-?mail(_?address)?', 'address'],
    ...['.*token', '.*secret.*', '.*password', 'authorization', 'proxy-authorization', '.*cookies?'],
    ...[
      '.*_?(api|webhook)_?key',
      'idempotency-?key',
      'stripe-signature',
      'otp',
      'totp.*',
      '.*recovery_?codes?',
    ],
  ].join('|')})$`,
  'i',
)
const CENSORED = '[redacted]'
const MAX_DEPTH = 8

const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g
const bearer = /\b(Bearer|Basic) [\w.~+/=-]+/gi
// Each says how long a part may be: a line that somebody else makes long must not take long to read.
/** What opens a receipt or signs somebody in stands in paths. */
const opening = /(\/(?:receipts|sign-in\/links|links|invitations)\/)[^/?\s"'<>]+/g
/** `token=…`, `code: …`, in an address, a form or a sentence. */
const named =
  /\b((?:[\w-]{0,30}token|[\w-]{0,30}secret|password|otp|code|state)["']?\s{0,9}[=:]\s{0,9}["']?)[\w.~%+/=-]{4,}/gi
const email = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi
const cookie = /\b((?:__Host-|__Secure-)?meent_?[\w-]{0,40}=)[^;\s"]+/g
/** Our own keys, and those of the payment provider. */
const key = /\b(meent|sk_live|sk_test|rk_live|rk_test|whsec)_[\w-]{8,}/g
/** An authenticator's secret, as an address or as it is typed in. */
const otpauth = /\botpauth:\/\/\S+/gi
const base32 = /\b(?=[A-Z2-7]*[2-7])[A-Z2-7]{26,}=*/g
/** Of a connection's address, everything before its host. */
const login = /\b([a-z][a-z+]{0,20}:\/\/)[^/\s@]{1,400}@/gi

/** Without what nobody who reads a log may know. Receipt tokens stand in paths: they open a receipt. */
export function redactText(text: string): string {
  return text
    .replace(otpauth, CENSORED)
    .replace(login, `$1${CENSORED}@`)
    .replace(bearer, `$1 ${CENSORED}`)
    .replace(opening, `$1${CENSORED}`)
    .replace(cookie, `$1${CENSORED}`)
    .replace(named, codeOrToken)
    .replace(key, CENSORED)
    .replace(email, CENSORED)
    .replace(iban, CENSORED)
    .replace(base32, CENSORED)
}

/** Codes of refusals, of errors (ECONNRESET) and of Postgres (57P01) say nothing of anybody; others open something. */
function codeOrToken(whole: string, name: string): string {
  const isOurs = /^([A-Za-z]{1,20}([-_.][A-Za-z]{1,20}){0,6}|[0-9A-Z]{5})$/.test(whole.slice(name.length))
  return /^(code|state)\b/i.test(name) && isOurs ? whole : `${name}${CENSORED}`
}

export const redactUrl = (url: string): string => redactText(url.replace(/\?.*$/, ''))

/** Six digits under the name of a code; a refusal's code and an error's are words. */
const isMailedCode = (key: string, value: unknown): boolean =>
  /code$/i.test(key) && /^\s*\d{3}[ -]?\d{3}\s*$/.test(String(value))

/** `message` is an error's own word, so its text is kept, redacted; as a field of anything else it is a donor's. */
function redacted(value: unknown, depth = 0, inError = false): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth > MAX_DEPTH) return CENSORED
  if (Array.isArray(value)) return value.map(each => redacted(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      (forbidden.test(key) && !(inError && key === 'message')) || isMailedCode(key, each)
        ? CENSORED
        : redacted(each, depth + 1, key === 'err'),
    ]),
  )
}

export function createLogger(level: string): Logger {
  return pino({
    level,
    serializers: {
      req: (request: { id?: string; method?: string; url?: string }) => ({
        id: request.id,
        method: request.method,
        url: redactUrl(request.url ?? ''),
      }),
      res: (reply: { statusCode?: number }) => ({ statusCode: reply.statusCode }),
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        // A database error's detail quotes the row that it is about; its message names columns and constraints.
        message: error.message,
        code: error.code,
        stack: error.stack,
      }),
    },
    hooks: {
      // After the serializers, on the finished line: nothing can be added to it behind this.
      streamWrite: (line: string) => `${JSON.stringify(redacted(JSON.parse(line)))}\n`,
    },
  })
}
