/** A refusal that no page of its own shows: said on a page with the way back. */
import type { FastifyRequest } from 'fastify'
import type { Locale } from '../money/index.ts'
import type { Problem } from '../platform/http/problem.ts'
import type { Html } from './html.ts'
import { problemView } from './public/problem.ts'
import { personOf } from './scope.ts'

export function problemPage(
  request: FastifyRequest,
  locale: Locale,
  problem: Problem,
  signIn: boolean,
): Html {
  return problemView(
    {
      locale,
      path: request.url.replace(/^\/en(?=\/|$|\?)/, '') || '/',
      demonstration: null,
      signIn,
      person: request.session && personOf(request.session),
      organisation: null,
    },
    { problem, back: backOf(request) },
  )
}

/** Only a page of our own is offered as the way back. */
function backOf({ headers }: FastifyRequest): string | null {
  const from = URL.parse(headers.referer ?? '')
  if (from?.host !== headers.host) return null
  return `${from?.pathname ?? '/'}`.replace(/^\/en(?=\/|$)/, '') || '/'
}
