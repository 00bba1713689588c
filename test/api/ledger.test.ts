// Reading the ledger over the API: what everybody sees, what staff sees, and what is refused, with the field that was wrong.

import assert from 'node:assert/strict'
import t from 'tap'
import { movements, post } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Answer, type Question, testApp } from '../support/app.ts'
import { allRefused, type Case, invalid, type Refusal } from '../support/refused.ts'

const api = await testApp(t)
const { open, other } = api.pools
const as = 'auditor'

interface Account {
  readonly id: string
  readonly kind: string
  readonly balance: number
  readonly postings: number
  readonly lastRecordedAt: string | null
}
interface Line {
  readonly version: string
  readonly entryId: string
  readonly amount: number
  readonly balanceAfter: number
}
interface Entry {
  readonly id: string
  readonly key: string
  readonly recordedAt: string
}

const gift = (poolId: string, bankEntry: string, amount: bigint, at: string) =>
  movements.transferReceived({ poolId, bankEntry, bankAccountId: api.bankAccountId, amount, currency: 'EUR', at: new Date(at) }) // biome-ignore format: one thought
const postTo = (organisationId: number, ...all: ReturnType<typeof gift>[]) =>
  inTransaction(api.deps.db, trx => post(trx, organisationId, all))

await postTo(
  api.organisationId,
  ...[1n, 2n, 3n, 4n, 5n].map(n => gift(open.id, `gift-${n}`, n * 100n, `2027-02-0${n}T12:00:00Z`)),
)
await postTo(api.organisationId, gift(other.id, 'other-gift', 50n, '2027-02-10T12:00:00Z'))
await postTo(api.organisationId + 1, gift(newId(), 'theirs', 700n, '2027-02-10T12:00:00Z'))

const accountsAre = async (query: string) =>
  (await api.ask<{ accounts: Account[] }>(`/v1/ledger-accounts${query}`, { as })).body.accounts
const [fund] = await accountsAre(`?poolId=${open.id}&kind=fund-available`)
const path = `/v1/ledger-accounts/${fund?.id}`

/** Follows `Link` to the end. */
async function pages<T>(first: string, question: Question = { as }): Promise<T[]> {
  const all: T[] = []
  for (let next: string | undefined = first; next; ) {
    const answer: Answer = await api.ask(next, question)
    assert.equal(answer.status, 200, next)
    all.push(answer.body as T)
    next = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1]
  }
  return all
}

t.test('an account and its balance: now, as recorded, as it took effect', async t => {
  t.match(fund, { kind: 'fund-available', side: 'credit', poolId: open.id, balance: 1_500, postings: 5 })
  const balance = async (query: string) => (await api.ask<Account>(`${path}${query}`, { as })).body.balance
  t.equal(await balance(''), 1_500)
  t.equal(await balance('?effectiveAt=2027-02-03T12:00:00Z'), 600)
  t.equal(await balance('?effectiveAt=2027-02-03T11:59:59.999Z'), 300)
  t.equal(await balance(`?recordedAt=${fund?.lastRecordedAt}`), 1_500)
  t.equal(await balance('?recordedAt=2020-01-01T00:00:00Z'), 0)
  t.equal(await balance('?recordedAt=0000-01-01T00:00:00Z'), 0)
  t.equal(await balance('?effectiveAt=9999-12-31T23:59:59.999Z'), 1_500)
})

t.test('a statement goes on by Link, in both orders', async t => {
  for (const order of ['oldest', 'newest']) {
    const all = await pages<{ currency: string; postings: Line[] }>(`${path}/postings?limit=2&order=${order}`)
    t.strictSame(all.map(page => page.postings.length), [2, 2, 1]) // biome-ignore format: one thought
    const lines = all.flatMap(page => page.postings)
    if (order === 'newest') lines.reverse()
    t.match(lines, [
      { version: '1', amount: -100, balanceAfter: -100 },
      { version: '2', amount: -200, balanceAfter: -300 },
      { version: '3', amount: -300, balanceAfter: -600 },
      { version: '4', amount: -400, balanceAfter: -1_000 },
      { version: '5', amount: -500, balanceAfter: -1_500 },
    ])
  }
})

t.test('entries are found by each filter, and one by its id', async t => {
  const found = async (query: string) =>
    (await pages<{ entries: Entry[] }>(`/v1/ledger-entries${query}`)).flatMap(page => page.entries)
  const keys = async (query: string) => (await found(query)).map(entry => entry.key)
  const gifts = ['gift-5', 'gift-4', 'gift-3', 'gift-2', 'gift-1']
  t.strictSame(await keys('?limit=2'), ['other-gift', ...gifts])
  t.strictSame(await keys('?limit=2&keyPrefix=gift-'), gifts, 'filters go along with Link')
  t.strictSame(await keys(`?limit=1&poolId=${other.id}`), ['other-gift'])
  t.strictSame(await keys('?kind=transfer-received&keyPrefix=gift-3'), ['gift-3'])
  t.strictSame(await keys('?kind=income-paid'), [])
  t.strictSame(
    await keys('?effectiveFrom=2027-02-02T12:00:00Z&effectiveUntil=2027-02-04T12:00:00Z'),
    ['gift-3', 'gift-2'],
    'from is in it, until is not',
  )
  t.strictSame(await keys('?recordedUntil=2027-01-01T00:00:00Z&recordedFrom=9999-01-01T00:00:00Z'), [])
  const [entry] = await found('?keyPrefix=gift-1')
  const one = await api.ask(`/v1/ledger-entries/${entry?.id}`, { as })
  t.match(one, { status: 200, body: entry })
  t.match(one.body.postings, [{ account: 'bank', amount: 100 }, { account: 'fund-available', amount: -100 }]) // biome-ignore format: one thought
})

t.test('everybody sees what a pool holds, and that both sides are equal', async t => {
  const summary = `/v1/pools/${open.id}/ledger-summary`
  const held = { poolId: open.id, currency: 'EUR', funds: 1_500, promised: 0, shortfall: 0 }
  t.match((await api.ask(summary)).body, { ...held, accounts: { 'fund-available': 1_500, bank: 0 } })
  t.match((await api.ask(`${summary}?recordedAt=2020-01-01T00:00:00Z`)).body, { ...held, funds: 0 })
  const balance = async (query: string) => (await api.ask(`/v1/trial-balance${query}`)).body
  t.match(await balance(''), { currency: 'EUR', currencies: ['EUR'], debit: 1_550, credit: 1_550 })
  t.match(await balance(`?recordedAt=${fund?.lastRecordedAt}`), { accounts: { bank: 1_500 }, debit: 1_500 })
  t.match(await balance('?currency=SEK'), { currency: 'SEK', accounts: { bank: 0 }, debit: 0, credit: 0 })
})

t.test('what is asked wrongly is refused, with the field', async t => {
  const missing = (field: string): Refusal => ({ status: 404, code: 'not-found', field })
  const entries = '/v1/ledger-entries'
  const theirs = await api.owner.query('select max(id)::text as id from ledger.accounts')
  const theirEntry = await api.owner.query('select max(id)::text as id from ledger.entries')
  const ofStaff: [what: string, path: string, refusal: Refusal][] = [
    ['another organisation’s account', `/v1/ledger-accounts/${theirs.rows[0].id}`, missing('accountId')],
    ['its statement', `/v1/ledger-accounts/${theirs.rows[0].id}/postings`, missing('accountId')],
    ['its entry', `${entries}/${theirEntry.rows[0].id}`, missing('entryId')],
    ['the largest id', `/v1/ledger-accounts/${'9'.repeat(18)}`, missing('accountId')],
    ['a larger one', `/v1/ledger-accounts/${'9'.repeat(19)}`, invalid('accountId')],
    ['no id', '/v1/ledger-accounts/one', invalid('accountId')],
    ['half an id', `${entries}/1.5`, invalid('entryId')],
    ['a day that is no moment', `${path}?recordedAt=2027-03-01`, invalid('recordedAt')],
    ['a day that does not exist', `${path}?effectiveAt=2027-02-30T00:00:00Z`, invalid('effectiveAt')],
    ['both at once', `${path}?recordedAt=2027-03-01T00:00:00Z&effectiveAt=2027-03-01T00:00:00Z`, invalid('effectiveAt')], // biome-ignore format: one thought
    ['an order that is none', `${path}/postings?order=upwards`, invalid('order')],
    ['a cursor below zero', `${path}/postings?after=-1`, invalid('after')],
    ['too long a page', `${path}/postings?limit=101`, invalid('limit')],
    ['a kind of account that is none', '/v1/ledger-accounts?kind=cash', invalid('kind')],
    ['a pool that is none', '/v1/ledger-accounts?poolId=1', invalid('poolId')],
    ['a misspelt filter', `${entries}?knd=income-paid`, invalid('querystring')],
    ['a kind of entry with a capital', `${entries}?kind=Income`, invalid('kind')],
    ['a made-up cursor', `${entries}?before=x`, invalid('before')],
    ['a moment that is none', `${entries}?recordedUntil=soon`, invalid('recordedUntil')],
    ['a prefix that does not show', `${entries}?keyPrefix=%00`, invalid('keyPrefix')],
    ['two prefixes', `${entries}?keyPrefix=a&keyPrefix=b`, invalid('keyPrefix')],
  ]
  await allRefused(t, api, ofStaff.map(([what, from, refusal]): Case => [what, from, { as }, refusal])) // biome-ignore format: one thought
  await allRefused(t, api, [
    ['a currency that is none', '/v1/trial-balance?currency=euro', {}, invalid('currency')],
    ['a moment that is none', '/v1/trial-balance?recordedAt=now', {}, invalid('recordedAt')],
    ['a pool of nobody', `/v1/pools/${newId()}/ledger-summary`, {}, missing('poolId')],
  ])
})

t.test('single accounts and entries are for staff', async t => {
  const paths = [
    '/v1/ledger-accounts',
    path,
    `${path}/postings`,
    '/v1/ledger-entries',
    '/v1/ledger-entries/1',
  ]
  await allRefused(
    t,
    api,
    paths.flatMap((each): Case[] => [
      ['nobody', each, {}, { status: 401, code: 'not-signed-in' }],
      ['a recipient', each, { as: 'recipient' }, { status: 403, code: 'not-allowed' }],
    ]),
  )
})
