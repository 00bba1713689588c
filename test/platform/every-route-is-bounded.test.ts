// How long and how large anything at the door may be holds for every route: those that may more stand in this one list.

import t from 'tap'
import { LARGEST_PICTURE_BYTES } from '../../src/campaigns/index.ts'
import {
  BODY_LIMIT_BYTES,
  LONG_HANDLER_MS,
  STATEMENT_FORM_LIMIT_BYTES,
  STATEMENT_LIMIT_BYTES,
  timeAndSize,
} from '../../src/platform/http/time-and-size.ts'
import { testApp } from '../support/app.ts'
import { oidc } from '../support/no-municipality.ts'
import { addressOf, watchRoutes } from '../support/routes.ts'

const watch = watchRoutes()
const api = await testApp(t, { oidc })
const routes = watch.routesOf(api.app)
/** Its types do not tell of the time. */
const ofService = api.app.initialConfig as { readonly bodyLimit: number; readonly handlerTimeout: number }

interface Bounds {
  readonly bytes: number
  readonly ms: number
}

const usual: Bounds = { bytes: BODY_LIMIT_BYTES, ms: timeAndSize.handlerTimeout }
const ofStatements = { bytes: STATEMENT_FORM_LIMIT_BYTES, ms: LONG_HANDLER_MS }
const ofPictures = { ...usual, bytes: LARGEST_PICTURE_BYTES + 64 * 1024 }
const ofTheClock = { ...usual, ms: LONG_HANDLER_MS }
const more: Readonly<Record<string, Bounds>> = {
  'POST /v1/bank-statements': { ...ofStatements, bytes: STATEMENT_LIMIT_BYTES },
  'POST /admin/statements': ofStatements,
  'POST /en/admin/statements': ofStatements,
  'POST /my-campaigns/:campaignId/pictures': ofPictures,
  'POST /en/my-campaigns/:campaignId/pictures': ofPictures,
  'POST /v1/demonstration-clock-moves': ofTheClock,
  'POST /demonstration/clock': ofTheClock,
  'POST /en/demonstration/clock': ofTheClock,
}

t.test('each has the size and the time of this list, and nothing in the list is gone', async t => {
  t.ok(routes.length > 150, `${routes.length} routes`)
  const found = routes.map(({ method, url, bodyLimit, handlerTimeout }) => ({
    name: `${method} ${url}`,
    bounds: {
      bytes: bodyLimit ?? ofService.bodyLimit,
      ms: handlerTimeout ?? ofService.handlerTimeout,
    },
  }))
  t.strictSame(
    found.filter(({ name, bounds }) => {
      const { bytes, ms } = more[name] ?? usual
      return bounds.bytes !== bytes || bounds.ms !== ms
    }),
    [],
  )
  const names = found.map(({ name }) => name)
  t.strictSame(
    Object.keys(more).filter(name => !names.includes(name)),
    [],
  )
})

t.test('whoever sends more is refused by each, signed in or not, and nothing was done', async t => {
  const token = await api.token('administrator')
  for (const route of routes.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(String(method)))) {
    const name = `${route.method} ${route.url}`
    const large = 'x'.repeat((more[name] ?? usual).bytes + 1)
    for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
      const { statusCode } = await api.app.inject({
        ...{ method: route.method, url: addressOf(route, api.pools.open) },
        headers: {
          ...{ 'content-type': 'application/json', 'idempotency-key': 'key-of-this-test', ...headers },
        },
        payload: `{"x":"${large}"}`,
      })
      const refused = statusCode >= 400 && statusCode < 500
      t.ok(refused || (statusCode === 303 && !('authorization' in headers)), `${name}: ${statusCode}`)
    }
  }
})
