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
import { verdicts } from './rights.ts'
import type { Roll } from './roll.ts'

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
  complaints(
    {
      ...{ operation, request, verdicts: ['allowed'], onlyPool: null },
      foreign: [foreignId],
      foreignOf,
      ...more,
    },
    answer,
  )

t.test('a good answer has nothing wrong with it', async t => {
  t.strictSame(judged(good), [])
  t.strictSame(judged(refusal, { verdicts: ['not-signed-in'] }), [])
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
    'an answer without the right': [
      good,
      /answered 200 to somebody without the right/,
      { verdicts: ['not-allowed'] },
    ],
    'a refusal of another kind without the right': [
      { ...refusal, status: 404 },
      /answered 404, not 401/,
      { verdicts: ['not-allowed'] },
    ],
    'a refusal of somebody with the right': [refusal, /refused as not-signed-in, and the table says allowed/],
    'a refusal for another reason': [
      refusal,
      /refused as not-signed-in, and the table says fresh-sign-in-needed/,
      { verdicts: ['fresh-sign-in-needed'] },
    ],
    'another pool than the only one': [
      { ...good, text: '{"id":"1","name":"Pot","poolId":"b"}' },
      /of another pool: b/,
      { onlyPool: 'a' },
    ],
    "a colleague's address": [named(canaries.emails[0]), /personal data: operator@/],
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

t.test('what was sent may be said again', async t => {
  for (const each of hostileTexts)
    t.strictSame(leaksIn(operation, '', each, []), [], `no insides: ${JSON.stringify(each).slice(0, 40)}`)
  const sent = { ...request, payload: JSON.stringify({ name: 'TypeError' }) }
  t.strictSame(judged(named('TypeError'), { request: sent }), [])
})

t.test(
  'personal data is answered where that is what was asked for, and nothing on the way keeps it',
  async t => {
    const [{ name }] = canaries.recipients
    const [email] = canaries.emails
    const unkept = (answer: Answer): Answer => ({
      ...answer,
      headers: { ...answer.headers, 'cache-control': 'no-store' },
    })
    for (const [id, text] of Object.entries({ readPaymentFile: name, readAccount: name, readEmail: email })) {
      const reading = { operation: { ...operation, id } }
      t.strictSame(judged(unkept(named(text)), reading), [], id)
      t.match(judged(named(text), reading).join('\n'), /may be kept on the way/, `${id}: no-store is missing`)
      const wrong = judged(unkept(named(text)), { ...reading, verdicts: ['not-allowed'] })
      t.match(wrong.join('\n'), /personal data/, `${id}: without the right`)
      const problem = { ...refusal, text: refusal.text.replace('Sign', `${text}: sign`) }
      t.match(judged(problem, reading).join('\n'), /personal data/, `${id}: in a refusal`)
    }
    const account = { operation: { ...operation, id: 'readAccount' } }
    t.match(judged(unkept(named(email)), account).join('\n'), /personal data/, 'each its own')
  },
)

t.test('words that look like a stack are none', async t => {
  for (const each of ['Propose it at Changes (POST /v1/changes)', 'Meet at noon (12:30)', 'at Home (a:1)'])
    t.strictSame(judged(named(each)), [], each)
})

t.test('lines of JSON are judged line by line', async t => {
  const answers = { 200: { 'application/x-ndjson': { type: 'string' }, 'text/csv': { type: 'string' } } }
  const told = (type: string, text: string) =>
    brokenPromises({ ...operation, answers }, { status: 200, headers: { 'content-type': type }, text })
  t.strictSame(told('application/x-ndjson', ''), [])
  t.strictSame(told('application/x-ndjson', '{"a":1}\n{}\n'), [])
  t.strictSame(told('text/csv; charset=utf-8', 'a,b\r\n'), [])
  t.match(told('application/x-ndjson', '{"a":1}\n{'), [/ends within a line/])
  t.match(told('application/x-ndjson', '{"a":1}\n[]\n'), [/no JSON object: \[\]/])
})

t.test('a role that came or went between counts for what may have been answered', async t => {
  const grant = { id: '1', personId: 'p', role: 'auditor', poolId: null, isLive: true } as const
  const ended = { ...grant, isLive: false }
  const who = { standing: { kind: 'person', personId: 'p', shown: 'freshly' } } as const
  const said = (...rolls: [Roll, Roll]) => [...verdicts('acts.read', who, rolls, null)].sort()
  t.strictSame(said([], []), ['not-allowed'])
  t.strictSame(said([grant], [grant]), ['allowed'])
  t.strictSame(said([grant], [ended]), ['allowed', 'not-allowed'])
  t.strictSame(said([], [ended]), ['allowed', 'not-allowed'], 'it came and went')
  t.strictSame(said([ended], [ended]), ['not-allowed'])
  t.strictSame(said([grant], [ended, { ...grant, id: '2' }]), ['allowed', 'not-allowed'], 'another came')
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
