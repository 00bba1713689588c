/** Headers on every answer: nothing from elsewhere, nothing inline, no framing, no referrer to others. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { formTargets } from './payment-page.ts'

const policy = (targets: string) =>
  [
    "default-src 'none'",
    "object-src 'none'", // said by the line above as well, but not everything that reads this knows
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "script-src 'self'",
    "connect-src 'self'", // the passkey script asks us what is wanted
    `form-action 'self' ${targets}`, // a donation form leads on to the provider's page
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

export const contentSecurityPolicy = (mode: 'real' | 'demonstration'): string => policy(formTargets[mode])

const HTTPS_ONLY = 'max-age=31536000; includeSubDomains'

/** `publicUrl`: what a request says of its own protocol is not believed. */
export const securityHeaders = (mode: 'real' | 'demonstration', publicUrl: () => string) => {
  const csp = contentSecurityPolicy(mode)
  return (request: FastifyRequest, reply: FastifyReply): void => {
    reply.headers({
      'content-security-policy': csp,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-request-id': request.id,
    })
    if (mode === 'real' || publicUrl().startsWith('https://'))
      reply.header('strict-transport-security', HTTPS_ONLY)
    if (!reply.getHeader('cache-control')) reply.header('cache-control', 'no-store')
  }
}
