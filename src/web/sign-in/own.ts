/** What the use cases of one's own sign-in are given of a request. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { actorOf, type Browser, type Own, type PasskeyShown, tokenOf } from '../../auth/index.ts'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../refusals.ts'

export function ownOf(request: FastifyRequest): Own {
  const { session } = request
  const token = tokenOf(request)
  if (!session || !token) throw new DomainError('not-signed-in')
  return { session, token, actor: actorOf(request) }
}

/** A passkey is bound to the address that the browser is at; a demonstration is reached by several. */
export function browserOf(request: FastifyRequest, { mode, publicUrl }: Deps): Browser {
  const here = `${request.protocol}://${request.host}`
  const baseUrl = mode === 'demonstration' && URL.canParse(here) ? here : publicUrl()
  return { ...ownOf(request), cookies: request.headers.cookie ?? '', baseUrl }
}

/** The cookie that binds the browser's answer to what it was asked. */
export function bindPasskey(reply: FastifyReply, cookies: readonly string[]): void {
  reply.header(
    'set-cookie',
    cookies.filter(cookie => /passkey/.test(cookie.split('=')[0] ?? '')),
  )
}

/** Its shape is checked by the library that checks its signature; here only that it is an answer at all. */
export const passkeyAnswer = z.custom<PasskeyShown>(
  value => z.looseObject({ id: z.string(), response: z.looseObject({}) }).safeParse(value).success,
)
