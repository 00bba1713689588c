// The inbox under pressure: events that come together are stored together, each sender hears the truth, and what is marked as
// processed is in the ledger.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { openInbox, postTransactions } from '../../src/donations/index.ts'
import { STRIPE_API_VERSION } from '../../src/donations/stripe/index.ts'
import { signPayload } from '../../src/simulation/stripe/index.ts'
import { type TestApp, testApp, WEBHOOK_SECRET } from '../support/app.ts'

t.setTimeout(120_000)
const path = '/v1/provider-events'

function event(api: TestApp, changes: object = {}, object: object = { id: 'py_1', object: 'charge' }) {
  const body = JSON.stringify({
    ...{ id: `evt_${randomUUID()}`, object: 'event', api_version: STRIPE_API_VERSION, livemode: false },
    ...{ created: Math.floor(api.deps.clock.now().getTime() / 1000), data: { object } },
    ...{ type: 'charge.updated', ...changes },
  })
  return { body, signature: signPayload(body, WEBHOOK_SECRET, api.deps.clock.now()) }
}

const send = (api: TestApp, { body, signature }: ReturnType<typeof event>) =>
  api.ask(path, {
    payload: body,
    key: null,
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
  })

const one = async (api: TestApp, question: string): Promise<number> =>
  (await api.owner.query<{ n: number }>(`select (${question})::int as n`)).rows[0]?.n ?? -1
const inbox = (api: TestApp, where = 'true') =>
  one(api, `select count(*) from donations.inbox where ${where}`)
const documents = (api: TestApp) => one(api, 'select count(*) from archive.documents')

/** Breaks the writing of documents, for all or for the event of one type. */
async function breakWriting(api: TestApp, code: string, type?: string): Promise<() => Promise<unknown>> {
  const table = type ? 'donations.inbox' : 'archive.documents'
  await api.owner.query(`
    create function public.broken() returns trigger language plpgsql as
      $$ begin raise exception 'broken' using errcode = '${code}'; end $$;
    create trigger broken before insert on ${table} for each row
      ${type ? `when (new.type = '${type}')` : ''} execute function public.broken()`)
  return () => api.owner.query('drop function public.broken cascade')
}

t.test('hundreds at once are a few statements, and each is there with its document', async t => {
  const api = await testApp(t)
  const events = Array.from({ length: 300 }, () => event(api))
  const answers = await Promise.all([...events, ...events.slice(0, 100)].map(each => send(api, each)))
  t.ok(
    answers.every(({ status }) => status === 200),
    'those that came twice as well',
  )
  t.equal(await inbox(api), 300)
  t.equal(await documents(api), 300)
  const statements = await one(api, 'select count(distinct xmin::text) from donations.inbox')
  t.ok(statements < 30, `${statements} transactions`)
  t.equal(
    await one(
      api,
      `select count(*) from donations.inbox i join archive.documents d on d.id = i.document_id
        where d.sha256 = any (array[${events.map(({ body }) => `sha256('${body}'::bytea)`)}])`,
    ),
    300,
    'each its own',
  )
})

t.test('a batch that fails is stored by nobody and accepted for nobody', async t => {
  const api = await testApp(t)
  const mend = await breakWriting(api, '57014')
  const events = Array.from({ length: 20 }, () => event(api))
  const refused = await Promise.all(events.map(each => send(api, each)))
  t.ok(refused.every(({ status }) => status >= 500), 'all are told') // biome-ignore format: one thought
  t.equal(await inbox(api), 0)
  t.strictSame(api.requested, [], 'and nothing is set in motion')
  await mend()
  const again = await Promise.all(events.map(each => send(api, each)))
  t.ok(again.every(({ status }) => status === 200), 'sent again they are taken') // biome-ignore format: one thought
  t.equal(await inbox(api), 20)
})

t.test('one that the database cannot take fails alone', async t => {
  const api = await testApp(t)
  await breakWriting(api, '23514', 'charge.impossible')
  const events = Array.from({ length: 21 }, (_, index) =>
    event(api, index === 10 ? { type: 'charge.impossible' } : {}),
  )
  const answers = await Promise.all(events.map(each => send(api, each)))
  t.strictSame(answers.flatMap(({ status }, index) => (status === 200 ? [] : [index])), [10]) // biome-ignore format: one thought
  t.equal(await inbox(api), 20)
  t.equal(await documents(api), 20)
})

t.test('who comes when too many wait is sent away for a moment', async t => {
  const api = await testApp(t)
  const receive = openInbox(api.deps, { mayWait: 5 })
  const take = () => {
    const { body, signature } = event(api)
    return receive(Buffer.from(body), signature)
  }
  await api.owner.query('begin; lock table donations.inbox in share mode')
  const begun = [take()]
  await new Promise(resolve => setTimeout(resolve, 50)) // it is being written, and waits for the lock
  const waiting = Array.from({ length: 5 }, take)
  for (let more = 0; more < 3; more += 1)
    await t.rejects(take(), { code: 'temporarily-unavailable', details: { retryAfter: 5 } })
  await api.owner.query('commit')
  await Promise.all([...begun, ...waiting])
  t.equal(await inbox(api), 6, 'those who waited are stored')
  t.strictSame(await take(), { isNew: true }, 'and there is room again')
})

t.test('what is posted and the mark on its events are one transaction', async t => {
  const api = await testApp(t)
  await api.give(api.pools.open.id, 2_500)
  await api.owner.query(`
    create function public.killed() returns trigger language plpgsql as
      $$ begin raise exception 'killed' using errcode = '57P01'; end $$;
    create trigger killed before update on donations.inbox for each row execute function public.killed()`)
  await t.rejects(postTransactions(api.deps))
  t.equal(await one(api, 'select count(*) from ledger.entries'), 0, 'not marked is not posted')
  t.equal(await one(api, 'select count(*) from donations.provider_transactions'), 0)
  await api.owner.query('drop function public.killed cascade')
  // Killed after the transaction, before the end of the reading.
  await api.owner.query(`
    create function public.killed() returns trigger language plpgsql as
      $$ begin raise exception 'killed' using errcode = '57P01'; end $$;
    create trigger killed before update of read_until on donations.provider_readings
      for each row execute function public.killed()`)
  await t.rejects(postTransactions(api.deps))
  t.equal(await one(api, 'select count(*) from ledger.entries'), 1)
  const ofTheGift = "type like 'charge.%'"
  t.equal(
    await inbox(api, `${ofTheGift} and outcome is distinct from 'transaction-read'`),
    0,
    'posted is marked',
  )
  await api.owner.query('drop function public.killed cascade')
  t.match(await postTransactions(api.deps), { posted: 0 })
  t.equal(await inbox(api, 'processed_at is null'), 0)
})

t.test('each event says what became of it', async t => {
  const api = await testApp(t)
  await api.give(api.pools.open.id, 2_500)
  await postTransactions(api.deps)
  const { rows } = await api.owner.query<{ object_id: string }>(
    "select object_id from donations.inbox where type = 'charge.updated'",
  )
  const kinds: readonly [object, object?][] = [
    [{ type: 'charge.refund.updated' }, { id: 're_of_nobody', object: 'refund' }],
    [{ type: 'charge.failed' }, { id: 'py_of_somebody_else', object: 'charge' }],
    [{ type: 'radar.not_known_yet' }, { object: 'something' }],
    [
      { type: 'charge.succeeded', created: 1_767_225_600 },
      { id: rows[0]?.object_id, object: 'charge' },
    ],
  ]
  for (const kind of kinds) t.equal((await send(api, event(api, ...kind))).status, 200)
  await postTransactions(api.deps)
  const said = await api.owner.query<{ type: string; outcome: string }>(
    'select type, outcome from donations.inbox order by received_at, type',
  )
  t.strictSame(Object.fromEntries(said.rows.map(row => [row.type, row.outcome])), {
    'charge.succeeded': 'transaction-read',
    'charge.updated': 'transaction-read',
    'checkout.session.completed': 'moves-nothing',
    'payment_intent.succeeded': 'moves-nothing',
    'charge.refund.updated': 'no-transaction',
    'charge.failed': 'no-transaction',
    'radar.not_known_yet': 'type-unknown',
  })
  t.equal(await one(api, 'select count(*) from ledger.entries'), 1, 'and none of them moved anything more')
})

t.test('an event of months ago, of a transaction that nobody read, is looked for on its day', async t => {
  const api = await testApp(t)
  const blind = {
    ...api.deps,
    provider: {
      ...api.deps.provider,
      listTransactions: async () => ({ transactions: [], nextCursor: null }),
    },
  }
  await api.give(api.pools.open.id, 2_500)
  const long = api.deps.clock.now()
  await postTransactions(blind)
  api.setClock(new Date('2027-06-01T10:00:00Z'))
  await postTransactions(blind)
  t.match(await postTransactions(api.deps), { posted: 0 }, 'nothing asks for it')
  const late = event(api, { created: Math.floor(long.getTime() / 1000) }, { id: 'py_x', object: 'charge' })
  t.equal((await send(api, late)).status, 200)
  t.match(await postTransactions(api.deps), { posted: 1 }, 'found')
})

t.test(
  'a reading ends where nothing is new, and looks back as far as it ever does every ten minutes',
  async t => {
    const api = await testApp(t)
    const later = (minutes: number) =>
      api.setClock(new Date(api.deps.clock.now().getTime() + minutes * 60_000))
    let pages = 0
    const counting = {
      ...api.deps,
      provider: {
        ...api.deps.provider,
        listTransactions: async (input: Parameters<typeof api.deps.provider.listTransactions>[0]) => {
          pages += 1
          return api.deps.provider.listTransactions(input)
        },
      },
    }
    await api.give(api.pools.open.id, 2_500)
    await api.owner.query(`
    insert into simulation.balance_transactions
      (id, type, reporting_category, amount, fee, currency, status, source_id, created_at, available_on)
    select 'txn_fee_' || n, 'stripe_fee', 'fee', -1, 0, 'eur', 'available', 'fee_' || n, at, at
      from generate_series(1, 250) n, (select max(created_at) as at from simulation.balance_transactions) a`)
    t.match(await postTransactions(counting), { posted: 251 })
    t.equal(pages, 3)
    later(5)
    await api.give(api.pools.open.id, 2_500)
    pages = 0
    t.match(await postTransactions(counting), { posted: 1 })
    later(1)
    pages = 0
    await postTransactions(counting)
    t.equal(pages, 2, 'the first of before the last reading had nothing new')
    later(10)
    pages = 0
    await postTransactions(counting)
    t.equal(pages, 3, 'and then all of them again')
  },
)
