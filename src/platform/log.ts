/**
 * The log: structured, to standard output. Whatever is called like something personal or secret is cut out at any
 * depth before it is written, and whatever looks like an account or a token is cut out of every text.
 */
import { type Logger, pino } from 'pino'

const forbidden =
  /^(name|nickname|holder|message|iban|birth_?date|e?-?mail|address|.*token|secret.*|password|authorization|cookie|set-cookie|idempotency-key|stripe-signature)$/i
const CENSORED = '[redacted]'
const MAX_DEPTH = 8

const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g
const bearer = /\bBearer [\w.~+/=-]+/g
const key = /\bmeent_[\w-]{20,}/g
const receipt = /(\/receipts\/)[^/?\s"]+/g

/** Without what nobody who reads a log may know. Receipt tokens stand in paths: they open a receipt. */
export function redactText(text: string): string {
  return text
    .replace(bearer, `Bearer ${CENSORED}`)
    .replace(key, CENSORED)
    .replace(receipt, `$1${CENSORED}`)
    .replace(iban, CENSORED)
}

export const redactUrl = (url: string): string => redactText(url.replace(/\?.*$/, ''))

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
      forbidden.test(key) && !(inError && key === 'message')
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
