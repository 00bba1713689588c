// Colleagues and their roles: who may give, end and take what, what never locks an organisation out, and what the database
// refuses to whoever reaches it.

import t from 'tap'
import {
  addPerson,
  createAdministrator,
  disablePerson,
  giveRole,
  grantRole,
  signInForDemonstration,
} from '../../src/auth/index.ts'
import { newKeySecret } from '../../src/auth/key-secret.ts'
import { keyOfSecret } from '../../src/auth/keys.ts'
import { createOrganisation } from '../../src/organisations/index.ts'
import { instantOf } from '../../src/platform/calendar/index.ts'
import { sha256 } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'
import { allRefused, invalid } from '../support/refused.ts'
import { byMail, withAuthenticator } from './authenticator.ts'

t.setTimeout(180_000)

const api = await testApp(t)
const { db, organisationId, vault } = api.deps
const { open, other } = api.pools
const nowhere = '019a7c1e-55b0-7cc3-98c4-dc0c0c000001'

interface Colleague {
  id: string
  name: string
  roles: { id: string; role: string; poolId: string | null; lastDay: string | null }[]
  lastSignedInOn: string | null
  secondFactor: boolean
}
const people = async (as: 'administrator' | 'auditor' = 'auditor') =>
  (await api.ask<{ people: Colleague[] }>('/v1/people', { as })).body.people
const because = { reason: 'Proef' }
const invite = async (name: string, roles: object[] = []) => {
  const body = { name, email: `${name.toLowerCase()}@elders.example`, roles, ...because }
  const answer = await api.ask<Colleague>('/v1/people', { as: 'administrator', body })
  t.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const acts = async (action: string, subject: string) =>
  (
    await api.owner.query('select * from acts.acts where action = $1 and subject_id = $2 order by id', [
      action,
      subject,
    ])
  ).rows
const elsewhere = await inTransaction(db, async trx => {
  const id = await createOrganisation(trx, {
    slug: 'elders',
    legalName: 'Elders',
    contact: 'x@meent.example',
  })
  return { id, personId: await addMember(trx, vault, id, 'elders', 'administrator') }
})

t.test(
  'a list of colleagues: no donor, no recipient, no address, nobody of another organisation',
  async t => {
    const names = (await people()).map(({ name }) => name)
    t.ok(names.includes('operator'))
    for (const hidden of ['donor', 'recipient', 'elders']) t.notOk(names.includes(hidden), hidden)
    for (const as of ['administrator', 'auditor', 'privacyOfficer'] as const)
      for (const path of ['/v1/people', '/admin/people', `/admin/people/${api.persons.operator}`])
        t.notMatch(JSON.stringify((await api.ask(path, { as })).body), '@meent.example"', `${path} as ${as}`)
    t.equal((await api.ask(`/v1/people/${elsewhere.personId}`, { as: 'auditor' })).status, 404)
    t.equal((await api.ask(`/v1/people/${api.persons.donor}`, { as: 'auditor' })).status, 404)
  },
)

t.test('an invitation is a colleague with an address that nobody sees, and an act without it', async t => {
  const made = await invite('Nieuw', [{ role: 'operator', poolId: open.id }, { role: 'auditor' }])
  t.strictSame(
    made.roles.map(({ role, poolId }) => [role, poolId]),
    [
      ['operator', open.id],
      ['auditor', null],
    ],
  )
  const [act] = await acts('person.invite', made.id)
  t.equal(act.actor_id, api.persons.administrator)
  t.equal((await acts('role.give', made.id)).length, 2)
  const stored = JSON.stringify((await api.owner.query('select * from acts.acts')).rows)
  t.notMatch(stored, 'elders.example', 'no address on the trail')
  const reading = { as: 'administrator', body: { reason: 'Uitnodiging kwam niet aan' } } as const
  const read = await api.ask(`/v1/people/${made.id}/email-readings`, reading)
  t.match(read, {
    status: 200,
    body: { email: 'nieuw@elders.example' },
    headers: { 'cache-control': 'no-store' },
  })
  t.equal((await acts('email.read', made.id))[0].reason, 'Uitnodiging kwam niet aan')
})

t.test('a donor who is invited keeps one account, and is a colleague from then on', async t => {
  const personId = await inTransaction(db, async trx => {
    const id = await addPerson(trx, vault, organisationId, { name: '', email: 'gever@elders.example' })
    await grantRole(trx, organisationId, { personId: id, role: 'donor', grantedBy: null })
    return id
  })
  const before = await byMail(api, 'gever@elders.example')
  t.equal((await before.get('/account')).status, 200)
  await withAuthenticator(api, 'gever@elders.example')
  const found = async () => (await acts('email.find-taken', String(organisationId))).length
  const known = await found()
  const stranger = await invite('Vreemde')
  t.equal(await found(), known)
  const made = await invite('Gever')
  t.strictSame(
    { ...made, id: '', name: '' },
    { ...stranger, id: '', name: '' },
    'that they give, came in before and show a second factor is not said',
  )
  t.equal(await found(), known + 1, 'and whoever tries addresses is seen')
  const seen = async () => (await people()).find(({ id }) => id === personId)
  t.match(await seen(), { name: 'Gever', roles: [], lastSignedInOn: null, secondFactor: false })
  await byMail(api, 'gever@elders.example')
  t.match(await seen(), { lastSignedInOn: '2027-03-01', secondFactor: true }, 'from then on it is')
})

t.test('what is refused leaves everything as it was', async t => {
  const at = (id: string, what: string) => `/v1/people/${id}/${what}`
  const { administrator, operator, treasurer } = api.persons
  const by = (body: object) => ({ as: 'administrator', body: { ...because, ...body } }) as const
  const held = (await people()).find(({ id }) => id === operator)?.roles[0]?.id ?? ''
  const own = (await people()).find(({ id }) => id === administrator)?.roles[0]?.id ?? ''
  const pool = api.pools.open.id
  const twoPeople = { status: 409, code: 'needs-two-people', field: 'role' } as const
  const person = { name: 'Iemand', email: 'iemand@elders.example' }
  await allRefused(t, api, [
    ['an approver by one person', at(treasurer, 'roles'), by({ role: 'approver' }), twoPeople],
    ['an administrator by one person', at(treasurer, 'roles'), by({ role: 'administrator' }), twoPeople],
    ['an invited approver', '/v1/people', by({ ...person, roles: [{ role: 'approver' }] }), twoPeople],
    [
      'oneself',
      at(administrator, 'roles'),
      by({ role: 'treasurer' }),
      { status: 409, code: 'not-yourself', field: 'personId' },
    ],
    [
      'an auditor of one pool',
      at(treasurer, 'roles'),
      by({ role: 'auditor', poolId: pool }),
      invalid('poolId'),
    ],
    [
      'a privacy officer who is invited for one pool',
      '/v1/people',
      by({ ...person, roles: [{ role: 'privacy-officer', poolId: pool }] }),
      invalid('poolId'),
    ],
    [
      'an administrator of one pool',
      '/v1/changes',
      by({
        kind: 'approving-role',
        personId: treasurer,
        role: 'administrator',
        poolId: pool,
        reason: 'Proef',
      }),
      invalid('poolId'),
    ],
    [
      'a campaigner, who could do nothing',
      at(treasurer, 'roles'),
      by({ role: 'campaigner' }),
      invalid('role'),
    ],
    ['a recipient by hand', at(treasurer, 'roles'), by({ role: 'recipient' }), invalid('role')],
    [
      'a role twice',
      at(treasurer, 'roles'),
      by({ role: 'treasurer' }),
      { status: 409, code: 'role-held', field: 'role' },
    ],
    [
      'a pool that is not there',
      at(treasurer, 'roles'),
      by({ role: 'operator', poolId: nowhere }),
      { status: 404, code: 'not-found', field: 'poolId' },
    ],
    [
      'a last day in the past',
      at(treasurer, 'roles'),
      by({ role: 'operator', lastDay: '2027-02-28' }),
      invalid('lastDay'),
    ],
    [
      'a stand-in without a last day',
      at(treasurer, 'roles'),
      by({ role: 'operator', standInFor: operator }),
      invalid('lastDay'),
    ],
    [
      'for who has no such role',
      at(treasurer, 'roles'),
      by({ role: 'operator', lastDay: '2027-04-01', standInFor: api.persons.auditor }),
      invalid('standInFor'),
    ],
    [
      'for who is elsewhere',
      at(treasurer, 'roles'),
      by({ role: 'operator', lastDay: '2027-04-01', standInFor: elsewhere.personId }),
      invalid('standInFor'),
    ],
    [
      'somebody elsewhere',
      at(elsewhere.personId, 'roles'),
      by({ role: 'operator' }),
      { status: 404, code: 'not-found', field: 'personId' },
    ],
    [
      'a donor',
      at(api.persons.donor, 'roles'),
      by({ role: 'operator' }),
      { status: 404, code: 'not-found', field: 'personId' },
    ],
    [
      'an address that is taken',
      '/v1/people',
      by({ ...person, email: 'Operator@Meent.example' }),
      { status: 409, code: 'email-taken', field: 'email', act: 'email.find-taken' },
    ],
    ['no address', '/v1/people', by({ ...person, email: 'geen' }), invalid('email')],
    [
      'a role of somebody else',
      `${at(treasurer, 'roles')}/${held}/endings`,
      by({}),
      { status: 404, code: 'not-found', field: 'grantId' },
    ],
    [
      'the last administrator',
      `${at(administrator, 'roles')}/${own}/endings`,
      by({}),
      { status: 409, code: 'last-administrator' },
    ],
    [
      'oneself, disabled',
      at(administrator, 'disablings'),
      by({ reason: 'Ik stop' }),
      { status: 409, code: 'not-yourself', field: 'personId' },
    ],
    ['without a reason', at(treasurer, 'disablings'), by({ reason: ' ' }), invalid('reason')],
    ['a role for no reason', at(treasurer, 'roles'), by({ role: 'operator', reason: '' }), invalid('reason')],
    [
      'an end for no reason',
      `${at(operator, 'roles')}/${held}/endings`,
      by({ reason: undefined }),
      invalid('reason'),
    ],
    ['out for no reason', at(treasurer, 'session-endings'), by({ reason: 'x' }), invalid('reason')],
    ['an address without a reason', at(treasurer, 'email-readings'), by({ reason: '' }), invalid('reason')],
    [
      'by an auditor',
      at(treasurer, 'roles'),
      { as: 'auditor', body: { role: 'operator', ...because } },
      { status: 403, code: 'not-allowed' },
    ],
  ])
})

t.test('a stand-in is one until the end of the last day, by the clock of the installation', async t => {
  const { id } = await invite('Vervanger')
  const body = { role: 'operator', lastDay: '2027-03-02', standInFor: api.persons.operator, ...because }
  t.equal((await api.ask(`/v1/people/${id}/roles`, { as: 'administrator', body })).status, 201)
  const may = async () => {
    const { token } = await signInForDemonstration(api.deps, id, { requestId: 'test' })
    const headers = { authorization: `Bearer ${token}` }
    return (await api.ask('/v1/bank-accounts', { headers })).status
  }
  t.equal(await may(), 200)
  api.setClock(instantOf('2027-03-02', '23:59'))
  t.equal(await may(), 200, 'on the last day')
  api.setClock(instantOf('2027-03-03', '00:01'))
  t.equal(await may(), 403, 'no longer on the next')
  t.strictSame((await people()).find(each => each.id === id)?.roles, [], 'nor in the list')
  api.setClock(instantOf('2027-03-01', '10:00'))
})

t.test('an ended role is gone at once, and ended once', async t => {
  const { id, roles } = await invite('Kort', [{ role: 'treasurer' }])
  const { token } = await signInForDemonstration(api.deps, id, { requestId: 'test' })
  const headers = { authorization: `Bearer ${token}` }
  t.equal((await api.ask('/v1/bank-accounts', { headers })).status, 200)
  const path = `/v1/people/${id}/roles/${roles[0]?.id}/endings`
  t.match(await api.ask(path, { as: 'administrator', body: because }), { status: 200, body: { roles: [] } })
  t.equal((await api.ask('/v1/bank-accounts', { headers })).status, 403)
  t.match(await api.ask(path, { as: 'administrator', body: because }), { status: 409 })
  t.match(await acts('role.end', id), { length: 1, 0: because })
})

t.test('disabling takes roles, sessions and keys together, with the reason', async t => {
  const { id } = await invite('Weg', [{ role: 'operator' }, { role: 'treasurer', poolId: other.id }])
  const { token } = await signInForDemonstration(api.deps, id, { requestId: 'test' })
  const secret = newKeySecret()
  await api.owner.query(
    `insert into auth.keys (organisation_id, id, key_sha256, start, name, scopes, created_by, expires_at)
      values ($1, gen_random_uuid(), $2, 'meent_ab', 'Koppeling', '{ledger.read}', $3, clock_timestamp() + interval '1 day')`,
    [organisationId, sha256(secret), id],
  )
  t.ok(await keyOfSecret(api.deps, secret))
  const answer = await api.ask(`/v1/people/${id}/disablings`, {
    as: 'administrator',
    body: { reason: 'Laptop gestolen' },
  })
  t.match(answer, { status: 200, body: { roles: 2, sessions: 1, keys: 1 } })
  t.equal(await keyOfSecret(api.deps, secret), null)
  const headers = { authorization: `Bearer ${token}` }
  t.equal((await api.ask('/v1/bank-accounts', { headers })).status, 401)
  t.match(await acts('person.disable', id), [
    { reason: 'Laptop gestolen', actor_id: api.persons.administrator },
  ])
})

t.test('sessions of somebody end, and the role stays', async t => {
  const { id } = await invite('Kwijt', [{ role: 'treasurer' }])
  await signInForDemonstration(api.deps, id, { requestId: 'test' })
  await signInForDemonstration(api.deps, id, { requestId: 'test' })
  const answer = await api.ask(`/v1/people/${id}/session-endings`, { as: 'administrator', body: because })
  t.match(answer, { status: 200, body: { sessions: 2 } })
  t.equal((await people()).find(each => each.id === id)?.roles.length, 1)
})

t.test('two administrators who disable each other at once: one is left', async t => {
  const second = await inTransaction(db, trx =>
    addMember(trx, vault, organisationId, 'tweede', 'administrator'),
  )
  const first = api.persons.administrator
  const disable = (by: string, personId: string) =>
    disablePerson(api.deps, { kind: 'person', id: by }, { personId, reason: 'Tegelijk' })
  const ended = await Promise.allSettled([disable(first, second), disable(second, first)])
  t.equal(ended.filter(({ status }) => status === 'fulfilled').length, 1)
  t.match(
    ended.find(({ status }) => status === 'rejected'),
    { reason: { code: 'last-administrator' } },
  )
})

t.test('the database refuses it too, to whoever reaches it', async t => {
  const { persons } = api
  const grant = `(select id from auth.grants where person_id = '${persons.treasurer}')`
  const where = `where organisation_id = ${organisationId} and id = ${grant}`
  const insert = (extra: string, values: string) =>
    `insert into auth.grants (organisation_id, id, person_id, role${extra})
      values (${organisationId}, gen_random_uuid(), '${persons.treasurer}', 'auditor'${values})`
  const asApp = async (text: string, app = true) => {
    await api.owner.query('begin')
    try {
      if (app) await api.owner.query('set local role meent_app')
      await api.owner.query(text)
      return 'done'
    } catch (error) {
      return String((error as Error).message)
    } finally {
      await api.owner.query('rollback')
    }
  }
  t.match(await asApp(`update auth.grants set role = 'approver' ${where}`), /permission denied/)
  t.match(await asApp(`update auth.grants set last_day = null ${where}`), /permission denied/)
  t.match(await asApp(`delete from auth.grants ${where}`), /permission denied/)
  t.match(await asApp(`delete from auth.grants ${where}`, false), /never changed or removed/, 'nor the owner')
  t.match(
    await asApp(`update auth.grants set role = 'approver', ended_at = now() ${where}`, false),
    /never changed/,
  )
  const ended = `where organisation_id = ${organisationId} and ended_at is not null`
  t.match(await asApp(`update auth.grants set ended_at = null, ended_by = null ${ended}`), /ended once/)
  t.match(await asApp(insert(', granted_by', `, '${persons.treasurer}'`)), /nobody_grants_themselves/)
  t.match(await asApp(insert(', stand_in_for', `, '${persons.operator}'`)), /a_stand_in_has_a_last_day/)
  t.match(
    await asApp(insert(', stand_in_for, last_day', `, '${elsewhere.personId}', '2027-04-01'`)),
    /foreign key/,
  )
  t.equal(await asApp(insert('', '')), 'done', 'what is allowed is')
  const all = `update auth.grants set ended_at = now() where organisation_id = ${organisationId}
    and role = 'administrator' and ended_at is null`
  t.match(await asApp(all), /keeps an administrator/)
  t.match(await asApp(all, false), /keeps an administrator/)
})

t.test('the first two who approve come from the terminal, and no third', async t => {
  const deps = { ...api.deps, organisationId: elsewhere.id }
  const make = (name: string, role = 'administrator') =>
    createAdministrator(deps, { email: `${name}@elders.example`, name, role })
  await t.rejects(make('twee', 'operator'), { code: 'invalid-request' })
  await t.rejects(createAdministrator(deps, { email: 'geen', name: 'x', role: 'approver' }), {
    code: 'invalid-request',
  })
  const id = await make('twee', 'approver')
  const before = await everything(api.owner)
  await t.rejects(make('drie'), { code: 'enough-approvers' })
  await t.rejects(make('drie', 'approver'), { code: 'enough-approvers' })
  t.strictSame(await everything(api.owner), before)
  t.match(await acts('role.give', id), [{ actor_kind: 'system' }])

  const third = await inTransaction(db, trx =>
    createOrganisation(trx, { slug: 'leeg', legalName: 'Leeg', contact: 'x@meent.example' }),
  )
  const fresh = { ...api.deps, organisationId: third }
  const first = { email: 'een@elders.example', name: 'Een' }
  await t.rejects(
    createAdministrator(fresh, { ...first, role: 'approver' }),
    { code: 'invalid-request' },
    'the administrator first',
  )
  await createAdministrator(fresh, { ...first, role: 'administrator' })
  await t.rejects(createAdministrator(fresh, { ...first, role: 'administrator' }), { code: 'role-held' })
  const tries = await Promise.allSettled(
    ['a', 'b', 'c'].map(name =>
      createAdministrator(fresh, {
        email: `${name}@elders.example`,
        name: `${name}${name}`,
        role: 'approver',
      }),
    ),
  )
  t.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1, 'three terminals at once make one')
})

t.test(
  'an approver of one pool is not the second of two: when one leaves, the terminal makes another',
  async t => {
    const real = await testApp(t)
    const { deps, persons, pools, owner } = real
    await owner.query('alter table platform.installation disable trigger guard_installation')
    const leave = (name: 'approver' | 'secondApprover') =>
      owner.query("update auth.grants set ended_at = now() where role = 'approver' and person_id = $1", [
        persons[name],
      ])
    await leave('secondApprover')
    await inTransaction(deps.db, trx =>
      grantRole(trx, real.organisationId, {
        ...{ personId: persons.secondApprover, role: 'approver', poolId: pools.open.id, grantedBy: null },
      }),
    )
    await owner.query("update platform.installation set mode = 'real'")
    const another = () =>
      createAdministrator(deps, { email: 'nieuw@meent.example', name: 'Nieuw', role: 'approver' })
    await t.rejects(another(), { code: 'enough-approvers' }, 'administrator and approver are two')
    await leave('approver')
    const id = await another()
    const { rows } = await owner.query('select role, pool_id from auth.grants where person_id = $1', [id])
    t.strictSame(rows, [{ role: 'approver', pool_id: null }])
    await t.rejects(
      createAdministrator(deps, { email: 'drie@meent.example', name: 'Drie', role: 'approver' }),
      { code: 'enough-approvers' },
    )
  },
)

t.test('a use case refuses without the guard in front of it', async t => {
  const actor = { kind: 'person', id: api.persons.treasurer } as const
  await t.rejects(giveRole(api.deps, actor, { personId: actor.id, role: 'auditor', reason: 'Proef' }), {
    code: 'not-yourself',
  })
})
