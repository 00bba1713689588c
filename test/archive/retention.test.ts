// What the archive keeps goes when its time has passed, and never before: the database refuses, whoever asks.

import t from 'tap'
import { archiveDocument, removeExpired } from '../../src/archive/index.ts'
import { postTransactions } from '../../src/donations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { verify } from '../../src/verify/index.ts'
import { type TestApp, testApp } from '../support/app.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

const keep = (api: TestApp, kind: 'provider-event' | 'payment-file' | 'bank-statement', now: Date) =>
  inTransaction(api.deps.db, trx =>
    archiveDocument(trx, api.deps.vault, {
      ...{ organisationId: api.organisationId, kind, body: 'what somebody sent', now },
    }),
  )

const kept = async (api: TestApp) =>
  (await api.owner.query<{ id: string }>('select id from archive.documents order by id')).rows.map(
    row => row.id,
  )

t.test('documents past their day go, each kind after its own time, and the trail says how many', async t => {
  const api = await testApp(t)
  await keep(api, 'provider-event', daysAgo(402))
  const event = await keep(api, 'provider-event', daysAgo(399))
  const lastDay = await keep(api, 'provider-event', daysAgo(400))
  await keep(api, 'bank-statement', daysAgo(8 * 366 + 2))
  const statement = await keep(api, 'bank-statement', daysAgo(402))
  const file = await keep(api, 'payment-file', daysAgo(8 * 366 - 1))
  t.equal(await removeExpired(api.deps), 2)
  t.strictSame(await kept(api), [event, lastDay, statement, file].sort())
  t.equal(await removeExpired(api.deps), 0, 'once')
  const { rows } = await api.owner.query(
    "select actor_kind, detail from acts.acts where action = 'archive.remove-expired'",
  )
  t.strictSame(rows, [{ actor_kind: 'system', detail: { 'bank-statement': 1, 'provider-event': 1 } }])
})

t.test('nothing goes before its day', async t => {
  const api = await testApp(t)
  const id = await keep(api, 'provider-event', daysAgo(400))
  const organisation = api.organisationId
  for (const [who, question] of [
    ['the owner', `delete from archive.documents where id = '${id}'`],
    ['the owner', 'truncate archive.documents'],
  ] as const)
    await t.rejects(api.owner.query(question), /kept until its day/, `${who}: ${question}`)
  for (const role of ['meent_app', 'meent_personal']) {
    await api.owner.query(`set role ${role}`)
    await t.rejects(api.owner.query(`delete from archive.documents`), /permission denied/, role)
    await t.rejects(
      api.owner.query(`update archive.documents set keep_until = '2020-01-01'`),
      /permission denied/,
      role,
    )
    await api.owner.query('reset role')
  }
  await t.rejects(
    api.owner.query(`update archive.documents set keep_until = '2020-01-01'`),
    /only sealed anew/,
  )
  await api.owner.query('set role meent_app')
  const { rows } = await api.owner.query(`select * from archive.remove_expired(${organisation}, 100)`)
  t.strictSame(rows, [], 'nor by the one function that removes')
  await api.owner.query('reset role')
  await t.rejects(
    api.owner.query('set role meent_personal; select archive.remove_expired(1, 1)'),
    /permission denied/,
  )
  await api.owner.query('rollback; reset role')
  t.strictSame(await kept(api), [id])
})

t.test('the inbox keeps what is no secret, and verify misses only what must still be there', async t => {
  const api = await testApp(t)
  await api.give(api.pools.open.id, 2_500)
  await postTransactions(api.deps)
  const law = 'each event that must still have its document has it'
  const missing = async () => (await verify(api.deps.db)).laws.find(each => each.check === law)?.count
  t.equal(await missing(), 0)
  await api.owner.query(`
    set session_replication_role = replica;
    delete from archive.documents where id in (select document_id from donations.inbox limit 1);
    set session_replication_role = origin`)
  t.equal(await missing(), 1, 'a document that is gone too early is found')
  await api.owner.query(`update platform.installation set clock_offset_ms = ${402 * DAY_MS}`)
  t.equal(await missing(), 0, 'and after its time nobody asks')
  api.setClock(new Date(api.deps.clock.now().getTime() + 402 * DAY_MS))
  await removeExpired(api.deps)
  const { rows } = await api.owner.query(
    'select count(*)::int as n from donations.inbox where type is not null',
  )
  t.equal(rows[0]?.n, 4, 'its id, type and times stay')
})
