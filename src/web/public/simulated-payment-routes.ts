/** The simulated provider's payment page: pay, fail or go back. Only in demonstration mode. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { EUR } from '../../money/index.ts'
import { DomainError } from '../../refusals.ts'
import {
  cancelSession,
  failSession,
  findSession,
  paySession,
  SimulatedApiError,
} from '../../simulation/stripe/index.ts'
import { contextOf, emptyForm, type PageScope, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { simulatedPaymentView } from './simulated-payment.ts'

const params = z.object({ sessionId: z.string().regex(/^cs_[A-Za-z0-9_]{8,100}$/) })
const choice = z.object({
  outcome: z.enum(['pay', 'fail', 'cancel']),
  method: z.enum(['ideal', 'card', 'sepa_debit', 'bancontact']).default('ideal'),
})

export function registerSimulatedPayment(pages: App, scope: PageScope): void {
  const { deps, options, locale } = scope
  const config = { permission: 'donations.give' } as const
  const sessionOf = async (id: string) => {
    const session = await findSession(deps.db, id)
    if (!session) throw new DomainError('not-found', { field: 'session' })
    return session
  }

  pages.get(
    '/simulated-payment/:sessionId',
    { config, schema: { hide: true, params } },
    async (request, reply) => {
      const session = await sessionOf(request.params.sessionId)
      return send(
        reply,
        simulatedPaymentView(await contextOf(scope, request), { session, currency: EUR, form: emptyForm() }),
      )
    },
  )

  pages.post(
    '/simulated-payment/:sessionId',
    { config, schema: { hide: true, params, body: choice } },
    async (request, reply) => {
      const { sessionId: id } = request.params
      const { outcome, method } = request.body
      const session = await sessionOf(id)
      const now = deps.clock.now()
      if (outcome === 'fail') {
        await refusing(failSession(deps.db, { id, method, now }))
        const form = { ...emptyForm(), values: { method }, errors: { method: text(locale).payment.failed } }
        return send(
          reply,
          simulatedPaymentView(await contextOf(scope, request), { session, currency: EUR, form }),
          422,
        )
      }
      const { redirectUrl } = await refusing(
        outcome === 'pay' ? paySession(deps.db, { id, method, now }) : cancelSession(deps.db, { id, now }),
      )
      // The provider tells us by webhook, over HTTP; here we only do not wait for its next minute.
      // Whatever goes wrong there, the donor has paid and goes on.
      await options.liveOn?.().catch(error => request.log.error({ err: error }, 'while living on'))
      return reply.redirect(redirectUrl, 303)
    },
  )
}

async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof SimulatedApiError ? new DomainError('checkout-closed') : error
  }
}
