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
  await api.owner.query(propose, [april, operator])
  await t.rejects(
    api.owner.query(approve, [april, operator]),
    { code: '23514', constraint: 'maker_is_not_approver' },
    'who proposed does not approve',
  )
  await api.owner.query('rollback')
  const both = `update disbursements.cycles set proposed_by = $2, proposed_at = now(), approved_by = $2, approved_at = now()
                 where id = $1`
  await refuses(t, 'nor both at once', '23514', both, [april, operator])
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
  await refuses(t, 'a second one after it paid', '23505', attempt, values())
  await refuses(t, 'paid, and rejected after all', 'MT001', outcome('rejected'))
  const open = 'update disbursements.attempts set outcome = null, outcome_at = null'
  await refuses(t, 'paid, and open again', 'MT001', open)
  await api.owner.query('begin')
  await api.owner.query(outcome('returned'))
  await api.owner.query(attempt, values())
  t.pass('what came back can be tried again')
  await t.rejects(api.owner.query(attempt, values()), { code: '23505' }, 'once')
  await api.owner.query('rollback')
})
