/** What the database itself refuses about giving back, whatever the application says: to raw SQL under its own login. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import t from 'tap'
import { approveRefund, decideRefund } from '../../src/donations/index.ts'
import { actor } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'

t.setTimeout(60_000)
const api = await testApp(t)
const { persons, organisationId: org, pools } = api
const { db } = api.deps
const gift = await api.give(pools.open.id, 10_000)
await api.give(pools.open.id, 10_000)
await api.liveTo('2027-03-05')
const pending = await api.give(pools.open.id, 10_000)
await api.deps.provider.listTransactions({ createdFrom: new Date(0) })

const decided = (over: Record<string, unknown> = {}) => {
  const row = {
    donation: gift,
    pool: pools.open.id,
    amount: 100,
    by: persons.operator,
    approved: null,
    ...over,
  }
  return sql`insert into donations.refunds (organisation_id, id, donation_id, pool_id, amount, currency, decided_by, decided_at,
      approved_by, approved_at)
    values (${org}, ${randomUUID()}, ${row.donation}, ${row.pool}, ${row.amount}, 'EUR', ${row.by}, now(), ${row.approved},
      ${row.approved === null ? null : new Date()})`.execute(db)
}
const refused = { code: /^(MT001|23514|42501|P0001|23503)$/ }

t.test('a refund is of a gift that is there, decided by who may, and never more than is left', async t => {
  for (const [what, over] of Object.entries({
    'by an approver': { by: persons.approver },
    'by an auditor': { by: persons.auditor },
    'in another pool': { pool: pools.other.id },
    'more than was given': { amount: 10_001 },
    'of a gift that is not there yet': { donation: pending },
    'of no gift': { donation: randomUUID() },
    nothing: { amount: 0 },
    'approved at birth': { approved: persons.approver },
  }))
    await t.rejects(decided(over), refused, what)
  await decided({ amount: 6_000 })
  await t.rejects(decided({ amount: 4_001 }), refused, 'more than is left')
  await sql`delete from donations.refunds`.execute(db).catch(error => t.match(error, { code: '42501' }))
  await api.owner.query(
    'set session_replication_role = replica; delete from donations.refunds; set session_replication_role = origin',
  )
})

t.test('two people, and each step once', async t => {
  const { id } = await decideRefund(api.deps, actor(api, 'operator'), {
    ...{ donationId: gift, amount: 500n, reason: 'Gever belde', idempotencyKey: randomUUID() },
  })
  const set = (columns: ReturnType<typeof sql>) =>
    sql`update donations.refunds set ${columns} where id = ${id}`.execute(db)
  await t.rejects(
    set(sql`approved_by = ${persons.operator}, approved_at = now()`),
    refused,
    'maker is approver',
  )
  await t.rejects(set(sql`approved_by = ${persons.treasurer}, approved_at = now()`), refused, 'no approver')
  await t.rejects(set(sql`approved_by = ${persons.approver}`), refused, 'half an approval')
  await t.rejects(set(sql`asked_at = now()`), refused, 'asked before it was approved')
  await t.rejects(set(sql`amount = amount + 1`), { code: '42501' }, 'another amount')
  await t.rejects(set(sql`donation_id = ${pending}`), { code: '42501' }, 'another gift')
  await approveRefund(api.deps, actor(api, 'approver'), { refundId: id, idempotencyKey: randomUUID() })
  await t.rejects(set(sql`approved_at = now()`), refused, 'approved once')
  await t.rejects(set(sql`provider_refund_id = 're_1'`), refused, 'answered before it was asked')
  await set(sql`asked_at = now()`)
  await t.rejects(set(sql`asked_at = now() + interval '1 day'`), refused, 'asked first once')
  await t.rejects(
    set(sql`withdrawn_by = ${persons.treasurer}, withdrawn_at = now()`),
    refused,
    'it may be on its way',
  )
  await t.rejects(set(sql`refused = 'x', provider_refund_id = 're_1'`), refused, 'one answer')
  await set(sql`refused = 'charge_disputed'`)
  await t.rejects(set(sql`refused = null`), refused, 'an answer stays')
  await t.rejects(set(sql`withdrawn_by = ${persons.auditor}, withdrawn_at = now()`), refused, 'by who may')
})

t.test('what the provider said is never changed', async t => {
  const change = 'update donations.balance_readings set provider_available = 1'
  await t.rejects(api.owner.query(change), /append-only/)
  await t.rejects(sql.raw(change).execute(db), { code: '42501' })
})
