/**
 * Letters to a mail server over SMTP. Its answers become three outcomes and a short code; what it said is never kept,
 * because it quotes addresses. Only composition imports this: the rest of the service does without the client.
 */
import { createTransport } from 'nodemailer'
import { DELIVERY_MS } from './claims.ts'
import { oneLine } from './letter.ts'
import { DeliveryError, type MailTransport } from './transport.ts'

export interface SmtpSettings {
  /** smtps://name:password@host:port, or smtp:// for STARTTLS; names and passwords percent-encoded. */
  readonly url: string
  /** The address that letters come from, and that bounces return to. */
  readonly from: string
  /** False: a server without TLS and without a password will do, for tests and development. */
  readonly requireTls: boolean
  /** A certificate authority besides the usual ones. */
  readonly ca?: string | undefined
  /** A delivery that takes longer is broken off. */
  readonly deliveryMs?: number | undefined
}

const WAIT_MS = 15_000

export function smtpTransport(settings: SmtpSettings): MailTransport {
  const { from, requireTls, ca, deliveryMs = DELIVERY_MS } = settings
  const { protocol, hostname, port, username, password } = new URL(settings.url)
  const secure = protocol === 'smtps:'
  const transporter = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && (requireTls || username !== ''), // a password never goes in the open
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    ...(username
      ? {
          auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
          forceAuth: true, // a server that asks for no password is not the one we mean
        }
      : {}),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: 2 * WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async deliver({ messageId, date, senderName, to, subject, text, html, stop }) {
      try {
        await transporter.sendMail({
          from: { name: oneLine(senderName), address: from },
          to: { name: '', address: to },
          envelope: { from, to },
          messageId,
          date,
          subject: oneLine(subject),
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated', ...stopHeaders(stop) },
          xMailer: false,
          signal: AbortSignal.timeout(deliveryMs),
        })
      } catch (error) {
        throw outcomeOf(error as SmtpError)
      }
    },
  }
}

/** RFC 2369, and RFC 8058: mail programs show a button, and post to the address only where it is https. */
const stopHeaders = (stop: string | undefined): Record<string, string> => ({
  ...(stop ? { 'List-Unsubscribe': `<${stop}>` } : {}),
  ...(stop?.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
})

interface SmtpError {
  readonly code?: string
  readonly originalCode?: string
  readonly responseCode?: number
  readonly command?: string
}

const codes: Readonly<Record<string, string>> = {
  EDNS: 'server-not-found',
  ETLS: 'no-tls',
  ETIMEDOUT: 'timed-out',
  EABORT: 'timed-out',
  ECONNECTION: 'connection-lost',
  ESOCKET: 'connection-lost',
}
/** Not about this letter: nothing else would get through either. */
const unreachable = ['EDNS', 'ETLS']
const away = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT']
/** The server wants another login or more security: our settings are wrong, not the letter. */
const ofLogin = [530, 534, 535, 538]

/** A refusal is final only where it is about the recipient or the words: 5xx to RCPT or DATA. */
function outcomeOf({ code = '', originalCode = '', responseCode, command = '' }: SmtpError): DeliveryError {
  if (code === 'EAUTH') return new DeliveryError('unreachable', 'login-refused')
  if (responseCode !== undefined) {
    const said = `smtp-${responseCode}`
    const final = responseCode >= 500 && ['RCPT TO', 'DATA'].includes(command)
    if (final && !ofLogin.includes(responseCode)) return new DeliveryError('refused', said)
    const everyLetter = unreachable.includes(code) || ofLogin.includes(responseCode) || command === 'CONN'
    return new DeliveryError(everyLetter ? 'unreachable' : 'later', said)
  }
  if (/CERT|TLS|SSL|ISSUER/.test(originalCode)) return new DeliveryError('unreachable', 'no-tls')
  const outcome = unreachable.includes(code) || away.includes(originalCode) ? 'unreachable' : 'later'
  return new DeliveryError(outcome, codes[code] ?? 'not-delivered')
}
