/** The demonstration's sign-in and out. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import {
  originOf,
  personsWithRoles,
  SESSION_HOURS,
  sessionCookie,
  signInForDemonstration,
  signOut,
  tokenOf,
} from '../../auth/index.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { paths } from '../paths.ts'
import { contextOf, type PageScope, seeOther, send } from '../scope.ts'
import { signInView } from './sign-in.ts'

export function registerSignInRoutes(pages: App, scope: PageScope): void {
  const { deps } = scope
  const config = { permission: 'sessions.manage' } as const

  pages.get('/sign-in', { config, schema: { hide: true } }, async (request, reply) => {
    const persons = await personsWithRoles(deps.db, deps.organisationId, localDate(deps.clock.now()))
    return send(reply, signInView(await contextOf(scope, request), { persons, errors: {} }))
  })

  pages.post(
    '/sign-in',
    {
      config: { ...config, limit: 'sign-in' },
      schema: { hide: true, body: z.object({ personId: z.uuid() }) },
    },
    async (request, reply) => {
      // A session that was there before ends: nobody can plant one and wait.
      const before = tokenOf(request)
      if (before) await signOut(deps, before, originOf(request))
      const { token, person } = await signInForDemonstration(deps, request.body.personId, originOf(request))
      reply.setCookie(sessionCookie(deps.publicUrl()), token, {
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
    if (token) await signOut(deps, token, originOf(request))
    reply.clearCookie(sessionCookie(deps.publicUrl()), { path: '/' })
    // Not "cookies": that would sign out of everything under the same domain name.
    reply.header('clear-site-data', '"storage"')
    return seeOther(reply, scope, paths.home, 'signed-out')
  })
}
