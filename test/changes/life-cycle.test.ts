// A change by the API: every refusal, two approvers at once, a race, a crash, and what expires.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { approveChange, withdrawChange } from '../../src/changes/index.ts'
import { actor, eight, succeeded } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { allRefused, type Case, invalid, type Refusal } from '../support/refused.ts'
import { account, approve, type ChangeBody, newMember, problemOf, proposed } from './run.ts'

t.setTimeout(180_000)

const api = await testApp(t)
const newcomer = await newMember(api, 'newcomer')
const role = { kind: 'approving-role', personId: newcomer, role: 'approver', reason: 'Derde paar ogen' }
const terms = { kind: 'pool-terms', poolId: api.pools.open.id, terms: { paydayOfMonth: 20 }, reason: 'Huur' }
const withdraw = (as: 'treasurer' | 'administrator', { id }: ChangeBody) =>
  api.ask<ChangeBody>(`/v1/changes/${id}/withdrawals`, { as, method: 'POST' })
const refusal = (status: number, code: Refusal['code'], field?: string): Refusal =>
  field === undefined ? { status, code } : { status, code, field }
const notAllowed = refusal(403, 'not-allowed')

t.test('what is no proposal', async t => {
  const to = '/v1/changes'
  const as = (name: 'treasurer' | 'administrator' | 'approver' | 'operator', body: unknown) => ({
    as: name,
    body,
  })
  const cases: Case[] = [
    ['nobody proposes', to, { body: account }, refusal(401, 'not-signed-in')],
    ['who only prepares', to, as('operator', account), notAllowed],
    ['a kind of another role', to, as('treasurer', role), notAllowed],
    ['terms by a treasurer', to, as('treasurer', terms), notAllowed],
    ['an account by an approver', to, as('approver', account), notAllowed],
    ['an unknown kind', to, as('administrator', { kind: 'all-money', reason: 'Omdat' }), invalid('kind')],
    ['no reason', to, as('treasurer', { ...account, reason: '' }), invalid('reason')],
    ['a field that nobody knows', to, as('treasurer', { ...account, decision: 'approved' }), invalid('')],
    [
      'a wrong IBAN',
      to,
      as('treasurer', { ...account, iban: 'NL00MEEN0000000004' }),
      refusal(422, 'invalid-iban', 'iban'),
    ],
    [
      'the same IBAN',
      to,
      as('treasurer', { ...account, iban: 'NL60MEEN0123456789' }),
      refusal(422, 'change-without-effect', 'iban'),
    ],
    [
      'a role for oneself',
      to,
      as('administrator', { ...role, personId: api.persons.administrator }),
      refusal(409, 'own-role', 'personId'),
    ],
    [
      'a role of nobody',
      to,
      as('administrator', { ...role, personId: randomUUID() }),
      refusal(404, 'not-found', 'personId'),
    ],
    [
      'a role that is there',
      to,
      as('administrator', { ...role, personId: api.persons.approver }),
      refusal(409, 'role-exists', 'role'),
    ],
    ['a role that prepares', to, as('administrator', { ...role, role: 'operator' }), invalid('role')],
    ['a last day that was', to, as('administrator', { ...role, lastDay: '2027-02-28' }), invalid('lastDay')],
    [
      'the same terms',
      to,
      as('administrator', { ...terms, terms: { paydayOfMonth: 25 } }),
      refusal(422, 'change-without-effect'),
    ],
    ['terms of nothing', to, as('administrator', { ...terms, terms: {} }), invalid('terms')],
    [
      'of no pool',
      to,
      as('administrator', { ...terms, poolId: randomUUID() }),
      refusal(404, 'not-found', 'poolId'),
    ],
    [
      'keys that are accepted',
      to,
      as('treasurer', { kind: 'provider-keys', reason: 'Nieuw' }),
      refusal(422, 'change-without-effect'),
    ],
    [
      'a freeze that is not there',
      to,
      as('approver', { kind: 'lift-freeze', reason: 'Klaar' }),
      refusal(409, 'payments-not-frozen'),
    ],
    [
      'one that is not there',
      `${to}/${randomUUID()}/approvals`,
      { as: 'approver', method: 'POST' },
      refusal(404, 'not-found', 'changeId'),
    ],
  ]
  await allRefused(
    t,
    api,
    cases.filter(([what]) => what !== 'a field that nobody knows'),
  )
  const unknown = await api.ask(to, as('treasurer', { ...account, decision: 'approved' }))
  t.equal(unknown.status, 400, 'a field that nobody knows')
})

t.test('one open change about a subject, decided once', async t => {
  const change = await proposed(api, 'treasurer', account)
  t.match(change, {
    state: 'open',
    content: { from: { iban: 'NL60MEEN0123456789' }, to: { iban: account.iban } },
  })
  const at = `/v1/changes/${change.id}`
  const post = (as: 'treasurer' | 'operator' | 'auditor' | 'approver' | 'administrator', body?: unknown) =>
    body === undefined ? { as, method: 'POST' as const } : { as, body }
  await allRefused(t, api, [
    ['a second', '/v1/changes', { as: 'administrator', body: account }, refusal(409, 'change-open')],
    ['approved by its maker', `${at}/approvals`, post('treasurer'), notAllowed],
    ['by who prepares', `${at}/approvals`, post('operator'), notAllowed],
    ['by who looks', `${at}/rejections`, post('auditor', { reason: 'Nee' }), notAllowed],
    ['rejected without a reason', `${at}/rejections`, post('approver', { reason: ' ' }), invalid('reason')],
    ['withdrawn by another', `${at}/withdrawals`, post('administrator'), notAllowed],
  ])
  const rejected = await api.ask<ChangeBody>(`${at}/rejections`, {
    as: 'approver',
    body: { reason: 'Niet nu' },
  })
  t.match(rejected.body, { state: 'rejected', decidedBy: api.persons.approver, decisionReason: 'Niet nu' })
  await allRefused(t, api, [
    ['approved afterwards', `${at}/approvals`, post('approver'), refusal(409, 'change-decided')],
    [
      'rejected again',
      `${at}/rejections`,
      post('approver', { reason: 'Nee' }),
      refusal(409, 'change-decided'),
    ],
    ['withdrawn afterwards', `${at}/withdrawals`, post('treasurer'), refusal(409, 'change-decided')],
  ])
  const own = await proposed(api, 'administrator', role)
  await allRefused(t, api, [
    [
      'a maker whose role approves',
      `/v1/changes/${own.id}/approvals`,
      post('administrator'),
      refusal(409, 'maker-is-approver'),
    ],
    [
      'who gets the role',
      `/v1/changes/${own.id}/rejections`,
      post('administrator', { reason: 'Nee' }),
      refusal(409, 'maker-is-approver'),
    ],
  ])
  t.equal((await withdraw('administrator', own)).body.state, 'withdrawn')
})

t.test('who gets a role decides nothing about it', async t => {
  const change = await proposed(api, 'administrator', {
    ...{ kind: 'approving-role', personId: api.persons.approver, role: 'administrator' },
  })
  await allRefused(t, api, [
    [
      'approved',
      `/v1/changes/${change.id}/approvals`,
      { as: 'approver', method: 'POST' },
      refusal(409, 'own-role'),
    ],
  ])
  await withdraw('administrator', change)
})

t.test('two approve at once: one does, and it is done once', async t => {
  const change = await proposed(api, 'administrator', { ...role, lastDay: '2027-12-31' })
  const names = ['approver', 'secondApprover'] as const
  const done = await eight(index =>
    approveChange(api.deps, actor(api, names[index % 2] ?? 'approver'), change.id),
  )
  t.equal(succeeded(done), 1)
  const { rows } = await api.owner.query(
    'select action from acts.acts where subject_id = $1 or detail->>$2 = $1',
    [change.id, 'changeId'],
  )
  t.strictSame(
    rows.map(row => row.action),
    ['change.propose', 'role.give', 'change.approve'],
    'one act each',
  )
  const { rows: grants } = await api.owner.query(
    'select granted_by, role from auth.grants where change_id = $1',
    [change.id],
  )
  t.strictSame(grants, [{ granted_by: api.persons.administrator, role: 'approver' }])
})

t.test('withdrawn and approved at once: one of the two, whole', async t => {
  for (let round = 0; round < 6; round += 1) {
    const change = await proposed(api, 'administrator', {
      ...role,
      personId: await newMember(api, `racer-${round}`),
    })
    const done = await Promise.allSettled([
      approveChange(api.deps, actor(api, 'approver'), change.id),
      withdrawChange(api.deps, actor(api, 'administrator'), change.id),
    ])
    t.equal(succeeded(done), 1, 'one')
    const { rows } = await api.owner.query(
      'select c.decision, g.id is not null as granted from changes.changes c left join auth.grants g on g.change_id = c.id where c.id = $1',
      [change.id],
    )
    t.equal(rows[0]?.granted, rows[0]?.decision === 'approved', rows[0]?.decision)
  }
})

t.test('proposed at once by eight: one stands', async t => {
  const done = await Promise.all(
    Array.from({ length: 8 }, () => api.ask('/v1/changes', { as: 'treasurer', body: account })),
  )
  t.strictSame(done.map(({ status }) => status).toSorted(), [201, 409, 409, 409, 409, 409, 409, 409])
  t.strictSame([...new Set(done.filter(({ status }) => status === 409).map(problemOf))], ['change-open'])
})

t.test('what dies halfway leaves nothing', async t => {
  const open = (
    await api.ask<{ changes: ChangeBody[] }>('/v1/changes?state=open&kind=own-iban', { as: 'auditor' })
  ).body.changes[0]
  t.ok(open)
  if (!open) return
  const before = await everything(api.owner)
  // The act is the last thing written: without room for it, nothing of the approval may stay.
  await api.owner.query(
    `alter table acts.acts add constraint full_disk check (action <> 'change.approve') not valid`,
  )
  await t.rejects(approveChange(api.deps, actor(api, 'approver'), open.id))
  await api.owner.query('alter table acts.acts drop constraint full_disk')
  t.strictSame(await everything(api.owner), before)
  t.equal((await approve(api, 'approver', open)).body.state, 'approved', 'and afterwards it goes on')
})

t.test('nobody decided in fourteen days: it is made anew', async t => {
  const change = await proposed(api, 'administrator', { ...role, personId: await newMember(api, 'late') })
  api.setClock(new Date('2027-03-15T08:59:00Z'))
  const open = await api.ask<{ changes: ChangeBody[] }>('/v1/changes?state=open', { as: 'auditor' })
  t.strictSame(
    open.body.changes.map(({ id }) => id),
    [change.id],
    'until then it waits',
  )
  api.setClock(new Date('2027-03-15T09:00:00Z'))
  const shown = await api.ask<ChangeBody>(`/v1/changes/${change.id}`, { as: 'operator' })
  t.equal(shown.body.state, 'expired')
  await allRefused(t, api, [
    [
      'approved too late',
      `/v1/changes/${change.id}/approvals`,
      { as: 'approver', method: 'POST' },
      refusal(409, 'change-expired'),
    ],
    [
      'rejected too late',
      `/v1/changes/${change.id}/rejections`,
      { as: 'approver', body: { reason: 'Nee' } },
      refusal(409, 'change-expired'),
    ],
  ])
  const again = await proposed(api, 'administrator', { ...role, personId: change.subjectId })
  t.equal((await approve(api, 'secondApprover', again)).status, 201)
  t.equal((await withdraw('administrator', change)).status, 201, 'the old one can be cleared away')
})

t.test('the list is paged, and filtered', async t => {
  const seen: string[] = []
  let next: string | undefined = '/v1/changes?limit=4'
  while (next) {
    const answer: Awaited<ReturnType<typeof api.ask<{ changes: ChangeBody[] }>>> = await api.ask(next, {
      as: 'auditor',
    })
    seen.push(...answer.body.changes.map(({ id }) => id))
    next = /<(.*)>/.exec(String(answer.headers.link ?? ''))?.[1]
  }
  const { rows } = await api.owner.query<{ id: string }>(
    'select id from changes.changes order by position desc',
  )
  t.strictSame(
    seen,
    rows.map(({ id }) => id),
    'every one once, newest first',
  )
  const withdrawn = await api.ask<{ changes: ChangeBody[] }>(
    '/v1/changes?state=withdrawn&kind=approving-role',
    { as: 'auditor' },
  )
  t.ok(
    withdrawn.body.changes.length > 0 &&
      withdrawn.body.changes.every(each => each.state === 'withdrawn' && each.kind === 'approving-role'),
  )
})
