/** `fetch` for the simulated Stripe within the process: the whole HTTP exchange, without a socket. */
import type { FastifyInstance, InjectOptions } from 'fastify'

export function fetchInto(app: FastifyInstance): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const body = await request.text()
    const options: InjectOptions = {
      method: request.method as NonNullable<InjectOptions['method']>,
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      ...(body === '' ? {} : { payload: body }),
    }
    const answer = await Promise.race([app.inject(options), aborted(request.signal)])
    const headers = new Headers()
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined) headers.set(name, String(value))
    }
    return new Response(answer.payload, { status: answer.statusCode, headers })
  }
}

/** Never settles unless the caller gives up waiting; the request itself then goes on, as it would at a real server. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
