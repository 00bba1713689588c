/** Refusals that are worth a look: somebody is trying something, or their programme is broken. */
import type { FastifyRequest } from 'fastify'
import type { RefusalCode } from '../../refusals.ts'

const worthALook: ReadonlySet<string> = new Set<RefusalCode>([
  ...(['not-signed-in', 'not-allowed', 'second-factor-needed', 'fresh-sign-in-needed'] as const),
  ...(['cross-site-request', 'forged-event', 'too-many-requests'] as const),
  ...(['sign-in-code-wrong', 'sign-in-link-spent', 'municipality-refused'] as const),
  ...(['second-factor-wrong', 'second-factor-shut', 'passkey-refused'] as const),
])

/**
 * One line at warn, whether a page or a problem tells of it. Never who or what: which request, from which place, to which route,
 * and why it was refused. False: it is none of those.
 */
export function logRefusal(request: FastifyRequest, problemType: string): boolean {
  const code = problemType.replace('/problems/', '')
  if (!worthALook.has(code)) return false
  const { id, place, method, routeOptions } = request
  request.log.warn({ requestId: id, place, method, route: routeOptions.url, code }, 'request refused')
  return true
}
