// What the service threw behind an answer: the answer rightly does not say it, and whoever looks into a failure wants to know.

import { subscribe } from 'node:diagnostics_channel'

const KEPT = 100
const thrown = new Map<string, unknown>()

export function watchThrown(): void {
  subscribe('tracing:fastify.request.handler:error', message => {
    const { request, error } = message as { request: { id: string }; error: unknown }
    thrown.set(request.id, error)
    for (const oldest of thrown.keys()) if (thrown.size > KEPT) thrown.delete(oldest)
  })
}

export function thrownBehind(requestId: unknown): string {
  const error = thrown.get(String(requestId))
  if (error === undefined) return 'not known'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
