/** One enrolment for staff: helping its recipient, how they sign in, and their account in clear. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { signInAddress } from '../../api/enrolment-access.ts'
import type { App } from '../../app.ts'
import { actorOf, allows, hasSignIn, helpRecipient, stopHelping } from '../../auth/index.ts'
import { accountEndings, enrolmentById, giveSignIn, readAccount } from '../../enrolments/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { poolById } from '../../pools/index.ts'
import type { FormState } from '../components/field.ts'
import { maskedEnding } from '../components/masked.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { accountReadingView } from './account-reading.ts'
import { filled, parsed, reasonOf } from './asked.ts'
import { enrolmentView } from './enrolment.ts'
import { viewerOf } from './routes.ts'

const params = z.object({ enrolmentId: idSchema })
const typed = z.record(z.string(), z.string().max(500))

export function registerAdminEnrolmentRoutes(pages: App, scope: PageScope): void {
  const { deps, locale, options } = scope
  const { db, organisationId } = deps

  const enrolmentPage = async (request: FastifyRequest, id: string, form: FormState) => {
    const enrolment = await enrolmentById(db, organisationId, id)
    const pool = await poolById(db, organisationId, enrolment.poolId)
    const { grants } = viewerOf(request)
    const page = await contextOf(scope, request)
    return enrolmentView(page, {
      pool,
      enrolment,
      ibanMasked: maskedEnding((await accountEndings(db, organisationId, [enrolment])).get(id)),
      hasSignIn: await hasSignIn(db, organisationId, id),
      mayHelp: allows('recipients.help', grants, pool.id) && !page.person?.helping,
      mayGiveSignIn: allows('enrolments.give-sign-in', grants, pool.id),
      mayReadAccount: allows('accounts.read', grants, pool.id),
      form,
    })
  }
  pages.get(
    '/admin/enrolments/:enrolmentId',
    { config: { permission: 'account-endings.read' }, schema: { hide: true, params } },
    async (request, reply) =>
      send(reply, await enrolmentPage(request, request.params.enrolmentId, emptyForm())),
  )
  pages.post(
    '/admin/enrolments/:enrolmentId/help',
    { config: { permission: 'recipients.help' }, schema: { hide: true, params, body: typed } },
    async (request, reply) => {
      const { enrolmentId } = request.params
      try {
        const reason = reasonOf(request.body, 'reason')
        await helpRecipient(deps, actorOf(request), { enrolmentId, reason })
        return seeOther(reply, scope, paths.myIncome, 'helping')
      } catch (error) {
        const refused = refusedForm(error, { locale, request, fields: ['reason'], fallback: 'reason' })
        return send(reply, await enrolmentPage(request, enrolmentId, refused.form), refused.status)
      }
    },
  )
  pages.post(
    '/help-endings',
    { config: { permission: 'own-sign-in.manage' }, schema: { hide: true } },
    async (request, reply) => {
      const enrolmentId = await stopHelping(deps, actorOf(request))
      const back = enrolmentId ? paths.adminEnrolment(enrolmentId) : paths.home
      return seeOther(reply, scope, back, 'help-ended')
    },
  )
  pages.post(
    '/admin/enrolments/:enrolmentId/sign-in-addresses',
    { config: { permission: 'enrolments.give-sign-in' }, schema: { hide: true, params, body: typed } },
    async (request, reply) => {
      const { enrolmentId } = request.params
      try {
        const { email, locale: language } = filled(request.body)
        const reason = reasonOf(request.body, 'addressReason')
        const asked = parsed(signInAddress, { email, locale: language, reason })
        await giveSignIn(deps, actorOf(request), { ...asked, enrolmentId })
        await options.requestJob('send-mail')
        return seeOther(reply, scope, paths.adminEnrolment(enrolmentId), 'sign-in-given')
      } catch (error) {
        const refused = refusedForm(error, {
          locale,
          request,
          fields: ['email', 'addressReason'],
          fallback: 'email',
        })
        return send(reply, await enrolmentPage(request, enrolmentId, refused.form), refused.status)
      }
    },
  )

  const reading = { permission: 'accounts.read' } as const
  pages.get(
    '/admin/enrolments/:enrolmentId/account-readings',
    { config: reading, schema: { hide: true, params } },
    async (request, reply) => {
      const { id } = await enrolmentById(db, organisationId, request.params.enrolmentId)
      const model = { enrolmentId: id, account: null, form: emptyForm() }
      return send(reply, accountReadingView(await contextOf(scope, request), model))
    },
  )
  pages.post(
    '/admin/enrolments/:enrolmentId/account-readings',
    { config: reading, schema: { hide: true, params, body: typed } },
    async (request, reply) => {
      const { enrolmentId } = request.params
      const page = await contextOf(scope, request)
      reply.header('cache-control', 'no-store')
      try {
        const reason = reasonOf(request.body, 'reason')
        const account = await readAccount(deps, actorOf(request), { enrolmentId, reason })
        return send(reply, accountReadingView(page, { enrolmentId, account, form: emptyForm() }))
      } catch (error) {
        const { form, status } = refusedForm(error, {
          locale,
          request,
          fields: ['reason'],
          fallback: 'reason',
        })
        return send(reply, accountReadingView(page, { enrolmentId, account: null, form }), status)
      }
    },
  )
}
