// What the API has stands in its description, from which it is fuzzed; what does not is named here, with the reason.

import t from 'tap'
import { openApiDocument } from '../../src/openapi.ts'
import { testApp } from '../support/app.ts'
import { watchRoutes } from '../support/routes.ts'

const undescribed = {
  'POST /v1/provider-events': 'of the provider alone, in its own form and under its signature',
  'GET /v1/docs': 'a page for people',
  'GET /v1/openapi.json': 'the description itself',
}

t.test('every route of the API is described, but for a short list', async t => {
  const watch = watchRoutes()
  const api = await testApp(t)
  const { paths } = JSON.parse(await openApiDocument()) as { paths: Record<string, object> }
  const described = new Set(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(method => `${method.toUpperCase()} /v1${path}`),
    ),
  )
  const routes = watch
    .routesOf(api.app)
    .filter(({ method, url }) => url.startsWith('/v1') && method !== 'HEAD' && method !== 'OPTIONS')
    .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
  t.ok(routes.length > 40, `${routes.length} routes`)
  t.strictSame(
    [...new Set(routes)].filter(route => !described.has(route)).toSorted(),
    Object.keys(undescribed).toSorted(),
  )
})
