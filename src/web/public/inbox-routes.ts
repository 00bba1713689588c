/** The demonstration's inbox; its addresses exist only where no letter really leaves. */
import { z } from 'zod'
import type { App } from '../../app.ts'
import { waitingLetter, waitingLetters } from '../../mail/index.ts'
import { idSchema } from '../../platform/http/amount.ts'
import { localPath } from '../page.ts'
import { contextOf, type PageScope, send } from '../scope.ts'
import { inboxLetterView, inboxView } from './inbox.ts'

const params = z.object({ letterId: idSchema })

export function registerInboxRoutes(pages: App, scope: PageScope): void {
  const { deps } = scope
  const config = { permission: 'public.read' } as const

  pages.get('/demonstration/inbox', { config, schema: { hide: true } }, async (request, reply) => {
    const letters = await waitingLetters(deps)
    return send(reply, inboxView(await contextOf(scope, request), { letters }))
  })

  pages.get(
    '/demonstration/inbox/:letterId',
    { config, schema: { hide: true, params } },
    async (request, reply) => {
      const waiting = await waitingLetter(deps, request.params.letterId)
      const url = waiting.letter.action?.url
      const here = (address: string | undefined) =>
        address === undefined ? null : pathHere(address, deps.publicUrl())
      const linkPath = here(url)
      const stopPath = here(waiting.letter.stop)
      return send(reply, inboxLetterView(await contextOf(scope, request), { ...waiting, linkPath, stopPath }))
    },
  )
}

/** A letter names this service by its public address; here the same path does. */
function pathHere(url: string, publicUrl: string): string | null {
  const { origin, pathname, search, hash } = new URL(url)
  return origin === new URL(publicUrl).origin
    ? localPath({ locale: 'nl' }, `${pathname}${search}${hash}`)
    : null
}
