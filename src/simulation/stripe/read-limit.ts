/** Reads are limited as Stripe's are: so many a second, at once or spread over it. In real time, whatever the clock says. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SimulatedApiError } from './api-error.ts'

/** What Stripe documents for a test account. */
export const READS_PER_SECOND = 25

/** A hook that refuses a read too many with 429. `perSecond` may be Infinity: then none is. */
export function limitReads(perSecond: number) {
  let left = perSecond
  let countedAt = performance.now()
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (request.method !== 'GET' || perSecond === Infinity) return
    const now = performance.now()
    left = Math.min(perSecond, left + ((now - countedAt) * perSecond) / 1_000)
    countedAt = now
    if (left < 1) {
      reply.header('stripe-rate-limited-reason', 'global-rate')
      throw new SimulatedApiError(
        'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
        { status: 429, code: 'rate_limit' },
      )
    }
    left -= 1
  }
}
