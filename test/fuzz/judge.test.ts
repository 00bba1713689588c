// The fuzzer's own judgement: each law is broken by a made-up answer and seen to be broken, and a good answer is left alone.

import fc from 'fast-check'
import t from 'tap'
import { type Answer, brokenPromises } from './answers.ts'
import { curlOf } from './curl.ts'
import { operationsIn } from './document.ts'
import { hostileTexts } from './hostile-texts.ts'
import { complaints } from './judge.ts'
import { Known } from './known.ts'
import { canaries, FOREIGN_MARK, leaksIn } from './leaks.ts'
import { commandFor, readOptions } from './options.ts'
import { type Kind, kinds, planOf } from './plan.ts'
import { type Request, requestOf } from './request.ts'

const pool = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
}
const problem = { type: 'object', required: ['type', 'status'], properties: { status: { type: 'integer' } } }
const [operation] = operationsIn({
  servers: [{ url: '/v1' }],
  components: {
    schemas: { Pool: pool },
    responses: { Problem: { content: { 'application/problem+json': { schema: problem } } } },
  },
  paths: {
    '/pools/{poolId}': {
      post: {
        operationId: 'changePool',
        security: [{ session: [] }],
        parameters: [
          { name: 'poolId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pool' } } } },
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pool' } } } },
          204: {},
          401: { $ref: '#/components/responses/Problem' },
          404: { $ref: '#/components/responses/Problem' },
        },
      },
    },
  },
})
if (!operation) throw new Error('the example describes one operation')
const foreignId = '01a20ca5-af3a-735c-be48-3401c2f20cf5'
const foreignOf = (name: string) => (name === 'poolId' ? [foreignId, '7'] : [])
const request: Request = { method: 'POST', url: '/v1/pools/1', headers: {}, payload: '{}' }
const headers = { 'content-type': 'application/json; charset=utf-8', 'api-version': '0.1.0' }
const good: Answer = { status: 200, headers, text: '{"id":"1","name":"Pot"}' }
const refusal: Answer = {
  status: 401,
  headers: { ...headers, 'content-type': 'application/problem+json' },
  text: '{"type":"/problems/not-signed-in","status":401,"title":"Sign in first"}',
}
const named = (name: string): Answer => ({ ...good, text: JSON.stringify({ id: '1', name }) })
const judged = (answer: Answer, more: Partial<Parameters<typeof complaints>[0]> = {}) =>
  complaints({ operation, request, rights: 'right', foreign: [foreignId], foreignOf, ...more }, answer)

t.test('a good answer has nothing wrong with it', async t => {
  t.strictSame(judged(good), [])
  t.strictSame(judged(refusal, { rights: 'wrong' }), [])
  t.strictSame(brokenPromises(operation, { status: 204, headers: {}, text: '' }), [])
})

t.test('each bad answer is seen', async t => {
  const bad: Record<string, [Answer, RegExp, Partial<Parameters<typeof complaints>[0]>?]> = {
    'an error of ours': [{ ...refusal, status: 500 }, /our own error: 500/],
    'a status that is not described': [{ ...good, status: 201 }, /status 201 is not in the document/],
    'another content type': [
      { ...good, headers: { ...headers, 'content-type': 'text/html' } },
      /content type "text\/html"/,
    ],
    'a body where there is none': [{ ...good, status: 204 }, /204 has a body/],
    'a field that is missing': [{ ...good, text: '{"id":"1"}' }, /must have required property 'name'/],
    'a field of another type': [{ ...good, text: '{"id":1,"name":""}' }, /body\/id must be string/],
    'no JSON': [{ ...good, text: '{' }, /is no JSON/],
    'a problem with another status': [
      { ...refusal, text: refusal.text.replace('401,', '404,') },
      /says 404, the answer 401/,
    ],
    'a problem of no type': [
      { ...refusal, text: refusal.text.replace('/problems/', '') },
      /type is not-signed-in/,
    ],
    'no version': [{ ...good, headers: { 'content-type': 'application/json' } }, /no API-Version/],
    'an answer without the right': [good, /answered 200 to somebody without the right/, { rights: 'wrong' }],
    'a refusal of another kind without the right': [
      { ...refusal, status: 404 },
      /answered 404, not 401/,
      { rights: 'wrong' },
    ],
    "a recipient's name": [named(`${canaries.recipients[0].name}`), /personal data: Kanarie/],
    "a recipient's account": [named(canaries.recipients[1].iban), /personal data: NL/],
    'what was seen of a recipient': [named(canaries.checkedHow), /personal data/],
    "a giver's message": [named(canaries.message), /personal data/],
    'in a header': [
      { ...good, headers: { ...headers, location: canaries.recipients[0].iban } },
      /personal data/,
    ],
    'a name of another organisation': [named(FOREIGN_MARK), /of another organisation/],
    'an id of another organisation': [named(foreignId), /of another organisation/],
    'an id of another organisation that was asked for': [
      good,
      /200 with an id of another organisation/,
      { request: { ...request, url: `/v1/pools/${foreignId}` } },
    ],
    'a number of another organisation that was asked for': [
      good,
      /200 with an id of another organisation: poolId 7/,
      { request: { ...request, url: '/v1/pools/7?a=1' } },
    ],
    'an id of another organisation in a body': [
      good,
      /200 with an id of another organisation/,
      { request: { ...request, payload: JSON.stringify({ poolId: foreignId }) } },
    ],
    'a stack trace': [named('Error: x\n    at run (file:///app/src/app.ts:1:1)'), /a stack trace/],
    'a path': [named('cannot find src/app, in /app/src/pools/pool.ts'), /a path of ours/],
    SQL: [named('select "id" from "pools"."pools" where 1'), /words of the database/],
    'words of Postgres': [
      named('duplicate key value violates unique constraint "a"'),
      /words of the database/,
    ],
    'words of the engine': [
      named("TypeError: Cannot read properties of undefined (reading 'id')"),
      /words of the engine/,
    ],
  }
  for (const [what, [answer, said, more]] of Object.entries(bad))
    t.match(judged(answer, more).join('\n'), said, what)
})

t.test('what was sent may be said again, and only the payment file holds recipients', async t => {
  for (const each of hostileTexts)
    t.strictSame(leaksIn(operation, '', each, []), [], `no insides: ${JSON.stringify(each).slice(0, 40)}`)
  const sent = { ...request, payload: JSON.stringify({ name: 'TypeError' }) }
  t.strictSame(judged(named('TypeError'), { request: sent }), [])
  const file = { ...operation, id: 'readPaymentFile' }
  t.strictSame(leaksIn(file, '', canaries.recipients[0].name, []), [])
})

t.test('the same seed makes the same requests', async t => {
  for (const kind of kinds) {
    const made = () =>
      fc
        .sample(planOf(operation, kind as Kind), { seed: 7, numRuns: 40 })
        .map(each => requestOf(each, new Known()))
    t.strictSame(made(), made(), kind)
    t.ok(new Set(made().map(each => JSON.stringify(each))).size > 10, `${kind}: many different ones`)
  }
})

t.test('a request can be pasted, and a run repeated', async t => {
  const odd = { ...request, headers: { a: "it's\u0000" }, payload: `${'x'.repeat(200)}"` }
  t.strictSame(curlOf(odd), [
    'curl -i -X POST "$MEENT"\'/v1/pools/1\'',
    "-H $'a: it\\'s\\u0000'",
    "--data-binary \"$(printf '%200s' | tr ' ' 'x')\"'\"'",
  ])
  const options = readOptions(['--seed', '5', '--operation', 'getPool'], { FUZZ_SECONDS: '3' })
  t.match(options, { seed: 5, seconds: 3, operations: ['getPool'] })
  t.equal(commandFor(options, 9), 'npm run -s fuzz -- --seed 5 --count 10 --operation getPool')
  t.equal(readOptions([], { CI: 'true' }).seconds, 60)
  t.throws(() => readOptions(['--seed', 'x'], {}), /--seed is a whole number/)
})
