// What the service threw behind an answer: the answer rightly does not say it, and whoever looks into a failure wants to know.

import { subscribe } from 'node:diagnostics_channel'

let last: { at: number; error: unknown } | undefined

export function watchThrown(): void {
  subscribe('tracing:fastify.request.handler:error', message => {
    last = { at: performance.now(), error: (message as { error: unknown }).error }
  })
}

/** Since that moment. */
export function thrownSince(at: number): string {
  if (!last || last.at < at) return 'not known'
  const { error } = last
  return error instanceof Error
    ? `${error.stack}${error.cause ? `\n${String(error.cause)}` : ''}`
    : String(error)
}
