/** The documentation page of the API, from the same document that programs read. It lives beside the API: /v1/docs. */
import type { App } from '../../app.ts'
import { contextOf, type PageScope, send } from '../scope.ts'
import { apiDocsView } from './api-docs.ts'

export function registerApiDocs(pages: App, scope: PageScope): void {
  pages.get(
    '/v1/docs',
    { config: { permission: 'public.read' }, schema: { hide: true } },
    async (request, reply) => {
      const answer = await pages.inject('/v1/openapi.json')
      return send(reply, apiDocsView(await contextOf(scope, request), answer.json()))
    },
  )
}
