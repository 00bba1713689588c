/** The cookies of signing in: who is signed in, and, for a quarter of an hour, who asked to be and where they were going. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SESSION_HOURS, sessionCookie } from '../../auth/index.ts'
import type { Deps } from '../../deps.ts'

const PENDING_SECONDS = 15 * 60
const CONTEXT = 'web/sign-in/pending'

const isSecure = (deps: Deps) => deps.publicUrl().startsWith('https://')
const pendingCookie = (deps: Deps) => `${isSecure(deps) ? '__Host-' : ''}meent_sign_in`
const attributes = (deps: Deps) =>
  ({ httpOnly: true, sameSite: 'lax', secure: isSecure(deps), path: '/' }) as const

export function setSession(reply: FastifyReply, deps: Deps, token: string): void {
  reply.setCookie(sessionCookie(deps.publicUrl()), token, {
    ...attributes(deps),
    maxAge: SESSION_HOURS * 3600,
  })
  reply.clearCookie(pendingCookie(deps), attributes(deps))
}

export function clearSession(reply: FastifyReply, deps: Deps): void {
  reply.clearCookie(sessionCookie(deps.publicUrl()), attributes(deps))
}

export interface Pending {
  readonly email: string
  readonly next: string
  /** Which code was asked for from here; see `isBoundCode`. */
  readonly code?: string
}

/** Sealed: an address is nobody's business, not even that of whoever borrows the browser. */
export function setPending(reply: FastifyReply, deps: Deps, pending: Pending): void {
  const sealed = deps.vault.encrypt(JSON.stringify(pending), CONTEXT).toString('base64url')
  reply.setCookie(pendingCookie(deps), sealed, { ...attributes(deps), maxAge: PENDING_SECONDS })
}

export function pendingOf(request: FastifyRequest, deps: Deps): Pending | null {
  const sealed = request.cookies[pendingCookie(deps)]
  if (!sealed) return null
  try {
    return JSON.parse(deps.vault.decrypt(Buffer.from(sealed, 'base64url'), CONTEXT).toString()) as Pending
  } catch {
    return null // made up, or of an older secret
  }
}
