/** Headers on every answer: nothing from elsewhere, nothing inline, no framing, no referrer to others. */
import type { FastifyReply, FastifyRequest } from 'fastify'

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "script-src 'self'",
  "form-action 'self' https://checkout.stripe.com", // a donation form leads on to the provider's page
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export async function securityHeaders(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
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
  return payload
}
