/**
 * The link under a letter. Opening it changes nothing. Posting to it does: our own button, or a mail program's, which sends a
 * form of any kind that says `List-Unsubscribe=One-Click` and follows nowhere (RFC 8058), so what it sends is not read.
 */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { anyActorOf } from '../../auth/index.ts'
import { kindOfStopLink, stopByLink } from '../../donors/index.ts'
import { contextOf, type PageScope, send } from '../scope.ts'
import { stopView } from './stop.ts'

const schema = { hide: true, params: z.object({ stopToken: z.string().min(10).max(200) }) }

export function registerStopRoutes(pages: App, scope: PageScope): void {
  const { deps } = scope
  pages.register(async (scoped: App) => {
    scoped.removeAllContentTypeParsers()
    scoped.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined))
    const config = { permission: 'letters.stop' } as const
    scoped.get('/letters/stop/:stopToken', { config, schema }, async (request, reply) => {
      const token = request.params.stopToken
      const kind = kindOfStopLink(deps, token)
      return send(reply, stopView(await contextOf(scope, request), { kind, token, done: false }))
    })
    scoped.post('/letters/stop/:stopToken', { config, schema }, async (request, reply) => {
      const token = request.params.stopToken
      const kind = await stopByLink(deps, anyActorOf(request), token)
      return send(reply, stopView(await contextOf(scope, request), { kind, token, done: true }))
    })
  })
}
