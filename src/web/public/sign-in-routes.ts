/** The demonstration's sign-in and out. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import {
  demonstrationPersons,
  SESSION_COOKIE,
  SESSION_HOURS,
  signIn,
  signOut,
  tokenOf,
} from '../../auth/index.ts'
import { paths } from '../paths.ts'
import { contextOf, type PageScope, seeOther, send } from '../scope.ts'
import { signInView } from './sign-in.ts'

export function registerSignInRoutes(pages: App, scope: PageScope): void {
  const { deps } = scope
  const config = { permission: 'sessions.manage' } as const

  pages.get('/sign-in', { config, schema: { hide: true } }, async (request, reply) => {
    const persons = await demonstrationPersons(deps.db, deps.organisationId)
    return send(reply, signInView(await contextOf(scope, request), { persons, errors: {} }))
  })

  pages.post(
    '/sign-in',
    { config, schema: { hide: true, body: z.object({ personId: z.uuid() }) } },
    async (request, reply) => {
      // A session that was there before ends: nobody can plant one and wait.
      const before = tokenOf(request)
      if (before) await signOut(deps, before, request.id)
      const { token, person } = await signIn(deps, request.body.personId, request.id)
      reply.setCookie(SESSION_COOKIE, token, {
        httpOnly: true,
        sameSite: 'lax',
        secure: deps.publicUrl().startsWith('https://'),
        path: '/',
        maxAge: SESSION_HOURS * 3600,
      })
      const recipientOnly = person.roles.every(role => role === 'recipient')
      return seeOther(reply, scope, recipientOnly ? paths.myIncome : paths.admin, 'signed-in')
    },
  )

  pages.post('/sign-out', { config, schema: { hide: true } }, async (request, reply) => {
    const token = tokenOf(request)
    if (token) await signOut(deps, token, request.id)
    reply.clearCookie(SESSION_COOKIE, { path: '/' })
    return seeOther(reply, scope, paths.home, 'signed-out')
  })
}
