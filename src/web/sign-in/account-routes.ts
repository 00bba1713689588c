/** One's own account: setting up second factors, and ending other sessions. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import {
  addPasskey,
  beginAuthenticator,
  confirmAuthenticator,
  endOtherSessions,
  endOwnSession,
  isStaffRole,
  ownSessions,
  passkeyToMake,
  removeAuthenticator,
  removePasskey,
  renewRecoveryCodes,
  secondFactorsOf,
  waitingAuthenticator,
} from '../../auth/index.ts'
import { idSchema, plainText } from '../../platform/http/amount.ts'
import { pools } from '../../pools/index.ts'
import type { FormState } from '../components/field.ts'
import { qrSquares } from '../components/qr.ts'
import { localPath } from '../page.ts'
import { paths } from '../paths.ts'
import { contextOf, emptyForm, type PageScope, refusedForm, seeOther, send } from '../scope.ts'
import { accountView } from './account.ts'
import { authenticatorView, recoveryCodesView } from './authenticator.ts'
import { setSession } from './cookies.ts'
import { homeOf } from './next.ts'
import { bindPasskey, browserOf, ownOf } from './own.ts'

const config = { permission: 'own-sign-in.manage' } as const

export function registerAccountRoutes(pages: App, scope: PageScope): void {
  const { deps, locale } = scope
  const { db, organisationId } = deps

  pages.get('/account', { config, schema: { hide: true } }, async (request, reply) => {
    const { session } = ownOf(request)
    const factors = await secondFactorsOf(db, organisationId, session.person.id)
    const none = !factors.authenticator && factors.passkeys.length === 0
    const model = {
      grants: session.person.grants,
      poolNames: new Map((await pools(db, organisationId)).map(({ id, name }) => [id, name])),
      factors,
      sessions: await ownSessions(deps, ownOf(request)),
      needsFactor: none && session.method !== 'demonstration' && session.person.roles.some(isStaffRole),
      form: emptyForm(),
    }
    return send(reply, accountView(await contextOf(scope, request), model))
  })
  pages.post('/account/session-endings', { config, schema: { hide: true } }, async (request, reply) => {
    await endOtherSessions(deps, ownOf(request))
    return seeOther(reply, scope, paths.account, 'own-sessions-ended')
  })

  pages.post(
    '/account/sessions/:sessionId/endings',
    { config, schema: { hide: true, params: z.object({ sessionId: idSchema }) } },
    async (request, reply) => {
      await endOwnSession(deps, ownOf(request), request.params.sessionId)
      return seeOther(reply, scope, paths.account, 'session-ended')
    },
  )

  const setup = async (request: FastifyRequest, uri: string, form: FormState) =>
    authenticatorView(await contextOf(scope, request), { key: keyOf(uri), qr: qrSquares(uri), form })
  pages.get('/account/authenticator', { config, schema: { hide: true } }, async (request, reply) => {
    const uri = await waitingAuthenticator(deps, ownOf(request))
    return uri ? send(reply, await setup(request, uri, emptyForm())) : seeOther(reply, scope, paths.account)
  })
  pages.post('/account/authenticator', { config, schema: { hide: true } }, async (request, reply) => {
    await beginAuthenticator(deps, ownOf(request))
    return seeOther(reply, scope, paths.authenticator)
  })
  pages.post(
    '/account/authenticator/codes',
    { config, schema: { hide: true, body: z.object({ code: z.string().max(20).default('') }) } },
    async (request, reply) => {
      const own = ownOf(request)
      try {
        const { recoveryCodes: codes, token } = await confirmAuthenticator(deps, own, request.body.code)
        setSession(reply, deps, token)
        const next = homeOf(own.session.person)
        return send(reply, recoveryCodesView(await contextOf(scope, request), { codes, next }))
      } catch (error) {
        const { form, status } = refusedForm(error, { locale, request, fields: ['code'], fallback: 'code' })
        const uri = await waitingAuthenticator(deps, own)
        if (!uri) return seeOther(reply, scope, paths.account)
        return send(reply, await setup(request, uri, { ...form, values: {} }), status)
      }
    },
  )
  pages.post(
    '/account/authenticator/removals',
    { config, schema: { hide: true } },
    async (request, reply) => {
      await removeAuthenticator(deps, ownOf(request))
      return seeOther(reply, scope, paths.account, 'factor-removed')
    },
  )
  pages.post('/account/recovery-codes', { config, schema: { hide: true } }, async (request, reply) => {
    const codes = await renewRecoveryCodes(deps, ownOf(request))
    return send(reply, recoveryCodesView(await contextOf(scope, request), { codes, next: paths.account }))
  })

  pages.post('/account/passkeys/options', { config, schema: { hide: true } }, async (request, reply) => {
    const { options, cookies } = await passkeyToMake(deps, browserOf(request, deps))
    bindPasskey(reply, cookies)
    return reply.serializer(JSON.stringify).type('application/json').send(options)
  })
  const made = z.strictObject({ name: plainText(0, 60), response: z.record(z.string(), z.unknown()) })
  pages.post('/account/passkeys', { config, schema: { hide: true, body: made } }, async (request, reply) => {
    setSession(reply, deps, await addPasskey(deps, browserOf(request, deps), request.body))
    const next = `${localPath(scope, paths.account)}?notice=factor-added`
    return reply.serializer(JSON.stringify).type('application/json').send({ next })
  })
  pages.post(
    '/account/passkeys/:passkeyId/removals',
    { config, schema: { hide: true, params: z.object({ passkeyId: idSchema }) } },
    async (request, reply) => {
      await removePasskey(deps, ownOf(request), request.params.passkeyId)
      return seeOther(reply, scope, paths.account, 'factor-removed')
    },
  )
}

const keyOf = (uri: string): string =>
  (new URL(uri).searchParams.get('secret') ?? '').replace(/(.{4})(?=.)/g, '$1 ')
