/** The recipient's own page. Whose it is follows from who is signed in, never from the address. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { actorOf, ownEnrolmentOf } from '../../auth/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { takeAwayThanks, writeThanks } from '../../thanks/index.ts'
import type { FormState } from '../components/field.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { statusView } from './status.ts'
import { statusModel } from './status-model.ts'

const typedThanks = z.object({
  text: z.string().max(4000).default(''),
  nickname: z.string().max(400).default(''),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,200}$/),
})

export function registerRecipientRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const write = { permission: 'own-thanks.write' } as const
  const own = async (request: FastifyRequest, form: FormState) =>
    statusView(await contextOf(scope, request), await statusModel(scope, ownEnrolmentOf(request), form))

  pages.get(
    '/my-income',
    { config: { permission: 'own-enrolment.read' }, schema: { hide: true } },
    async (request, reply) => send(reply, await own(request, emptyForm())),
  )
  pages.post(
    '/my-income/thanks',
    { config: write, schema: { hide: true, body: typedThanks } },
    async (request, reply) => {
      const enrolmentId = ownEnrolmentOf(request)
      try {
        await writeThanks(deps, actorOf(request), { ...request.body, enrolmentId, locale })
        return seeOther(reply, scope, `${paths.myIncome}#thanks`, 'thanks-written')
      } catch (error) {
        const fields = ['text', 'nickname']
        const { form, status } = refusedForm(error, { locale, request, fields, fallback: 'text' })
        return send(reply, await own(request, form), status)
      }
    },
  )
  pages.post(
    '/my-income/thanks/:thanksId/withdrawals',
    { config: write, schema: { hide: true, params: z.object({ thanksId: idSchema }) } },
    async (request, reply) => {
      const { thanksId } = request.params
      await takeAwayThanks(deps, actorOf(request), { enrolmentId: ownEnrolmentOf(request), thanksId })
      return seeOther(reply, scope, `${paths.myIncome}#thanks`, 'thanks-erased')
    },
  )
}
