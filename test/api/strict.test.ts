// A request says what it may say and nothing else: no field that nobody asked for, no prototype, no line of a header.

import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { linkNext } from '../../src/api/paging.ts'
import { openApiDocument } from '../../src/openapi.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { addressOf, watchRoutes } from '../support/routes.ts'

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly additionalProperties?: unknown
}
interface Operation {
  readonly operationId: string
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

const document = JSON.parse(await openApiDocument()) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const bodies = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { operationId, requestBody }]) =>
    Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => ({
      path,
      method,
      operationId,
      type,
      schema,
    })),
  ),
)
const json = bodies.filter(({ type }) => type === 'application/json')

/** Every object within, wherever it stands. */
function objects(schema: Schema, seen = new Set<string>()): Schema[] {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    const named = document.components.schemas[name]
    if (seen.has(name) || !named) return []
    return objects(named, seen.add(name))
  }
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap(each => each ?? []),
  ]
  return [...(schema.type === 'object' ? [schema] : []), ...parts.flatMap(part => objects(part, seen))]
}

t.test('every body of the API refuses fields that it does not name', t => {
  t.ok(json.length >= 6, `${json.length} bodies`)
  for (const { operationId, schema } of json) {
    const found = objects(schema)
    t.ok(found.length > 0, `${operationId} takes an object`)
    for (const each of found) t.equal(each.additionalProperties, false, operationId)
  }
  t.end()
})

const watch = watchRoutes()
const api = await testApp(t)
const routes = watch.routesOf(api.app)
const people = ['operator', 'administrator', 'treasurer'] as const
for (const name of people) await api.token(name)

t.test('and so it does when asked', async t => {
  const before = await everything(api.owner)
  for (const { path, method, operationId } of json) {
    const url = `/v1${path.replace('{poolId}', api.pools.open.id).replaceAll(/\{\w+\}/g, randomUUID())}`
    for (const field of ['organisationId', 'id', 'roles', 'constructor'])
      for (const as of people) {
        const { status } = await api.ask(url, {
          as,
          method: method.toUpperCase() as 'POST',
          body: { [field]: 1 },
        })
        t.ok([400, 401, 403, 404].includes(status), `${operationId} with ${field}, ${as}: ${status}`)
      }
  }
  t.strictSame(await everything(api.owner), before, 'nothing was written')
})

t.test('JSON that reaches for more than its own fields is not read, however it is written', async t => {
  const headers = { 'content-type': 'application/json' }
  const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000)
  for (const [what, payload] of [
    ['a prototype', '{"amount":1000,"currency":"EUR","__proto__":{"amount":1}}'],
    ['a prototype, escaped', '{"amount":1000,"currency":"EUR","\\u005f_proto__":{"x":1}}'],
    ['a prototype, deeper', '{"amount":{"__proto__":{"x":1}},"currency":"EUR"}'],
    ['a constructor', '{"amount":1000,"currency":"EUR","constructor":{"prototype":{"x":1}}}'],
    ['very deep arrays', `{"amount":${deep('[', ']')},"currency":"EUR"}`],
    [
      'very deep objects',
      `{"amount":${deep('{"a":', '}').replace(':}', ':1}')},"currency":"EUR"}`.slice(0, 250_000),
    ],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"amount"'],
    ['many keys', `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join()}}`],
    ['a number of a hundred thousand digits', `{"amount":${'9'.repeat(100_000)},"currency":"EUR"}`],
  ] as const) {
    const started = performance.now()
    const answer = await api.ask(`/v1/pools/${api.pools.open.id}/donations`, { payload, headers })
    t.equal(answer.status, 400, what)
    t.ok(performance.now() - started < 2_000, `${what}: soon`)
  }
  t.equal(({} as Record<string, unknown>).x, undefined, 'and no object of ours has it')
})

t.test('a form’s other fields change nothing', async t => {
  const payload = new URLSearchParams({
    ...{ amount: '10', idempotencyKey: randomUUID(), fee: '0', state: 'available', organisationId: '7' },
    ...{ poolId: api.pools.closed.id, 'constructor[prototype][x]': '1', 'amount[]': '99' },
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  t.equal(
    (
      await api.ask('/pools/open/donations', {
        method: 'POST',
        payload: `${payload}&__proto__=x`,
        headers,
        key: null,
      })
    ).status,
    303,
  )
  const { rows } = await api.owner.query(
    'select organisation_id, pool_id, amount::int from donations.donations',
  )
  t.strictSame(rows, [{ organisation_id: api.organisationId, pool_id: api.pools.open.id, amount: 1000 }])
})

t.test('no part of an address becomes a header, whatever it holds', async t => {
  const evil = [
    '%0d%0aX-Evil:%201',
    '%0aSet-Cookie:%20a=b',
    '%E2%80%A8x',
    '%00',
    '"%3B%20filename=x',
    '..%2f..%2f',
    '%F0%9F%8C%B1',
    "'%20or%201=1",
  ]
  const watched = routes.filter(({ url, method }) => /:/.test(url) && method !== 'HEAD')
  t.ok(watched.length > 20, `${watched.length} routes with parts`)
  for (const route of watched)
    for (const part of evil) {
      const url = `${route.url.replaceAll(/:\w+/g, part)}?notice=${part}&before=${part}`
      const answer = await api.app.inject({
        method: route.method,
        url,
        headers: {
          authorization: `Bearer ${await api.token('operator')}`,
          accept: 'text/html',
          'idempotency-key': randomUUID(),
        },
      })
      t.ok(answer.statusCode < 500, `${route.method} ${url}: ${answer.statusCode}`)
      t.equal(answer.headers['x-evil'], undefined)
      t.notMatch(JSON.stringify(answer.headers['set-cookie'] ?? ''), 'a=b')
    }
  for (const route of routes.filter(({ method }) => method === 'GET'))
    for (const part of evil) {
      const headers = { authorization: `Bearer ${await api.token('treasurer')}` }
      const { statusCode } = await api.app.inject({
        url: `${addressOf(route, api.pools.open)}?keyPrefix=${part}&x=${part}`,
        headers,
      })
      t.ok(statusCode < 500, `${route.url}?keyPrefix=${part}: ${statusCode}`)
    }
})

t.test('what was asked comes back in a Link as it was, and as nothing else', async _t => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.bigInt({ min: 0n, max: 10n ** 18n }),
      (keyPrefix, before) => {
        const link = linkNext('/ledger-entries', { keyPrefix }, { before })
        const [, target = ''] = /^<([\x21-\x7e]*)>; rel="next"$/.exec(link) ?? []
        const { searchParams, pathname } = new URL(target, 'http://meent.test')
        return (
          pathname === '/v1/ledger-entries' &&
          searchParams.get('keyPrefix') === keyPrefix.toWellFormed() &&
          searchParams.get('before') === `${before}`
        )
      },
    ),
  )
})
