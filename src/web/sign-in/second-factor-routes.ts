/** Showing the second factor, when signing in and when it is asked again. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import {
  confirmForDemonstration,
  passkeyToShow,
  secondFactorsOf,
  showCode,
  showPasskey,
} from '../../auth/index.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import { localPath } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { setSession } from './cookies.ts'
import { homeOf, safeNext } from './next.ts'
import { bindPasskey, browserOf, ownOf, passkeyAnswer } from './own.ts'
import { SKIPPED, secondFactorView } from './second-factor.ts'

const config = { permission: 'own-sign-in.manage' } as const
/** Counted by session: whoever has only the mailbox uses up nothing of the person's. */
const shows = { ...config, limit: 'sign-in' } as const
const typed = z.string().max(600).default('')

export function registerSecondFactorRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope

  const page = async (request: FastifyRequest, form: FormState) => {
    const { session } = ownOf(request)
    const factors = await secondFactorsOf(deps.db, deps.organisationId, session.person.id)
    const model = {
      authenticator: factors.authenticator,
      passkey: factors.passkeys.length > 0,
      demonstration: session.method === 'demonstration',
      again: session.secondFactorAt !== null,
      form,
    }
    const none = !model.authenticator && !model.passkey && !model.demonstration
    return none ? null : secondFactorView(await contextOf(scope, request), model)
  }

  pages.get(
    '/sign-in/second-factor',
    { config, schema: { hide: true, querystring: z.object({ next: typed }) } },
    async (request, reply) => {
      const form = { ...emptyForm(), values: { next: safeNext(request.query.next) } }
      const view = await page(request, form)
      return view ? send(reply, view) : seeOther(reply, scope, paths.account)
    },
  )
  pages.post(
    '/sign-in/second-factor',
    {
      config: shows,
      schema: { hide: true, body: z.object({ code: typed, next: typed }) },
    },
    async (request, reply) => {
      const { session, actor } = ownOf(request)
      const next = safeNext(request.body.next) || homeOf(session.person)
      try {
        const skips = session.method === 'demonstration' && request.body.code === SKIPPED
        const token = skips
          ? await confirmForDemonstration(deps, actor, session)
          : await showCode(deps, actor, session, request.body.code)
        setSession(reply, deps, token)
        return seeOther(reply, scope, next, session.secondFactorAt ? 'confirmed' : 'signed-in')
      } catch (error) {
        if (error instanceof DomainError && error.code === 'not-signed-in') throw error // it ended: sign in anew
        const { form, status } = refusedForm(error, { locale, request, fields: ['code'], fallback: 'code' })
        const view = await page(request, { ...form, values: { next } })
        return view ? send(reply, view, status) : seeOther(reply, scope, paths.account)
      }
    },
  )

  pages.post(
    '/sign-in/passkeys/options',
    { config: shows, schema: { hide: true } },
    async (request, reply) => {
      const { options, cookies } = await passkeyToShow(deps, browserOf(request, deps))
      bindPasskey(reply, cookies)
      return reply.serializer(JSON.stringify).type('application/json').send(options)
    },
  )
  const shown = z.strictObject({ response: passkeyAnswer, next: typed })
  pages.post(
    '/sign-in/passkeys',
    { config: shows, schema: { hide: true, body: shown } },
    async (request, reply) => {
      setSession(reply, deps, await showPasskey(deps, browserOf(request, deps), request.body.response))
      const next = localPath(scope, safeNext(request.body.next) || homeOf(ownOf(request).session.person))
      return reply.serializer(JSON.stringify).type('application/json').send({ next })
    },
  )
}
