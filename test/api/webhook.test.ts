// The door for the provider's events, and what it leads to: only signed events come in, each counts once, and money moves on
// what the provider's own list says, not on what an event claims.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { makeAvailable, postTransactions } from '../../src/donations/index.ts'
import { STRIPE_API_VERSION } from '../../src/donations/stripe/index.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { advance, deliverEvents, paySession, signPayload } from '../../src/simulation/stripe/index.ts'
import { type Question, type TestApp, testApp, WEBHOOK_SECRET } from '../support/app.ts'
import { allRefused, refused } from '../support/refused.ts'

const path = '/v1/provider-events'
const forged = { status: 400, code: 'forged-event' } as const

const event = (api: TestApp, changes: object = {}): string =>
  JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    api_version: STRIPE_API_VERSION,
    created: Math.floor(api.deps.clock.now().getTime() / 1000),
    data: { object: { id: 'cs_test_1', object: 'checkout.session' } },
    livemode: false,
    type: 'checkout.session.completed',
    ...changes,
  })

function signed(api: TestApp, body: string, secret = WEBHOOK_SECRET, seconds = 0): Question {
  const at = new Date(api.deps.clock.now().getTime() + seconds * 1000)
  return sent(body, signPayload(body, secret, at))
}

const sent = (payload: string, signature: string): Question => ({
  payload,
  key: null,
  headers: { 'content-type': 'application/json', 'stripe-signature': signature },
})

async function count(api: TestApp, table: string, where = 'true'): Promise<number> {
  const { rows } = await api.owner.query(`select count(*)::int as n from ${table} where ${where}`)
  return rows[0].n
}

async function parked(api: TestApp): Promise<Record<string, string>> {
  const { rows } = await api.owner.query<{ id: string; parked: string }>(
    'select id, parked from donations.provider_transactions where parked is not null order by id',
  )
  return Object.fromEntries(rows.map(row => [row.id, row.parked]))
}

const balances = async (api: TestApp) =>
  (await api.ask<{ accounts: Record<string, number> }>('/v1/trial-balance')).body.accounts

/** A transaction at the provider that none of its honest doings would make. Kinds of a gift carry this donation's id. */
async function transaction(
  api: TestApp,
  id: string,
  { kind = 'charge', amount = 2_500, fee = 29, currency = 'eur', donationId = '' },
): Promise<void> {
  const now = api.deps.clock.now()
  const { owner } = api
  await owner.query(
    `insert into simulation.balance_transactions
       (id, type, reporting_category, amount, fee, currency, status, source_id, created_at, available_on)
     values ($1, $2, $2, $3, $4, $5, 'pending', $6, $7, $7::timestamptz + interval '2 days')`,
    [id, kind, amount, fee, currency, `py_of_${id}`, now],
  )
  if (kind !== 'charge') return
  await owner.query(
    `insert into simulation.charges (id, payment_intent_id, checkout_session_id, status, amount, currency, method,
                                     metadata, balance_transaction_id, created_at)
     select $1, 'pi_of_' || $2, id, 'succeeded', $3, $4, 'ideal', $5, $2, $6
       from simulation.checkout_sessions limit 1`,
    [`py_of_${id}`, id, amount, currency, JSON.stringify({ donationId }), now],
  )
}

t.test('who did not sign is not heard', async t => {
  const api = await testApp(t)
  const body = event(api)
  const good = signed(api, body)
  const signature = good.headers?.['stripe-signature'] ?? ''
  await allRefused(t, api, [
    ['signed by somebody else', path, signed(api, body, 'whsec_of_somebody_else'), forged],
    ['signed with nothing', path, signed(api, body, ''), forged],
    ['not signed', path, { payload: body, headers: { 'content-type': 'application/json' } }, forged],
    ['an empty signature', path, sent(body, ''), forged],
    ['half a signature', path, sent(body, signature.slice(0, -1)), forged],
    ['a signature without its time', path, sent(body, signature.replace(/^t=\d+,/, '')), forged],
    [
      'a signature without an end',
      path,
      sent(body, `${signature},v1=${'0'.repeat(10_000)}x`.slice(90)),
      forged,
    ],
    ['another time', path, sent(body, signature.replace(/^t=\d/, 't=2')), forged],
    ['a body that was altered', path, sent(body.replace('cs_test_1', 'cs_test_2'), signature), forged],
    ['a body with a space more', path, sent(`${body} `, signature), forged],
    ['no body', path, sent('', signature), forged],
    ['a signature of six minutes ago', path, signed(api, body, WEBHOOK_SECRET, -360), forged],
    ['the other mode', path, signed(api, event(api, { livemode: true })), forged],
    ['another version of the API', path, signed(api, event(api, { api_version: '2020-08-27' })), forged],
    ['signed, but no event', path, signed(api, '{"id":"evt_1"}'), forged],
    ['signed, but not JSON', path, signed(api, 'geen JSON'), forged],
  ])
  t.strictSame(api.requested, [], 'and nothing is set in motion')
  t.equal((await api.ask(path, good)).status, 200, 'the same event, signed well, is heard')
  api.setClock(new Date(api.deps.clock.now().getTime() + 360_000))
  await refused(t, api, 'and six minutes later it is old', path, good, forged)
})

t.test('an event counts once', async t => {
  const api = await testApp(t)
  const body = event(api)
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.ask(path, signed(api, body))))
  t.strictSame(answers.map(each => each.status), answers.map(() => 200), 'ten times at once is received') // biome-ignore format: one thought
  t.equal(
    (await api.ask(path, signed(api, body, WEBHOOK_SECRET, 5))).status,
    200,
    'and once more, signed anew',
  )
  t.equal(await count(api, 'donations.inbox'), 1)
  t.equal(await count(api, 'archive.documents'), 1, 'kept once')
  t.strictSame(api.requested, ['read-payments'], 'and acted upon once')
  t.equal((await api.ask(path, signed(api, event(api, { type: 'radar.not_known_yet' })))).status, 200)
  await postTransactions(api.deps)
  t.equal(await count(api, 'donations.inbox'), 2, 'an event of a type that we do not know is kept')
  t.equal(await count(api, 'ledger.entries'), 0, 'and moves nothing')
})

t.test('events in any order, each several times, are one gift', async t => {
  const api = await testApp(t)
  const now = api.deps.clock.now()
  const donations = `/v1/pools/${api.pools.open.id}/donations`
  const { body } = await api.ask<{ checkoutUrl: string }>(donations, {
    body: { amount: 2_500, currency: 'EUR' },
  })
  await paySession(api.deps.db, { id: body.checkoutUrl.split('/').at(-1) ?? '', method: 'ideal', now })
  const options = { now, webhookSecret: WEBHOOK_SECRET, deliver: api.world.deliver }
  const disorder = { duplicates: 2, shuffle: <T>(events: T[]) => events.toReversed() }
  t.strictSame(await deliverEvents(api.deps.db, options, disorder), { delivered: 4, failed: 0 })
  t.equal(await count(api, 'donations.inbox'), 4)
  const read = await Promise.all(Array.from({ length: 6 }, () => postTransactions(api.deps)))
  t.equal(read.reduce((sum, each) => sum + each.posted, 0), 1, 'six readers at once post it once') // biome-ignore format: one thought
  t.match(await balances(api), { 'stripe-pending': 2_471, 'fund-pending': 2_471 })
  t.equal(await count(api, 'donations.inbox', 'processed_at is null'), 0, 'all events are dealt with')
  api.setClock(new Date('2027-03-03T11:00:00Z'))
  await advance(api.deps.db, api.deps.clock.now())
  await Promise.all(Array.from({ length: 6 }, () => makeAvailable(api.deps)))
  t.match(
    await balances(api),
    { 'stripe-pending': 0, 'fund-pending': 0, 'fund-available': 2_471 },
    'and it becomes available once',
  )
  t.strictSame(await checkLedger(api.deps.db), [])
})

t.test('an event that comes before its transaction can be read', async t => {
  const api = await testApp(t)
  const early = {
    ...api.deps,
    provider: {
      ...api.deps.provider,
      listTransactions: async () => ({ transactions: [], nextCursor: null }),
    },
  }
  const later = (minutes: number) => api.setClock(new Date(api.deps.clock.now().getTime() + minutes * 60_000))
  await api.give(api.pools.open.id, 2_500)
  t.match(await postTransactions(early), { posted: 0 }, 'nothing to see yet')
  later(10)
  t.match(await postTransactions(api.deps), { posted: 1 }, 'ten minutes later it is found')
  await api.give(api.pools.open.id, 2_500)
  await postTransactions(early)
  later(37 * 60)
  await postTransactions(early)
  t.match(
    await postTransactions(api.deps),
    { posted: 0 },
    'a day and a half later no reading looks back that far',
  )
  t.match(await postTransactions(api.deps, { rereadDays: 7 }), { posted: 1 }, 'but the nightly one')
  t.match(await balances(api), { 'fund-pending': 4_942 })
})

t.test('what cannot be told for sure is parked, and holds up nobody', async t => {
  const api = await testApp(t)
  const { open } = api.pools
  const donationId = await api.give(open.id, 2_500)
  const unpaid = await api.give(open.id, 5_000)
  await postTransactions(api.deps)
  const before = await balances(api)
  const bad: Record<string, Parameters<typeof transaction>[2]> = {
    txn_a_another_amount: { amount: 2_400, donationId: unpaid },
    txn_b_nobody: { donationId: randomUUID() },
    txn_c_no_id: { donationId: "x' or '1'='1" },
    txn_d_no_donation: {},
    txn_e_another_currency: { currency: 'usd', donationId: unpaid },
    txn_f_the_gift_again: { donationId },
    txn_g_refund: { kind: 'refund', amount: -2_500, fee: 0 },
    txn_h_dispute: { kind: 'dispute', amount: -2_500, fee: 2_000 },
    txn_i_unheard_of: { kind: 'climate_order_purchase', amount: -5, fee: 0 },
    txn_j_nothing: { kind: 'fee', amount: 0, fee: 0 },
  }
  for (const [id, values] of Object.entries(bad)) await transaction(api, id, values)
  await api.give(open.id, 10_000)
  const read = await postTransactions(api.deps)
  t.strictSame(read, { posted: 1, parked: 10 }, 'the gift among them is posted')
  const shown = await parked(api)
  t.strictSame(Object.keys(shown), Object.keys(bad), 'each is there for a person to look at')
  t.match(shown, {
    txn_a_another_amount: /another amount/,
    txn_b_nobody: /no such donation/,
    txn_c_no_id: /no such donation/,
    txn_d_no_donation: /no such donation/,
    txn_e_another_currency: /another currency/,
    txn_i_unheard_of: /not posted/,
  })
  const gained = 10_000 - 29
  t.match(
    await balances(api),
    { 'fund-pending': (before['fund-pending'] ?? 0) + gained },
    'by that gift alone',
  )
  t.strictSame(await postTransactions(api.deps, { rereadDays: 7 }), { posted: 0, parked: 0 }, 'once')
  await api.liveTo('2027-03-05')
  t.match(await balances(api), {
    'fund-pending': 0,
    'fund-available': (before['fund-pending'] ?? 0) + gained,
  })
  t.strictSame(await checkLedger(api.deps.db), [])
})

t.test('money in another currency does not hold up gifts in euros', async t => {
  const api = await testApp(t)
  await transaction(api, 'txn_dollars', { kind: 'fee', amount: -500, fee: 0, currency: 'usd' })
  await api.give(api.pools.open.id, 2_500)
  t.match(await postTransactions(api.deps), { posted: Number }, 'the reading ends')
  t.match(await balances(api), { 'fund-pending': 2_471 }, 'with the gift in the ledger')
})
