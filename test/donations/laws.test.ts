/** What the database itself refuses about giving back, whatever the application says: to raw SQL under its own login. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import t from 'tap'
import { giveRole, grantRole } from '../../src/auth/index.ts'
import { approveRefund, decideRefund, leftOf, startDonation } from '../../src/donations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { credit } from '../../src/simulation/bank/index.ts'
import { actor } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'
import { addMember, OWN_IBAN } from '../support/app-seed.ts'

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

t.test('whoever alone gave the role with which a refund was decided does not approve it', async t => {
  const puppet = await inTransaction(db, async trx => {
    await grantRole(trx, org, { personId: persons.administrator, role: 'approver', grantedBy: null })
    return addMember(trx, api.deps.vault, org, 'second-mailbox', 'auditor')
  })
  await giveRole(api.deps, actor(api, 'administrator'), {
    ...{ personId: puppet, role: 'operator', reason: 'Proef' },
  })
  const elsewhere = (pool: string | null) => sql`
    insert into auth.grants (organisation_id, id, person_id, role, pool_id, granted_by)
    values (${org}, ${randomUUID()}, ${puppet}, 'treasurer', ${pool}, ${persons.operator})`
  await elsewhere(pools.other.id).execute(db)
  const { id } = await decideRefund(
    api.deps,
    { kind: 'person', id: puppet },
    {
      ...{ donationId: gift, amount: 500n, reason: 'Gever belde', idempotencyKey: randomUUID() },
    },
  )
  await elsewhere(null).execute(db)
  const approve = (who: 'administrator' | 'approver') =>
    approveRefund(api.deps, actor(api, who), { refundId: id, idempotencyKey: randomUUID() })
  await t.rejects(approve('administrator'), { code: 'approver-gave-the-role' })
  await t.rejects(
    sql`update donations.refunds set approved_by = ${persons.administrator}, approved_at = now() where id = ${id}`.execute(
      db,
    ),
    { code: 'MT001' },
    'nor by raw SQL; roles for another pool or of later change nothing',
  )
  t.equal((await approve('approver')).state, 'approved')
})

t.test('when it was decided is the database’s to say', async t => {
  const id = randomUUID()
  await sql`insert into donations.refunds (organisation_id, id, donation_id, pool_id, amount, currency, decided_by, decided_at,
      recorded_at)
    values (${org}, ${id}, ${gift}, ${pools.open.id}, 100, 'EUR', ${persons.operator}, now(), '2000-01-01')`.execute(
    db,
  )
  const { rows } = await sql<{ late: boolean }>`
    select recorded_at < now() - interval '1 hour' as late from donations.refunds where id = ${id}`.execute(
    db,
  )
  t.equal(rows[0]?.late, false)
  await api.owner.query(
    `set session_replication_role = replica; delete from donations.refunds where id = '${id}'; set session_replication_role = origin`,
  )
})

t.test('a gift that the donor transferred is not given back here', async t => {
  const { donation } = await startDonation(
    api.deps,
    { kind: 'public' },
    {
      ...{ poolId: pools.open.id, amount: 2_500n, costsShare: 0n, currency: 'EUR', method: 'bank-transfer' },
      ...{ nickname: undefined, message: undefined, locale: 'nl', idempotencyKey: randomUUID() },
    },
  )
  const { rows } = await sql<{ reference: string }>`
    select reference from donations.transfer_references where donation_id = ${donation.id}`.execute(db)
  const now = api.deps.clock.now()
  const bookedOn = now.toISOString().slice(0, 10)
  await inTransaction(db, trx =>
    credit(trx, {
      ...{ iban: OWN_IBAN, amount: 2_500n, bookedOn, counterparty: { name: 'Iemand' }, now },
      remittance: rows[0]?.reference ?? '',
    }),
  )
  await api.liveTo(bookedOn)
  const decide = decideRefund(api.deps, actor(api, 'operator'), {
    ...{ donationId: donation.id, amount: 100n, reason: 'Gever belde', idempotencyKey: randomUUID() },
  })
  await t.rejects(decide, { code: 'gift-by-transfer', details: { field: 'donationId' } })
  t.equal(await leftOf(db, org, donation.id), 0n)
  await t.rejects(decided({ donation: donation.id }), { code: 'MT001' }, 'nor by raw SQL')
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
