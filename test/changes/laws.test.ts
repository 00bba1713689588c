// What the database itself refuses, to raw SQL under the application's login and to its owner: every way round two people.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { allRefused, invalid } from '../support/refused.ts'
import { account, agreed, NEW_IBAN, newMember, proposed, raw, refusedToBoth } from './run.ts'

const api = await testApp(t)
const { organisationId, bankAccountId, persons, pools } = api
const org = organisationId
const newcomer = await newMember(api, 'newcomer')
await api.give(pools.open.id, 5_000)

const insertChange = `insert into changes.changes (organisation_id, id, kind, subject_id, content, reason, proposed_by,
  proposed_at) values ($1, $2, $3, $4, $5, 'because', $6, now())`
const decide = `update changes.changes set decided_by = $2, decided_at = proposed_at, decision = $3, decision_reason = $4
  where id = $1`
const makerOf = (kind: string) =>
  kind === 'approving-role' || kind === 'pool-terms' ? persons.administrator : persons.treasurer
type Said = readonly [kind: string, subject: string, content: object]
/** A change made and approved by raw SQL, and then `then`: what an application that went wrong could write. */
const approvedChange = (id: string, [kind, subject, content]: Said) =>
  [
    [insertChange, [org, id, kind, subject, JSON.stringify(content), makerOf(kind)]],
    [decide, [id, persons.approver, 'approved', null]],
  ] as const

const roleSaid = (over: object = {}): Said => [
  'approving-role',
  newcomer,
  { personId: newcomer, role: 'approver', poolId: null, lastDay: null, standInFor: null, ...over },
]
const from = { iban: 'NL60MEEN0123456789', holder: 'Stichting Proef' }
const ibanSaid: Said = [
  'own-iban',
  bankAccountId,
  { from, to: { iban: NEW_IBAN, holder: 'Stichting Proef' } },
]
const grant = (changeId: string | null, over: Record<string, unknown> = {}) => {
  const row = { person: newcomer, role: 'approver', by: persons.administrator, ...over }
  return [
    `insert into auth.grants (organisation_id, id, person_id, role, granted_by, change_id) values ($1, $2, $3, $4, $5, $6)`,
    [org, randomUUID(), row.person, row.role, row.by, changeId],
  ] as const
}
const newAccount = (changeId: string | null, iban = NEW_IBAN, id = randomUUID()) =>
  [
    `insert into organisations.bank_accounts (organisation_id, id, iban, holder, change_id)
     values ($1, $2, $3, 'Stichting Proef', $4)`,
    [org, id, iban, changeId],
  ] as const

t.test('a change is proposed once, decided once, by two people', async t => {
  const open = await proposed(api, 'treasurer', account)
  const no = (what: string, statements: Parameters<typeof refusedToBoth>[3], codes?: string[]) =>
    refusedToBoth(t, api, what, statements, codes)
  await no(
    'its maker approves',
    [[decide, [open.id, persons.treasurer, 'approved', null]]],
    ['23514', 'MT001'],
  )
  const ids = [open.id, persons.approver]
  const makerIsAdministrator = await proposed(api, 'administrator', {
    kind: 'approving-role',
    personId: newcomer,
    role: 'approver',
  })
  await no(
    'a maker whose role approves',
    [[decide, [makerIsAdministrator.id, persons.administrator, 'approved', null]]],
    ['23514'],
  )
  await no('by somebody whose role does not approve', [
    [decide, [open.id, persons.operator, 'approved', null]],
  ])
  await no('withdrawn by another', [[decide, [...ids, 'withdrawn', null]]], ['23514'])
  await no('rejected without a reason', [[decide, [...ids, 'rejected', null]]], ['23514'])
  await no('decided alone', [[decide, [open.id, persons.treasurer, 'alone', null]]], ['23514'])
  await no('other content', [["update changes.changes set content = '{}' where id = $1", [open.id]]])
  await no('another maker', [['update changes.changes set proposed_by = $2 where id = $1', ids]])
  await no('removed', [['delete from changes.changes where id = $1', [open.id]]])
  await no('emptied', [['truncate changes.changes cascade', []]])
  await no('decided twice', [
    [decide, [...ids, 'approved', null]],
    [decide, [open.id, persons.secondApprover, 'approved', null]],
  ])
  await no('two about the same', [
    [
      insertChange,
      [org, randomUUID(), 'own-iban', bankAccountId, JSON.stringify(open.content), persons.treasurer],
    ],
  ])
  const dayLate = `update changes.changes set decided_by = $2, decided_at = proposed_at + interval '14 days',
    decision = 'approved' where id = $1`
  await no('after fourteen days', [[dayLate, ids]], ['23514'])
  const born = `insert into changes.changes (organisation_id, id, kind, subject_id, content, reason, proposed_by, proposed_at,
    decided_by, decided_at, decision) values ($1, $2, 'lift-freeze', 'x', '{}', 'because', $3, now(), $4, now(), 'approved')`
  await no('born approved', [[born, [org, randomUUID(), persons.treasurer, persons.approver]]])
  await t.resolves(raw(api, 'app', [[decide, [...ids, 'approved', null]]]), 'and by another it is approved')
  for (const change of [open, makerIsAdministrator])
    await api.ask(`/v1/changes/${change.id}/withdrawals`, {
      as: change === open ? 'treasurer' : 'administrator',
      method: 'POST',
    })
})

t.test('a role that approves', async t => {
  const id = randomUUID()
  const no = (what: string, ...statements: Parameters<typeof refusedToBoth>[3]) =>
    refusedToBoth(t, api, what, statements)
  await no('given by one person', grant(null))
  await no('by a change that is not there', grant(randomUUID()))
  await no('by one that waits', approvedChange(id, roleSaid())[0], grant(id))
  await no('for another person', ...approvedChange(id, roleSaid()), grant(id, { person: persons.operator }))
  await no('another role', ...approvedChange(id, roleSaid()), grant(id, { role: 'administrator' }))
  await no('for longer', ...approvedChange(id, roleSaid({ lastDay: '2027-04-01' })), grant(id))
  await no('for more pools', ...approvedChange(id, roleSaid({ poolId: pools.open.id })), grant(id))
  await no(
    'by another than who proposed',
    ...approvedChange(id, roleSaid()),
    grant(id, { by: persons.approver }),
  )
  await no('by another kind of change', ...approvedChange(id, ibanSaid), grant(id))
  await no('proposed for oneself', [
    insertChange,
    [org, id, ...roleSaid().slice(0, 2), JSON.stringify(roleSaid()[2]), newcomer],
  ])
  const own = roleSaid({ personId: persons.approver, role: 'administrator' })
  await no('approved for oneself', ...approvedChange(id, [own[0], persons.approver, own[2]]))
  await t.resolves(raw(api, 'app', [...approvedChange(id, roleSaid()), grant(id)]), 'exactly that is done')
})

t.test('roles that approve are founded from the command line, by fewer than two', async t => {
  const found = (person: string) => grant(null, { person, role: 'administrator', by: null })
  const turn = [
    [`alter table platform.installation disable trigger guard_installation`, []],
    [`update platform.installation set mode = 'real'`, []],
  ] as const
  await t.rejects(
    raw(api, 'owner', [...turn, found(newcomer)]),
    { code: 'MT001' },
    'real, with three that approve',
  )
  const endAll = (but: number) =>
    [
      `update auth.grants set ended_at = now() where role in ('approver', 'administrator')
        and person_id <> all (array(select person_id from auth.grants where role in ('approver', 'administrator') order by role = 'administrator' desc limit ${but}))`,
      [],
    ] as const
  await t.resolves(raw(api, 'owner', [...turn, endAll(1), found(newcomer)]), 'with one')
  await t.rejects(raw(api, 'owner', [...turn, endAll(2), found(newcomer)]), { code: 'MT001' }, 'not with two')
  const asService = [
    ['create role meent_of_the_laws in role meent_app', []],
    ['set local session authorization meent_of_the_laws', []],
    ['set local role meent_app', []],
  ] as const
  await t.rejects(
    raw(api, 'owner', [...turn, ...asService, endAll(1), found(newcomer)]),
    { code: 'MT001', message: 'a role that approves is given by two people' },
    "not under the service's own login, though it ended the others'",
  )
  await t.resolves(raw(api, 'app', [found(newcomer)]), 'a demonstration plays its own')
})

t.test('an account of our own', async t => {
  const id = randomUUID()
  const no = (what: string, statements: Parameters<typeof refusedToBoth>[3], codes?: string[]) =>
    refusedToBoth(t, api, what, statements, codes)
  const accountId = randomUUID()
  const point = (to: string) =>
    [
      'update pools.pools set bank_account_id = $2, terms_change_id = $3 where id = $1',
      [pools.open.id, to, id],
    ] as const
  await no('a second without a change', [newAccount(null)], ['23505'])
  await no('with one that is not there', [newAccount(randomUUID())])
  await no('another number', [...approvedChange(id, ibanSaid), newAccount(id, 'NL08MEEN0000000005')])
  await no(
    'twice by one change',
    [...approvedChange(id, ibanSaid), newAccount(id), newAccount(id, NEW_IBAN)],
    ['23505'],
  )
  await no('another number afterwards', [
    ["update organisations.bank_accounts set iban = 'NL08MEEN0000000005'", []],
  ])
  await no('removed', [['delete from organisations.bank_accounts', []]])
  const made = [...approvedChange(id, ibanSaid), newAccount(id, NEW_IBAN, accountId)]
  await no('a pool moved without saying why', [
    ...made,
    ['update pools.pools set bank_account_id = $2 where id = $1', [pools.open.id, accountId]],
  ])
  await no('terms slipped in beside it', [
    ...made,
    [
      `update pools.pools set bank_account_id = $2, terms_change_id = $3, payday_of_month = 1 where id = $1`,
      [pools.open.id, accountId, id],
    ],
  ])
  await t.resolves(raw(api, 'app', [...made, point(accountId)]), 'exactly that is done')
})

t.test('an account that we know keeps its holder', async t => {
  await agreed(api, 'treasurer', account)
  const { rows } = await api.owner.query<{ id: string }>(
    'select id from organisations.bank_accounts where iban = $1',
    [NEW_IBAN],
  )
  const back = (holder: string) => ({ ...account, iban: from.iban, holder })
  const other = { as: 'treasurer', body: back('Stichting Anders') } as const
  await allRefused(t, api, [['another holder', '/v1/changes', other, invalid('holder')]])
  const said = (holder: string): Said => [
    'own-iban',
    rows[0]?.id ?? '',
    { from: { iban: NEW_IBAN, holder: account.holder }, to: { iban: from.iban, holder } },
  ]
  const id = randomUUID()
  await refusedToBoth(t, api, 'by raw SQL', [approvedChange(id, said('Stichting Anders'))[0]])
  await t.resolves(raw(api, 'app', approvedChange(id, said(from.holder))), 'under its own name')
  await agreed(api, 'treasurer', back(from.holder))
})

t.test('an approved change is used in its own transaction, and never again', async t => {
  const change = await agreed(api, 'treasurer', account)
  await agreed(api, 'treasurer', { ...account, iban: from.iban })
  const { rows } = await api.owner.query<{ id: string }>(
    'select id from organisations.bank_accounts where iban = $1',
    [NEW_IBAN],
  )
  await refusedToBoth(t, api, 'a pool moved by an old change', [
    [
      'update pools.pools set bank_account_id = $2, terms_change_id = $3 where id = $1',
      [pools.open.id, rows[0]?.id, change.id],
    ],
  ])
  const role = await agreed(api, 'administrator', {
    kind: 'approving-role',
    personId: newcomer,
    role: 'approver',
  })
  await api.owner.query('update auth.grants set ended_at = now() where change_id = $1', [role.id])
  await refusedToBoth(t, api, 'a role that was ended', [grant(role.id, { by: persons.administrator })])
})

t.test('the terms of a pool', async t => {
  const id = randomUUID()
  const terms = (name: string, payday = 25) => ({
    ...{
      name,
      area: 'Testdorp',
      monthlyAmount: 10_000,
      termMonths: 12,
      paydayOfMonth: payday,
      feeBearer: 'pool',
    },
  })
  const said = (pool = pools.open, to = terms(pool.name, 20)): Said => [
    'pool-terms',
    pool.id,
    { from: terms(pool.name), to },
  ]
  const set = (columns: string, pool = pools.open) =>
    [`update pools.pools set ${columns}, terms_change_id = $2 where id = $1`, [pool.id, id]] as const
  const no = (what: string, statements: Parameters<typeof refusedToBoth>[3]) =>
    refusedToBoth(t, api, what, statements)
  await no('without a change', [['update pools.pools set monthly_amount = 1 where id = $1', [pools.open.id]]])
  await no('by one that waits', [approvedChange(id, said())[0], set('payday_of_month = 20')])
  await no('other terms', [...approvedChange(id, said()), set('payday_of_month = 21')])
  await no('of another pool', [...approvedChange(id, said()), set('payday_of_month = 20', pools.other)])
  await no('one term more', [...approvedChange(id, said()), set(`payday_of_month = 20, area = 'Elders'`)])
  await no('what a pool is', [...approvedChange(id, said()), set(`payday_of_month = 20, kind = 'personal'`)])
  await no('the record of it', [['delete from pools.term_changes', []]])
  const alone = (pool: typeof pools.open) =>
    [
      [
        insertChange,
        [org, id, ...said(pool).slice(0, 2), JSON.stringify(said(pool)[2]), persons.administrator],
      ],
      [decide, [id, persons.administrator, 'alone', null]],
      set('payday_of_month = 20', pool),
    ] as const
  await no('alone, where somebody gave', alone(pools.open))
  await t.resolves(raw(api, 'app', alone(pools.other)), 'alone, where nobody did')
  await t.resolves(raw(api, 'app', [...approvedChange(id, said()), set('payday_of_month = 20')]), 'by two')
})

t.test('keys of the provider, and a freeze', async t => {
  const id = randomUUID()
  const keys = (changeId: string | null, fingerprint = 'ab'.repeat(32)) =>
    [
      `insert into organisations.provider_keys (organisation_id, id, provider, fingerprint, change_id)
       values ($1, $2, 'simulated', decode($3, 'hex'), $4)`,
      [org, randomUUID(), fingerprint, changeId],
    ] as const
  const said: Said = ['provider-keys', 'simulated', { from: null, to: 'ab'.repeat(32) }]
  await refusedToBoth(t, api, 'keys without a change', [keys(null)], ['23505'])
  await refusedToBoth(t, api, 'other keys than was said', [
    ...approvedChange(id, said),
    keys(id, 'cd'.repeat(32)),
  ])
  await refusedToBoth(t, api, 'keys changed', [
    ["update organisations.provider_keys set provider = 'stripe'", []],
  ])
  await t.resolves(raw(api, 'app', [...approvedChange(id, said), keys(id)]), 'exactly those are accepted')

  const freezeId = randomUUID()
  const freeze = [
    `insert into disbursements.freezes (organisation_id, id, frozen_by, frozen_at, reason) values ($1, $2, $3, now(), 'because')`,
    [org, freezeId, persons.approver],
  ] as const
  const lift = [
    'update disbursements.freezes set lifted_at = now(), lift_change_id = $2 where id = $1',
    [freezeId, id],
  ] as const
  const liftBy = (by: string, approver: string) =>
    [
      [insertChange, [org, id, 'lift-freeze', freezeId, '{}', by]],
      [decide, [id, approver, 'approved', null]],
    ] as const
  const { approver, secondApprover, administrator } = persons
  await refusedToBoth(t, api, 'two at once', [freeze, freeze], ['23505'])
  await refusedToBoth(t, api, 'lifted by one', [freeze, liftBy(approver, secondApprover)[0], lift])
  await refusedToBoth(t, api, 'approved by an administrator', [freeze, ...liftBy(approver, administrator)])
  await refusedToBoth(t, api, 'removed', [freeze, ['delete from disbursements.freezes', []]])
  await refusedToBoth(t, api, 'changed', [freeze, ["update disbursements.freezes set reason = 'none'", []]])
  await t.resolves(raw(api, 'app', [freeze, ...liftBy(approver, secondApprover), lift]), 'lifted by two')
})
