/** Whoever has to sign in, or to show more, is led there and back: a person should not have to find the way. */
import type { FastifyRequest } from 'fastify'
import type { Locale } from '../../money/index.ts'
import { localPath } from '../page.ts'
import { paths } from '../paths.ts'
import { safeNext } from './next.ts'

const places: Readonly<Record<string, string>> = {
  '/problems/not-signed-in': paths.signIn,
  '/problems/second-factor-needed': paths.secondFactor,
  '/problems/fresh-sign-in-needed': paths.secondFactor,
}

/** Null when the refusal is about something else. A form that was refused leads back to its page. */
export function leadOn(request: FastifyRequest, locale: Locale, problemType: string): string | null {
  const place = places[problemType]
  if (!place) return null
  const next = safeNext(request.method === 'GET' ? withoutNotice(request.url) : pageOf(request))
  return `${localPath({ locale }, place)}${next ? `?next=${encodeURIComponent(next)}` : ''}`
}

const withoutNotice = (url: string) => url.replace(/[?&]notice=[^&]*/, '')

function pageOf({ headers }: FastifyRequest): string {
  const from = URL.parse(headers.referer ?? '')
  return from?.host === headers.host ? withoutNotice(`${from?.pathname}${from?.search}`) : ''
}
