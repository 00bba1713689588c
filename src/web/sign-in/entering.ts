/** After coming in, however that was: the cookie, and where to go. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Entered, originOf, signOut, tokenOf } from '../../auth/index.ts'
import { type PageScope, seeOther } from '../scope.ts'
import { setSession } from './cookies.ts'
import { homeOf } from './next.ts'

/** A session that was there before ends: nobody can plant one and wait. */
export const entering =
  (scope: PageScope) =>
  async (request: FastifyRequest, reply: FastifyReply, entered: Entered, next = '') => {
    const { deps } = scope
    const before = tokenOf(request)
    if (before) await signOut(deps, before, originOf(request))
    setSession(reply, deps, entered.token)
    return seeOther(reply, scope, next || homeOf(entered.person), 'signed-in')
  }
