// What people and programs send wrongly when they give, enrol or ask for what is not there: a clear refusal, and nothing half done.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { type Question, testApp } from '../support/app.ts'
import { allRefused, type Case, invalid, type Refusal, refused } from '../support/refused.ts'

const api = await testApp(t)
const { open, other, closed } = api.pools
const nowhere = randomUUID()

const gift = { amount: 2_500, currency: 'EUR' }
const donations = `/v1/pools/${open.id}/donations`

t.test('amounts that are no amount', async t => {
  const amounts: unknown[] = [
    0,
    -100,
    99,
    1_000_001,
    25.5,
    100.01,
    2 ** 53,
    1e300,
    '2500',
    null,
    true,
    [2500],
  ]
  await allRefused(
    t,
    api,
    amounts.map(
      (amount): Case => [
        `amount ${JSON.stringify(amount)}`,
        donations,
        { body: { ...gift, amount } },
        invalid('amount'),
      ],
    ),
  )
  await allRefused(t, api, [
    ['no amount', donations, { body: { currency: 'EUR' } }, invalid('amount')],
    ['a costs share below zero', donations, { body: { ...gift, costsShare: -1 } }, invalid('costsShare')],
    [
      'a costs share with half a cent',
      donations,
      { body: { ...gift, costsShare: 0.5 } },
      invalid('costsShare'),
    ],
  ])
  // JSON has no such numbers, but a program may write them all the same.
  for (const amount of ['NaN', 'Infinity', '1e400', '0x10', '2_500']) {
    const question = {
      payload: `{"amount":${amount},"currency":"EUR"}`,
      headers: { 'content-type': 'application/json' },
    }
    const refusal: Refusal =
      amount === '1e400' ? invalid('amount') : { status: 400, code: 'unreadable-request' }
    await refused(t, api, `amount ${amount}`, donations, question, refusal)
  }
})

t.test('gifts that a pool does not take', async t => {
  const text = (nickname: string) => ({ body: { ...gift, nickname } })
  await allRefused(t, api, [
    [
      'an unknown pool',
      `/v1/pools/${nowhere}/donations`,
      { body: gift },
      { status: 404, code: 'not-found', field: 'poolId' },
    ],
    ['a malformed pool', '/v1/pools/lombok/donations', { body: gift }, invalid('poolId')],
    [
      'another currency',
      donations,
      { body: { ...gift, currency: 'SEK' } },
      { status: 422, code: 'wrong-currency', field: 'currency' },
    ],
    ['no currency at all', donations, { body: { ...gift, currency: 'euro' } }, invalid('currency')],
    [
      'a closed pool',
      `/v1/pools/${closed.id}/donations`,
      { body: gift },
      { status: 409, code: 'pool-closed', field: 'poolId' },
    ],
    ['a line break in the nickname', donations, text('Jan\nJansen'), invalid('nickname')],
    ['a NUL in the nickname', donations, text('Jan\u0000'), invalid('nickname')],
    ['half a character in the nickname', donations, text('Jan\ud800'), invalid('nickname')],
    ['a nickname without an end', donations, text('x'.repeat(61)), invalid('nickname')],
    [
      'a message without an end',
      donations,
      { body: { ...gift, message: 'x'.repeat(501) } },
      invalid('message'),
    ],
    ['a language that we do not speak', donations, { body: { ...gift, locale: 'de' } }, invalid('locale')],
  ])
  const unknown = await api.ask(donations, { body: { ...gift, poolid: open.id } })
  t.equal(unknown.status, 400, 'a field that we do not know is refused, not ignored')
  t.match(unknown.body, { type: '/problems/invalid-request', errors: [{ reason: /poolid/ }] })
})

t.test('Idempotency-Key', async t => {
  const missing: Refusal = { status: 400, code: 'idempotency-key-missing', field: 'idempotency-key' }
  const key = randomUUID()
  const first = await api.ask(donations, { body: gift, key })
  t.equal(first.status, 201)
  const reused: Refusal = { status: 422, code: 'idempotency-key-reused' }
  await allRefused(t, api, [
    ['none', donations, { body: gift, key: null }, missing],
    ['too short', donations, { body: gift, key: 'short' }, missing],
    ['too long', donations, { body: gift, key: 'x'.repeat(201) }, missing],
    ['with spaces', donations, { body: gift, key: 'a key with spaces' }, missing],
    ['outside ASCII', donations, { body: gift, key: 'sleutel-één-twee' }, missing],
    ['used with another amount', donations, { body: { ...gift, amount: 2_501 }, key }, reused],
    ['used with another name', donations, { body: { ...gift, nickname: 'Ik' }, key }, reused],
    ['used for another pool', `/v1/pools/${other.id}/donations`, { body: gift, key }, reused],
  ])
  const again = await api.ask(donations, { body: gift, key })
  t.strictSame(again.body, first.body, 'the same key with the same content answers the same')
  const byTen = await Promise.all(Array.from({ length: 10 }, () => api.ask(donations, { body: gift, key })))
  t.strictSame(
    byTen.map(each => [each.status, each.body]),
    byTen.map(() => [201, first.body]),
    'ten times at once as well',
  )
})

t.test('requests that cannot be read', async t => {
  const json = { 'content-type': 'application/json' }
  const unreadable: Refusal = { status: 400, code: 'unreadable-request' }
  const unsupported: Refusal = { status: 415, code: 'unsupported-media-type' }
  const absent: Refusal = { status: 404, code: 'not-found' }
  await allRefused(t, api, [
    [
      'of a kind that nobody reads, to where nothing is',
      '/v1/enrolments/account-readings',
      { payload: 'x', headers: { 'content-type': '\u0000' } },
      absent,
    ],
  ])
  const tooLarge: Refusal = { status: 413, code: 'request-too-large' }
  await allRefused(t, api, [
    ['half an object', donations, { payload: '{"amount":2500,', headers: json }, unreadable],
    ['nothing', donations, { payload: '', headers: json }, unreadable],
    ['a prototype', donations, { payload: '{"__proto__":{"amount":1}}', headers: json }, unreadable],
    [
      'XML',
      donations,
      { payload: '<amount>1</amount>', headers: { 'content-type': 'application/xml' } },
      unsupported,
    ],
    [
      'no type that exists',
      donations,
      { payload: '{}', headers: { 'content-type': 'application/x-nonsense' } },
      unsupported,
    ],
    ['300 kB', donations, { body: { ...gift, message: 'x'.repeat(300_000) } }, tooLarge],
  ])
  for (const body of [[], 'text', 17, null]) {
    const answer = await api.ask(donations, { body })
    t.equal(answer.status, 400, JSON.stringify(body))
    t.equal(answer.body.type, '/problems/invalid-request')
  }
})

t.test('what is not there', async t => {
  const because = { reason: 'Proef' }
  const paths: [string, string, Question][] = [
    ['/v1/pools/:id', 'poolId', {}],
    ['/v1/pools/:id/sustainability', 'poolId', {}],
    ['/v1/pools/:id/ledger-entries', 'poolId', {}],
    ['/v1/pools/:id/enrolments', 'poolId', { as: 'operator' }],
    ['/v1/pools/:id/cycles', 'poolId', { as: 'operator' }],
    ['/v1/pools/:id/closures', 'poolId', { as: 'administrator', body: because }],
    ['/v1/cycles/:id', 'cycleId', { as: 'operator' }],
    ['/v1/cycles/:id/proposals', 'cycleId', { as: 'operator', method: 'POST' }],
    ['/v1/cycles/:id/approvals', 'cycleId', { as: 'approver', method: 'POST' }],
    ['/v1/cycles/:id/payment-files', 'cycleId', { as: 'operator', method: 'POST' }],
    ['/v1/batches/:id/payment-file-readings', 'batchId', { as: 'treasurer', body: because }],
    ['/v1/batches/:id/hand-overs', 'batchId', { as: 'operator', method: 'POST' }],
  ]
  for (const name of ['operator', 'administrator', 'approver', 'treasurer'] as const) await api.token(name)
  for (const [path, field, question] of paths) {
    const missing: Refusal = { status: 404, code: 'not-found', field }
    await refused(t, api, path, path.replace(':id', nowhere), question, missing)
    for (const id of ['1', "x'or'1'='1", nowhere.slice(1), '%00', 'é'.repeat(60)])
      await refused(t, api, `${path} ${id}`, path.replace(':id', encodeURI(id)), question, invalid(field))
  }
  await allRefused(t, api, [
    [
      'no such receipt',
      '/v1/receipts/made-up-token',
      {},
      { status: 404, code: 'not-found', field: 'receipt' },
    ],
    ['no such path', '/v1/nothing-here', {}, { status: 404, code: 'not-found' }],
    ['a page of nobody', '/v1/nothing-here', { method: 'POST' }, { status: 404, code: 'not-found' }],
    ['half a page', `/v1/pools/${open.id}/ledger-entries?limit=0`, {}, invalid('limit')],
    ['too much', `/v1/pools/${open.id}/ledger-entries?limit=101`, {}, invalid('limit')],
    ['a made-up cursor', `/v1/pools/${open.id}/ledger-entries?before=-1`, {}, invalid('before')],
    [
      'nobody of this name',
      '/v1/sessions',
      { body: { personId: nowhere } },
      { status: 404, code: 'not-found', field: 'personId' },
    ],
  ])
})

t.test('a pool that cannot be founded', async t => {
  await api.token('administrator')
  const as = 'administrator'
  const pool = { slug: 'nieuw', name: 'Nieuw', kind: 'community', area: 'Hier' }
  const found = (change: object): Question => ({ as, body: { ...pool, ...change } })
  await allRefused(t, api, [
    ['a slug with a space', '/v1/pools', found({ slug: 'een pot' }), invalid('slug')],
    ['a term of no months', '/v1/pools', found({ termMonths: 0 }), invalid('termMonths')],
    ['the 32nd', '/v1/pools', found({ paydayOfMonth: 32 }), invalid('paydayOfMonth')],
    ['no amount a month', '/v1/pools', found({ monthlyAmount: 0 }), invalid('monthlyAmount')],
    ['half a cent a month', '/v1/pools', found({ monthlyAmount: 1000.5 }), invalid('monthlyAmount')],
  ])
  const taken = await api.ask('/v1/pools', found({ slug: 'open' }))
  t.match(taken, { status: 409 }, 'a slug that is in use')
  const nul = await api.ask('/v1/pools', found({ name: 'Nieuw\u0000' }))
  t.match(nul, { status: 400 }, 'a NUL in the name')
})

t.test('a clock that cannot be moved', async t => {
  const move = (to: unknown): Question => ({ as: 'operator', body: { to } })
  const path = '/v1/demonstration-clock-moves'
  await allRefused(t, api, [
    ['back', path, move('2027-02-28'), invalid('to')],
    ['to today', path, move('2027-03-01'), invalid('to')],
    ['years ahead', path, move('2030-01-01'), invalid('to')],
    ['to a day that does not exist', path, move('2027-06-31'), invalid('to')],
    ['to a wish', path, move('tomorrow'), invalid('to')],
    ['to nothing', path, move(null), invalid('to')],
  ])
})
