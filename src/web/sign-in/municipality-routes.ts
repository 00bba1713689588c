/**
 * The municipality's own sign-in: out to its pages, and back. Both are GETs, which any page can make a browser ask; so it begins
 * from our own pages alone, and whoever is signed in stays who they are until they sign out.
 */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { isFromHere, leaveForMunicipality, originOf, returnFromMunicipality } from '../../auth/index.ts'
import { paths } from '../paths.ts'
import { type PageScope, seeOther } from '../scope.ts'
import { pendingOf, setPending } from './cookies.ts'
import { entering } from './entering.ts'
import { homeOf, safeNext } from './next.ts'

const config = { permission: 'sessions.manage' } as const

export function registerMunicipalityRoutes(pages: App, scope: PageScope): void {
  const { deps } = scope
  const enter = entering(scope)

  // A link, not a form: the policy lets no form lead to wherever the municipality's pages go from there.
  const leaving = { hide: true, querystring: z.object({ next: z.string().max(600).default('') }) }
  pages.get(
    '/sign-in/municipality',
    { config: { ...config, limit: 'sign-in' }, schema: leaving },
    async (request, reply) => {
      if (!isFromHere(request)) return seeOther(reply, scope, paths.signIn)
      if (request.session) return seeOther(reply, scope, homeOf(request.session.person))
      const { url, cookies } = await leaveForMunicipality(deps)
      reply.header('set-cookie', cookies)
      setPending(reply, deps, { email: '', next: safeNext(request.query.next) })
      return reply.redirect(url, 303)
    },
  )

  const answer = { hide: true, querystring: z.record(z.string().max(50), z.string().max(4000)) }
  pages.get('/sign-in/municipality/callback', { config, schema: answer }, async (request, reply) => {
    if (request.session) return seeOther(reply, scope, homeOf(request.session.person))
    const cookies = request.headers.cookie ?? ''
    const entered = await returnFromMunicipality(deps, request.query, cookies, originOf(request))
    return enter(request, reply, entered, pendingOf(request, deps)?.next)
  })
}
