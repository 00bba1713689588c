/** Headers on every answer: nothing from elsewhere, nothing inline, no framing, no referrer to others. */
import type { FastifyReply, FastifyRequest } from 'fastify'

const policy = (formTargets: string) =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "script-src 'self'",
    "connect-src 'self'", // the passkey script asks us what is wanted
    `form-action 'self' ${formTargets}`, // a donation form leads on to the provider's page
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** The demonstration's payment page is ours, by whichever of its names the service was reached. */
const formTargets = {
  real: 'https://checkout.stripe.com',
  demonstration: 'https://checkout.stripe.com http://127.0.0.1:* http://localhost:*',
}

export const securityHeaders = (mode: 'real' | 'demonstration') => {
  const contentSecurityPolicy = policy(formTargets[mode])
  return (request: FastifyRequest, reply: FastifyReply): void => {
    reply.headers({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-request-id': request.id,
    })
    if (request.protocol === 'https')
      reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    if (!reply.getHeader('cache-control')) reply.header('cache-control', 'no-store')
  }
}
