/** The simulated provider's page for another account. Only in demonstration mode. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { DomainError } from '../../refusals.ts'
import { changeAccount, findPortalSession } from '../../simulation/stripe/index.ts'
import { contextOf, emptyForm, type PageScope, send } from '../scope.ts'
import { simulatedAccountView } from './simulated-account.ts'

const params = z.object({ portalSessionId: z.string().regex(/^bps_[A-Za-z0-9]{8,100}$/) })
const body = z.object({ method: z.enum(['card', 'sepa_debit']).default('sepa_debit') })

export function registerSimulatedAccount(pages: App, scope: PageScope): void {
  const { deps, options } = scope
  const config = { permission: 'donations.give' } as const
  const sessionOf = async (id: string) => {
    const session = await findPortalSession(deps.db, id)
    if (!session) throw new DomainError('not-found', { field: 'session' })
    return session
  }
  pages.get(
    '/simulated-account/:portalSessionId',
    { config, schema: { hide: true, params } },
    async (request, reply) => {
      const { id, returnUrl } = await sessionOf(request.params.portalSessionId)
      const page = await contextOf(scope, request)
      return send(reply, simulatedAccountView(page, { id, returnUrl, form: emptyForm() }))
    },
  )
  pages.post(
    '/simulated-account/:portalSessionId',
    { config, schema: { hide: true, params, body } },
    async (request, reply) => {
      const { id } = await sessionOf(request.params.portalSessionId)
      const { redirectUrl } = await changeAccount(deps.db, {
        ...{ portalSessionId: id, method: request.body.method, now: deps.clock.now() },
      })
      await options.liveOn?.().catch(error => request.log.error({ err: error }, 'while living on'))
      return reply.redirect(redirectUrl, 303)
    },
  )
}
