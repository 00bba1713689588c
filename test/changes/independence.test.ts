// Two people are two: neither made the other able to propose, both still work here, and money is for approvers.

import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { disablePerson, giveRole, grantRole } from '../../src/auth/index.ts'
import { proposeChange } from '../../src/changes/index.ts'
import { approveCycle, proposeCycle } from '../../src/disbursements/index.ts'
import { enrol } from '../../src/enrolments/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { byMail } from '../auth/authenticator.ts'
import { actor, approved, cycleOf, fund, recipient, sent } from '../disbursements/run.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { account, agreed, approve, newMember, problemOf, proposed, raw } from './run.ts'

t.setTimeout(180_000)

/** The administrator is approver too, and a colleague whose only role they gave alone. */
async function puppet(api: TestApp, role: 'treasurer' | 'operator'): Promise<string> {
  const { deps, organisationId, persons } = api
  const personId = await inTransaction(deps.db, async trx => {
    await grantRole(trx, organisationId, {
      personId: persons.administrator,
      role: 'approver',
      grantedBy: null,
    })
    return addMember(trx, deps.vault, organisationId, 'second-mailbox', 'auditor')
  })
  await giveRole(deps, actor(api, 'administrator'), { personId, role, reason: 'Proef' })
  return personId
}

t.test('whoever gave the role of treasurer alone does not approve what that treasurer proposes', async t => {
  const api = await testApp(t)
  const id = await puppet(api, 'treasurer')
  const change = await proposeChange(api.deps, { kind: 'person', id }, { ...account, kind: 'own-iban' })
  t.equal(problemOf(await approve(api, 'administrator', change as never)), 'approver-gave-the-role')
  await t.rejects(
    raw(api, 'app', [
      [
        `update changes.changes set decided_by = $2, decided_at = now(), decision = 'approved' where id = $1`,
        [change.id, api.persons.administrator],
      ],
    ]),
    { code: 'MT001' },
    'nor by raw SQL',
  )
  t.equal((await approve(api, 'approver', change as never)).status, 201, 'somebody else does')
})

const others: Record<string, string> = {
  'for another pool': `insert into auth.grants (organisation_id, id, person_id, role, pool_id, granted_by)
    values ($1, gen_random_uuid(), $2, 'treasurer', $4, $3)`,
  'that had ended': `insert into auth.grants (organisation_id, id, person_id, role, granted_by, granted_at, ended_by, ended_at)
    values ($1, gen_random_uuid(), $2, 'treasurer', $3, now() - interval '2 days', $3, now() - interval '1 day')`,
  'of a stand-in whose last day was past': `insert into auth.grants
      (organisation_id, id, person_id, role, granted_by, granted_at, stand_in_for, last_day)
    values ($1, gen_random_uuid(), $2, 'treasurer', $3, now() - interval '2 days', $3, now()::date - 1)`,
}
for (const [what, insert] of Object.entries(others))
  t.test(`a role of somebody else's giving ${what} makes nobody independent`, async t => {
    const api = await testApp(t)
    const id = await puppet(api, 'treasurer')
    const values = [api.organisationId, id, api.persons.operator]
    await api.owner.query(insert, insert.includes('$4') ? [...values, api.pools.closed.id] : values)
    const change = await proposeChange(api.deps, { kind: 'person', id }, { ...account, kind: 'own-iban' })
    await api.owner.query(
      `insert into auth.grants (organisation_id, id, person_id, role, granted_by, stand_in_for, last_day)
       values ($1, gen_random_uuid(), $2, 'treasurer', $3, $3, now()::date + 400)`,
      values,
    )
    t.equal(
      problemOf(await approve(api, 'administrator', change as never)),
      'approver-gave-the-role',
      'nor does one that came later',
    )
    t.equal((await approve(api, 'approver', change as never)).status, 201, 'somebody else approves')
  })

t.test('nor a cycle that their operator proposes', async t => {
  const api = await testApp(t)
  const { deps, organisationId } = api
  const id = await puppet(api, 'operator')
  await fund(api, 500_000)
  await recipient(api, 'NL08MEEN0000000005')
  const who = { kind: 'person', id } as const
  const cycleId = await cycleOf(api, '2027-03')
  await proposeCycle(deps, who, { cycleId, idempotencyKey: newId() })
  const action = () => ({ cycleId, idempotencyKey: newId() })
  await t.rejects(approveCycle(deps, actor(api, 'administrator'), action()), {
    code: 'approver-gave-the-role',
  })
  await t.rejects(
    raw(api, 'app', [
      [
        'update disbursements.cycles set approved_by = $2, approved_at = now() where organisation_id = $3 and id = $1',
        [cycleId, api.persons.administrator, organisationId],
      ],
    ]),
    { code: 'MT001' },
  )
  await disablePerson(deps, actor(api, 'administrator'), { personId: id, reason: 'Weg' })
  await approveCycle(deps, actor(api, 'approver'), action())
  const { rows } = await api.owner.query('select approved_by from disbursements.cycles where id = $1', [
    cycleId,
  ])
  t.equal(rows[0]?.approved_by, api.persons.approver, 'nobody waits for a leaver')
})

t.test(
  'whoever enrolled somebody, or made whoever did an operator alone, does not approve their first payment',
  async t => {
    const api = await testApp(t)
    const { deps, organisationId, persons } = api
    await fund(api, 500_000)
    /** Administrator and approver; `friend` is an operator by them alone. */
    const friend = await puppet(api, 'operator')
    const both = { personId: persons.operator, role: 'approver', grantedBy: null } as const
    await inTransaction(deps.db, trx => grantRole(trx, organisationId, both))
    const theirs = await recipient(api, 'NL08MEEN0000000005')
    const march = await cycleOf(api, '2027-03')
    const by = (name: 'operator' | 'approver' | 'secondApprover' | 'administrator') => actor(api, name)
    const action = (cycleId: string) => ({ cycleId, idempotencyKey: newId() })
    const rawly = (cycleId: string, name: 'operator' | 'administrator') =>
      raw(api, 'app', [
        [
          'update disbursements.cycles set approved_by = $2, approved_at = now() where id = $1',
          [cycleId, persons[name]],
        ],
      ])
    await proposeCycle(deps, by('approver'), action(march))
    const page = await api.ask(`/en/admin/cycles/${march}`, { as: 'operator' })
    t.match(page.body.text, 'You enrolled somebody', 'the page says so')
    t.notMatch(page.body.text, `/cycles/${march}/approvals`, 'in place of the button')
    const answer = await api.ask(`/v1/cycles/${march}/approvals`, { as: 'operator', method: 'POST' })
    t.equal(problemOf(answer), 'approver-enrolled')
    await t.rejects(rawly(march, 'operator'), { code: 'MT001' }, 'nor by raw SQL')
    await approveCycle(deps, by('secondApprover'), action(march))

    api.setClock(new Date('2027-03-29T10:00:00Z'))
    const april = await cycleOf(api, '2027-04')
    await proposeCycle(deps, by('approver'), action(april))
    await t.resolves(rawly(april, 'operator'), 'the second month they may')
    await approveCycle(deps, by('operator'), action(april))

    const mine = await enrol(
      deps,
      { kind: 'person', id: friend },
      {
        ...{
          poolId: api.pools.open.id,
          name: 'Proef Nieuw',
          birthDate: '1980-05-05',
          iban: 'NL35MEEN0000000004',
        },
        ...{
          firstMonth: '2027-05',
          checkedHow: 'Paspoort gezien',
          reason: 'Geloot',
          idempotencyKey: newId(),
        },
      },
    )
    t.not(mine.id, theirs)
    api.setClock(new Date('2027-05-03T10:00:00Z'))
    const may = await cycleOf(api, '2027-05')
    await proposeCycle(deps, by('approver'), action(may))
    await t.rejects(approveCycle(deps, by('administrator'), action(may)), { code: 'approver-enrolled' })
    await t.rejects(rawly(may, 'administrator'), { code: 'MT001' })
    await approveCycle(deps, by('operator'), action(may))
  },
)

t.test('what somebody proposed who was disabled since, or about them, is proposed again', async t => {
  const api = await testApp(t)
  const { persons } = api
  const newcomer = await newMember(api, 'newcomer')
  const role = await proposed(api, 'administrator', {
    kind: 'approving-role',
    personId: newcomer,
    role: 'approver',
  })
  const iban = await proposed(api, 'treasurer', account)
  for (const personId of [newcomer, persons.treasurer])
    await disablePerson(api.deps, actor(api, 'administrator'), { personId, reason: 'Fraude' })
  t.equal(problemOf(await approve(api, 'approver', role)), 'change-outdated')
  t.equal(problemOf(await approve(api, 'approver', iban)), 'change-outdated')
  await t.rejects(
    raw(api, 'app', [
      [
        `update changes.changes set decided_by = $2, decided_at = now(), decision = 'approved' where id = $1`,
        [iban.id, persons.approver],
      ],
    ]),
    { code: 'MT001' },
  )
})

t.test('whoever is being disabled while their approving role is approved is left with none', async t => {
  const api = await testApp(t)
  const subject = await newMember(api, 'goes')
  await byMail(api, 'goes@meent.example') // with a session to end
  const role = await proposed(api, 'administrator', {
    kind: 'approving-role',
    personId: subject,
    role: 'approver',
  })
  const waiting = async (count: number) => {
    for (;;) {
      await api.owner.query('select pg_stat_clear_snapshot()')
      const { rows } = await api.owner.query(
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
      if (rows[0].n >= count) return
      await sleep(20)
    }
  }
  // Disabling has the person and waits for the session; then the other approves.
  await api.owner.query('begin')
  await api.owner.query('select from auth.sessions where person_id = $1 for update', [subject])
  const gone = disablePerson(api.deps, actor(api, 'administrator'), { personId: subject, reason: 'Fraude' })
  await waiting(1)
  const answer = approve(api, 'approver', role)
  await waiting(2)
  await api.owner.query('commit')
  await gone
  t.equal(problemOf(await answer), 'change-outdated')
  const { rows } = await api.owner.query(
    'select role from auth.grants where person_id = $1 and ended_at is null',
    [subject],
  )
  t.strictSame(rows, [])
})

t.test('an administrator does not approve where money goes', async t => {
  const api = await testApp(t)
  const change = await proposed(api, 'treasurer', account)
  t.equal(problemOf(await approve(api, 'administrator', change)), 'not-allowed')
  await t.rejects(
    raw(api, 'app', [
      [
        `update changes.changes set decided_by = $2, decided_at = now(), decision = 'approved' where id = $1`,
        [change.id, api.persons.administrator],
      ],
    ]),
    { code: 'MT001' },
  )
})

t.test('after going back to an account, another change still moves every pool', async t => {
  const api = await testApp(t)
  const paidFrom = async () =>
    (
      await api.owner.query<{ iban: string }>(
        'select distinct a.iban from pools.pools p join organisations.bank_accounts a on a.id = p.bank_account_id',
      )
    ).rows.map(({ iban }) => iban)
  for (const iban of [account.iban, 'NL60MEEN0123456789', account.iban, 'NL08MEEN0000000005']) {
    await agreed(api, 'treasurer', { ...account, iban })
    t.strictSame(await paidFrom(), [iban])
  }
})

t.test('an approver of one pool stops all payments', async t => {
  const api = await testApp(t)
  const { deps, organisationId, persons, pools } = api
  await api.owner.query(
    "update auth.grants set ended_at = now() where person_id = $1 and role = 'approver'",
    [persons.secondApprover],
  )
  const given = {
    personId: persons.secondApprover,
    role: 'approver',
    poolId: pools.open.id,
    grantedBy: null,
  } as const
  await inTransaction(deps.db, trx => grantRole(trx, organisationId, given))
  const answer = await api.ask('/v1/payment-freezes', {
    as: 'secondApprover',
    body: { reason: 'Er klopt iets niet' },
  })
  t.equal(answer.status, 201)
})

t.test('a payment file that was made is not handed out while payments are frozen', async t => {
  const api = await testApp(t)
  await fund(api, 500_000)
  await recipient(api, 'NL08MEEN0000000005')
  const march = await approved(api, '2027-03')
  api.setClock(new Date('2027-03-22T10:00:00Z'))
  const batch = await sent(api, march)
  const body = { reason: 'Naar de bank' }
  const read = () => api.ask(`/v1/batches/${batch}/payment-file-readings`, { as: 'operator', body })
  t.equal((await read()).status, 200)
  await api.ask('/v1/payment-freezes', { as: 'approver', body: { reason: 'Er klopt iets niet' } })
  t.equal(problemOf(await read()), 'payments-frozen')
})
