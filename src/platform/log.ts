/** The log: structured, to standard output, with everything that is personal or secret cut out before it is written. */
import { type Logger, pino } from 'pino'

const secret = ['authorization', 'cookie', 'set-cookie', 'idempotency-key', 'stripe-signature']
const personal = [
  'name',
  'nickname',
  'message',
  'iban',
  'birthDate',
  'email',
  'address',
  'token',
  'receiptToken',
]

/** Receipt tokens stand in paths: whoever reads a log must not be able to open a receipt. */
export function redactUrl(url: string): string {
  return url.replace(/(\/receipts\/)[^/?]+/, '$1[redacted]').replace(/\?.*$/, '')
}

export function createLogger(level: string): Logger {
  return pino({
    level,
    redact: {
      paths: [
        ...secret.flatMap(name => [`req.headers["${name}"]`, `headers["${name}"]`]),
        ...personal.flatMap(name => [name, `body.${name}`, `req.body.${name}`, `input.${name}`]),
      ],
      censor: '[redacted]',
    },
    serializers: {
      req: request => ({ id: request.id, method: request.method, url: redactUrl(request.url ?? '') }),
      res: reply => ({ statusCode: reply.statusCode }),
      err: error => ({
        type: error.name,
        // A database error quotes the row that it is about; its message alone names only columns and constraints.
        message: error.message,
        code: error.code,
        stack: error.stack,
      }),
    },
  })
}
