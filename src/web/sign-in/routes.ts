/** Signing in and out: asking for a mail, its link, its code, and a demonstration's list. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import {
  addressOfLink,
  askToSignIn,
  isBoundCode,
  MAIL_MINUTES,
  originOf,
  personsWithRoles,
  signInByCode,
  signInByLink,
  signInForDemonstration,
  signOut,
  tokenOf,
} from '../../auth/index.ts'
import { isPlainAddress } from '../../mail/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { logRefusal } from '../../platform/http/log-refusal.ts'
import { DomainError } from '../../refusals.ts'
import type { FormState } from '../components/field.ts'
import { localPath } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { text } from '../text/index.ts'
import { signInView } from './ask.ts'
import { signInCodeView } from './code.ts'
import { clearSession, pendingOf, setPending } from './cookies.ts'
import { entering } from './entering.ts'
import { signInLinkView } from './link.ts'
import { registerMunicipalityRoutes } from './municipality-routes.ts'
import { safeNext } from './next.ts'

const config = { permission: 'sessions.manage' } as const
const mailed = { ...config, limit: 'sign-in' } as const
const typed = z.string().max(600).default('')

export function registerSignInRoutes(pages: App, scope: PageScope): void {
  const { deps, locale, options } = scope

  const enter = entering(scope)
  const askPage = async (request: FastifyRequest, form: FormState) =>
    signInView(await contextOf(scope, request), {
      persons:
        deps.mode === 'demonstration'
          ? await personsWithRoles(deps.db, deps.organisationId, localDate(deps.clock.now()))
          : null,
      municipality: deps.engines.municipality?.name ?? null,
      form,
    })

  pages.get(
    '/sign-in',
    { config, schema: { hide: true, querystring: z.object({ next: typed }) } },
    async (request, reply) => {
      const form = { ...emptyForm(), values: { next: safeNext(request.query.next) } }
      return send(reply, await askPage(request, form))
    },
  )
  pages.post(
    '/sign-in',
    { config: mailed, schema: { hide: true, body: z.object({ email: typed, next: typed }) } },
    async (request, reply) => {
      const email = request.body.email.trim()
      const next = safeNext(request.body.next)
      let asked: string
      try {
        if (!isPlainAddress(email))
          throw new DomainError('invalid-request', {
            field: 'email',
            reason: text(locale).signIn.emailNeeded,
          })
        const linkTo = (token: string) => `${deps.publicUrl()}${localPath(scope, paths.signInLink(token))}`
        asked = await askToSignIn(deps, { email, locale, linkTo, place: request.place })
      } catch (error) {
        const { form, status } = refusedForm(error, { locale, request, fields: ['email'], fallback: 'email' })
        return send(reply, await askPage(request, { ...form, values: { email, next } }), status)
      }
      await options.requestJob('send-mail')
      setPending(reply, deps, { email, next, code: asked })
      return seeOther(reply, scope, paths.signInCode)
    },
  )

  const codePage = async (request: FastifyRequest, email: string, form: FormState) =>
    signInCodeView(await contextOf(scope, request), { email, minutes: MAIL_MINUTES, form })
  pages.get('/sign-in/code', { config, schema: { hide: true } }, async (request, reply) => {
    const pending = pendingOf(request, deps)
    if (!pending) return seeOther(reply, scope, paths.signIn)
    return send(reply, await codePage(request, pending.email, emptyForm()))
  })
  pages.post(
    '/sign-in/code',
    { config: mailed, schema: { hide: true, body: z.object({ code: typed }) } },
    async (request, reply) => {
      const pending = pendingOf(request, deps)
      if (!pending) return seeOther(reply, scope, paths.signIn)
      try {
        const code = request.body.code.replace(/\s/g, '')
        const { email } = pending
        // Of another browser it is a wrong one, and counts as such.
        const own = isBoundCode(deps.vault, pending.code, email, code) ? code : 'of another browser'
        const entered = await signInByCode(deps, { email, code: own }, originOf(request))
        return await enter(request, reply, entered, pending.next)
      } catch (error) {
        const { form, status } = refusedForm(error, { locale, request, fields: ['code'], fallback: 'code' })
        return send(reply, await codePage(request, pending.email, { ...form, values: {} }), status)
      }
    },
  )

  const byToken = { hide: true, params: z.object({ signInToken: z.string().min(10).max(100) }) }
  pages.get('/sign-in/links/:signInToken', { config, schema: byToken }, async (request, reply) => {
    const token = request.params.signInToken
    const email = await addressOfLink(deps, token)
    return send(reply, signInLinkView(await contextOf(scope, request), { token, email }), email ? 200 : 422)
  })
  pages.post('/sign-in/links/:signInToken', { config: mailed, schema: byToken }, async (request, reply) => {
    const token = request.params.signInToken
    try {
      const entered = await signInByLink(deps, token, originOf(request))
      return await enter(request, reply, entered, pendingOf(request, deps)?.next)
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'sign-in-link-spent') throw error
      logRefusal(request, error.code)
      return send(reply, signInLinkView(await contextOf(scope, request), { token, email: null }), 422)
    }
  })

  pages.post('/sign-out', { config, schema: { hide: true } }, async (request, reply) => {
    const token = tokenOf(request)
    if (token) await signOut(deps, token, originOf(request))
    clearSession(reply, deps)
    reply.header('clear-site-data', '"storage"')
    return seeOther(reply, scope, paths.home, 'signed-out')
  })

  if (deps.engines.municipality) registerMunicipalityRoutes(pages, scope)

  if (deps.mode === 'demonstration') {
    pages.post(
      '/demonstration/sign-in',
      { config, schema: { hide: true, body: z.object({ personId: idSchema, next: typed }) } },
      async (request, reply) => {
        const { personId, next } = request.body
        const entered = await signInForDemonstration(deps, personId, originOf(request))
        return enter(request, reply, entered, safeNext(next))
      },
    )
  }
}
