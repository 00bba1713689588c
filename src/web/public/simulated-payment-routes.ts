/** The simulated provider's payment page: pay, fail or go back. Only in demonstration mode. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { DomainError } from '../../refusals.ts'
import {
  cancelSession,
  failSession,
  findSession,
  paySession,
  SimulatedApiError,
} from '../../simulation/stripe/index.ts'
import type { PageScope } from '../routes.ts'

const params = z.object({ sessionId: z.string().regex(/^cs_[A-Za-z0-9_]{8,100}$/) })
const choice = z.object({
  outcome: z.enum(['pay', 'fail', 'cancel']),
  method: z.enum(['ideal', 'card', 'sepa_debit', 'bancontact']).default('ideal'),
})

export function registerSimulatedPayment(pages: App, { deps, options }: PageScope): void {
  const config = { permission: 'donations.give' } as const

  pages.post(
    '/simulated-payment/:sessionId',
    { config, schema: { hide: true, params, body: choice } },
    async (request, reply) => {
      const { sessionId: id } = request.params
      const { outcome, method } = request.body
      const session = await findSession(deps.db, id)
      if (!session) throw new DomainError('not-found', { field: 'session' })
      const now = deps.clock.now()
      const outcomes = {
        pay: async () => (await paySession(deps.db, { id, method, now })).redirectUrl,
        cancel: async () => (await cancelSession(deps.db, { id, now })).redirectUrl,
        fail: async () => {
          await failSession(deps.db, { id, method, now })
          return `${request.url}?failed=true`
        },
      }
      const next = await outcomes[outcome]().catch(error => {
        throw error instanceof SimulatedApiError ? new DomainError('checkout-closed') : error
      })
      // The provider tells us by webhook, over HTTP; here we only do not wait for its next minute.
      await options.liveOn?.()
      return reply.redirect(next, 303)
    },
  )
}
