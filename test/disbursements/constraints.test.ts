// What the database itself refuses about money out, to whoever writes past the application: as its owner, in raw SQL.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { testApp } from '../support/app.ts'
import { approved, cycleOf, fund, outcomes, recipient, sent } from './run.ts'

const api = await testApp(t)
await fund(api, 500_000)
const enrolmentId = await recipient(api, 'NL35MEEN0000000004')
const march = await approved(api, '2027-03')
const batchId = await sent(api, march)
api.setClock(new Date('2027-04-05T10:00:00Z'))
const april = await cycleOf(api, '2027-04')
const { operator, approver } = api.persons
const organisationId = api.organisationId
const { rows: payouts } = await api.owner.query<{ id: string }>(
  'select id from disbursements.payouts where cycle_id = $1',
  [march],
)
const payoutId = payouts[0]?.id

/** Nothing of what is tried here stays. */
async function refuses(t: Test, what: string, code: string, sql: string, values: unknown[] = []) {
  await api.owner.query('begin')
  await t.rejects(api.owner.query(sql, values), { code }, what)
  await api.owner.query('rollback')
}

t.test('two people', async t => {
  const approve = 'update disbursements.cycles set approved_by = $2, approved_at = now() where id = $1'
  const propose = 'update disbursements.cycles set proposed_by = $2, proposed_at = now() where id = $1'
  await refuses(t, 'approved without a proposal', '23514', approve, [april, approver])
  await api.owner.query('begin')
  await api.owner.query(propose, [april, approver])
  await t.rejects(
    api.owner.query(approve, [april, approver]),
    { code: '23514', constraint: 'maker_is_not_approver' },
    'who proposed does not approve',
  )
  await api.owner.query('rollback')
  const both = `update disbursements.cycles set proposed_by = $2, proposed_at = now(), approved_by = $2, approved_at = now()
                 where id = $1`
  await refuses(t, 'nor both at once', '23514', both, [april, approver])
  await refuses(t, 'another proposer after the fact', 'MT001', propose, [march, api.persons.treasurer])
  await refuses(t, 'another approver after the fact', 'MT001', approve, [march, api.persons.secondApprover])
  const undo = `update disbursements.cycles
                   set approved_by = null, approved_at = null, proposed_by = null, proposed_at = null where id = $1`
  await refuses(t, 'neither any more', 'MT001', undo, [march])
  await refuses(
    t,
    'another month',
    'MT001',
    "update disbursements.cycles set month = '2027-09-01' where id = $1",
    [march],
  )
})

t.test('a month once', async t => {
  const cycle = `insert into disbursements.cycles (organisation_id, id, pool_id, month, payday, planned_at)
                 values ($1, $2, $3, $4, '2027-03-25', now())`
  const id = randomUUID()
  const { open, other } = api.pools
  await refuses(t, 'a cycle twice', '23505', cycle, [organisationId, id, open.id, '2027-03-01'])
  await refuses(t, 'a month from its middle', '23514', cycle, [organisationId, id, open.id, '2027-05-15'])
  await refuses(t, 'of a pool of another organisation', '23503', cycle, [99, id, other.id, '2027-05-01'])
  const payout = `insert into disbursements.payouts
                    (organisation_id, id, cycle_id, enrolment_id, month, amount, currency)
                  values ($1, $2, $3, $4, '2027-03-01', $5, 'EUR')`
  await refuses(t, 'March again, in the cycle of April', '23505', payout, [
    organisationId,
    randomUUID(),
    april,
    enrolmentId,
    10_000,
  ])
  await refuses(t, 'a payout changed', 'MT001', 'update disbursements.payouts set amount = 1')
  await refuses(t, 'a payout gone', 'MT001', 'delete from disbursements.payouts')
  await refuses(t, 'all payouts gone', 'MT001', 'truncate disbursements.payouts cascade')
})

t.test('one attempt that can still pay', async t => {
  const attempt = `insert into disbursements.attempts (organisation_id, id, payout_id, batch_id, end_to_end_id)
                   values ($1, $2, $3, $4, $5)`
  const values = () => [organisationId, randomUUID(), payoutId, batchId, randomUUID().slice(0, 30)]
  const outcome = (to: string) => `update disbursements.attempts set outcome = '${to}', outcome_at = now()`
  await refuses(t, 'a second one while the first is open', '23505', attempt, values())
  await api.liveTo('2027-04-05')
  t.strictSame(await outcomes(api, march), { [enrolmentId]: 'paid' })
  await refuses(t, 'a second one after it paid', 'MT001', attempt, values())
  await refuses(t, 'paid, and rejected after all', 'MT001', outcome('rejected'))
  const open = 'update disbursements.attempts set outcome = null, outcome_at = null'
  await refuses(t, 'paid, and open again', 'MT001', open)
  await refuses(t, 'come back, by no entry of the bank', 'MT001', outcome('returned'))
})

t.test('nobody decides about money but who may', async t => {
  const { persons, owner } = api
  const approve = 'update disbursements.cycles set approved_by = $2, approved_at = now() where id = $1'
  const propose = 'update disbursements.cycles set proposed_by = $2, proposed_at = now() where id = $1'
  for (const name of ['treasurer', 'administrator', 'auditor', 'recipient'] as const)
    await refuses(t, `proposed by ${name}`, 'MT001', propose, [april, persons[name]])
  /** As the application, of an April that was proposed. */
  const refusesOfApril = async (what: string, sql: string, values: unknown[], before = '') => {
    await owner.query('begin')
    await owner.query(propose, [april, operator])
    await owner.query(before)
    await owner.query('set local role meent_app')
    await t.rejects(owner.query(sql, values), { code: 'MT001' }, what)
    await owner.query('rollback')
  }
  for (const name of ['treasurer', 'administrator', 'donor'] as const)
    await refusesOfApril(`approved by ${name}`, approve, [april, persons[name]])
  await refusesOfApril('by nobody', approve, [april, randomUUID()])
  const grants = `update auth.grants set ended_at = now() where person_id = '${approver}' and role = 'approver'`
  await refusesOfApril('by an approver who was disabled', approve, [april, approver], grants)
  const ofAnother = `${grants}; insert into auth.grants (organisation_id, id, person_id, role, pool_id)
    values (${organisationId}, gen_random_uuid(), '${approver}', 'approver', '${api.pools.other.id}')`
  await refusesOfApril('by an approver of another pool', approve, [april, approver], ofAnother)
  const batch = `insert into disbursements.batches (organisation_id, id, cycle_id, bank_account_id, message_id, execution_date,
      payouts, total, currency, document_id, made_by, made_at)
    select organisation_id, $1, $2, bank_account_id, $3, execution_date, 1, 100000, currency, document_id, $4, now()
      from disbursements.batches limit 1`
  await refusesOfApril('a file of a cycle that was never approved', batch, [
    ...[randomUUID(), april, 'once', operator],
  ])
  await refusesOfApril('by an approver', batch, [randomUUID(), march, 'twice', approver])
  const attempt = `insert into disbursements.attempts (organisation_id, id, payout_id, batch_id, end_to_end_id)
    select $1, gen_random_uuid(), id, $3, 'x' from disbursements.payouts where cycle_id = $2`
  await owner.query('begin')
  await owner.query(
    `insert into disbursements.payouts (organisation_id, id, cycle_id, enrolment_id, month, amount, currency)
     values ($1, gen_random_uuid(), $2, $3, '2027-04-01', 10000, 'EUR')`,
    [organisationId, april, enrolmentId],
  )
  await t.rejects(
    owner.query(attempt, [organisationId, april, batchId]),
    { code: 'MT001' },
    'an attempt for April in the file of March',
  )
  await owner.query('rollback')
  await owner.query('begin')
  await owner.query(batch, [randomUUID(), march, 'another', operator])
  t.pass('an operator makes one of an approved cycle')
  await owner.query('rollback')
})
