// Helping a recipient, how a recipient signs in, and an account in clear: who may, for whom, for how long, and what is told.

import t from 'tap'
import { helpRecipient, sessionOfToken, signInForDemonstration } from '../../src/auth/index.ts'
import { makeAvailable, postTransactions } from '../../src/donations/index.ts'
import { createOrganisation } from '../../src/organisations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { type Question, testApp } from '../support/app.ts'
import { addMember } from '../support/app-seed.ts'
import { allRefused, invalid } from '../support/refused.ts'
import { lettersTo } from './mailbox.ts'

t.setTimeout(180_000)

const api = await testApp(t)
const { db, organisationId, vault } = api.deps
const { open, other } = api.pools
const NAME = 'Proef Ontvanger'
const IBAN = 'NL35MEEN0000000004'

for (const pool of [open, other]) await api.give(pool.id, 900_000)
await postTransactions(api.deps)
await api.liveTo('2027-03-08')
await makeAvailable(api.deps)

const person = {
  name: NAME,
  birthDate: '1980-05-05',
  iban: IBAN,
  firstMonth: '2027-03',
  checkedHow: 'Paspoort gezien',
  reason: 'Geloot',
}
const enrolIn = async (poolId: string, more: object = {}) => {
  const answer = await api.ask<{ id: string }>(`/v1/pools/${poolId}/enrolments`, {
    as: 'operator',
    body: { ...person, ...more },
  })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body.id
}
const mine = await enrolIn(open.id)
const theirs = await enrolIn(other.id)
const member = (name: string, role: 'operator' | 'treasurer', poolId?: string) =>
  inTransaction(db, trx => addMember(trx, vault, organisationId, name, role, poolId))
const ofPool = await member('van-de-pot', 'operator', open.id)
const signIn = async (personId: string) => {
  const { token } = await signInForDemonstration(api.deps, personId, { requestId: 'test' })
  return { token, headers: { authorization: `Bearer ${token}` } }
}
const acts = async (action: string, subject: string) =>
  (
    await api.owner.query('select * from acts.acts where action = $1 and subject_id = $2 order by id', [
      action,
      subject,
    ])
  ).rows
const accountOf = async (enrolmentId: string) =>
  (await api.owner.query('select * from auth.persons where enrolment_id = $1', [enrolmentId])).rows[0]
const because = { reason: 'Belde: heeft geen computer' }

t.test('whoever helps sees that page, says so on each page and in each act, and can stop', async t => {
  const { headers } = await signIn(ofPool)
  const page = async (path: string) => String((await api.ask(path, { headers })).body.text)
  t.equal((await api.ask('/my-income', { headers })).status, 403, 'not before')
  t.match(await api.ask(`/v1/enrolments/${mine}/representations`, { headers, body: because }), {
    status: 201,
  })
  t.match(await page('/my-income'), /0004/, 'the account of that recipient, masked')
  for (const path of ['/my-income', '/', '/admin']) t.match(await page(path), /help-endings/, path)
  await api.ask(`/v1/enrolments/${mine}/sign-in-addresses`, {
    headers,
    body: { email: 'a@elders.example', ...because },
  })
  t.match(await acts('enrolment.give-sign-in', mine), [{ on_behalf_of: mine, actor_id: ofPool }])
  t.match(await acts('representation.start', mine), [
    { on_behalf_of: mine, reason: because.reason, detail: { role: 'operator' } },
  ])
  t.equal((await api.ask(`/v1/enrolments/${mine}/representations`, { headers, body: because })).status, 409)
  t.equal((await api.ask('/v1/representation-endings', { headers, method: 'POST' })).status, 204)
  t.equal((await api.ask('/my-income', { headers })).status, 403, 'not after')
  t.notMatch(await page('/admin'), /help-endings/)
  t.equal((await api.ask('/v1/representation-endings', { headers, method: 'POST' })).status, 204)
  t.match(await acts('representation.end', mine), { length: 1 }, 'what is no end is no act')
})

t.test('the recipient sees when, as what and why; nobody else does', async t => {
  const { headers } = await signIn((await accountOf(mine)).id)
  const page = String((await api.ask('/my-income', { headers })).body.text)
  t.match(page, /Wie je hielp[\s\S]*8 maart 2027[\s\S]*Uitvoerder[\s\S]*Belde: heeft geen computer/)
  t.notMatch(page, 'van-de-pot', 'and no name of a colleague')
})

t.test('not in another pool, not elsewhere, not oneself, not without a reason', async t => {
  const elsewhere = await inTransaction(db, async trx => {
    const id = await createOrganisation(trx, {
      slug: 'elders',
      legalName: 'Elders',
      contact: 'x@meent.example',
    })
    return { id, operator: await addMember(trx, vault, id, 'elders', 'operator') }
  })
  const { headers } = await signIn(ofPool)
  const at = (id: string) => `/v1/enrolments/${id}/representations`
  const limited = { status: 403, code: 'not-allowed' } as const
  await allRefused(t, api, [
    ['another pool', at(theirs), { headers, body: because }, limited],
    [
      'no such enrolment',
      at(api.pools.open.id),
      { as: 'operator', body: because },
      { status: 404, code: 'not-found', field: 'enrolmentId' },
    ],
    ['a treasurer', at(mine), { as: 'treasurer', body: because }, limited],
    ['an administrator', at(mine), { as: 'administrator', body: because }, limited],
    ['a recipient', at(mine), { as: 'recipient', body: because }, limited],
    ['without a reason', at(mine), { as: 'operator', body: {} }, invalid('reason')],
  ])
  const session = (await sessionOfToken(api.deps, (await signIn(ofPool)).token))?.id ?? ''
  const actor = { kind: 'person', id: ofPool, session } as const
  const input = { enrolmentId: theirs, reason: 'Zomaar' }
  await t.rejects(helpRecipient(api.deps, actor, input), { code: 'not-allowed' }, 'without the guard too')
  const there = { ...api.deps, organisationId: elsewhere.id }
  const stranger = { kind: 'person', id: elsewhere.operator, session } as const
  await t.rejects(helpRecipient(there, stranger, input), { code: 'not-found' })
  await t.rejects(
    api.owner.query(
      `insert into auth.sessions (organisation_id, id, token_sha256, person_id, expires_at, acting_for, acting_reason, acting_since)
        values ($1, gen_random_uuid(), sha256('x'), $2, now() + interval '1 hour', $3, 'Zomaar', now())`,
      [elsewhere.id, elsewhere.operator, theirs],
    ),
    /helped_in_this_organisation/,
  )
})

t.test('two clicks at once begin once; and it asks the second factor anew', async t => {
  const helper = await member('dubbel', 'operator', open.id)
  const { headers, token } = await signIn(helper)
  const begin = (id: string) => api.ask(`/v1/enrolments/${id}/representations`, { headers, body: because })
  const at = (action: string) =>
    api.owner.query('select from acts.acts where action = $1 and actor_id = $2', [action, helper])
  const another = await enrolIn(open.id, { iban: 'NL08MEEN0000000005' })
  const clicks = await Promise.all([mine, another, mine, another].map(begin))
  t.strictSame(clicks.map(({ status }) => status).toSorted(), [201, 409, 409, 409])
  t.equal((await at('representation.start')).rowCount, 1)
  await api.ask('/v1/representation-endings', { headers, method: 'POST' })
  t.equal((await at('representation.end')).rowCount, 1, 'as many ends as beginnings')
  await api.owner.query(
    `update auth.sessions set second_factor_at = now() - interval '11 minutes'
      where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
    [token],
  )
  await allRefused(t, api, [
    [
      'with a second factor of long ago',
      `/v1/enrolments/${mine}/representations`,
      { headers, body: because },
      { status: 401, code: 'fresh-sign-in-needed' },
    ],
  ])
})

t.test('it ends by itself, with the role, and with the session', async t => {
  const helper = await member('even', 'operator', open.id)
  const { headers, token } = await signIn(helper)
  const status = async () => (await api.ask('/my-income', { headers })).status
  const begin = () => api.ask(`/v1/enrolments/${mine}/representations`, { headers, body: because })
  const since = (interval: string) =>
    api.owner.query(
      `update auth.sessions set acting_since = clock_timestamp() - $2::interval
        where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
      [token, interval],
    )
  await begin()
  await since('29 minutes')
  t.equal(await status(), 200)
  await since('31 minutes')
  t.equal(await status(), 403, 'after half an hour')
  t.equal((await begin()).status, 201, 'and it can be begun again')
  await inTransaction(db, trx => addMember(trx, vault, organisationId, 'x', 'operator', other.id))
  await api.owner.query('update auth.grants set ended_at = now() where person_id = $1', [helper])
  t.equal(await status(), 403, 'without the role')
})

t.test('helping gives no more than the recipient could', async t => {
  const helper = await member('beperkt', 'operator', open.id)
  const { headers } = await signIn(helper)
  const paths = ['/v1/people', '/v1/bank-accounts', `/v1/pools/${other.id}/enrolments`]
  const statuses = () => Promise.all(paths.map(async path => (await api.ask(path, { headers })).status))
  const before = await statuses()
  await api.ask(`/v1/enrolments/${mine}/representations`, { headers, body: because })
  t.strictSame(await statuses(), before)
  t.strictSame(before, [403, 403, 403])
})

t.test('enrolling with an address makes an account, linked, in the same transaction', async t => {
  const id = await enrolIn(open.id, {
    email: 'Nieuw@Elders.example',
    locale: 'en',
  })
  t.ok(id)
  const account = await accountOf(id)
  t.match(account, { name: '', locale: 'en' })
  const { rows } = await api.owner.query('select role, pool_id from auth.grants where person_id = $1', [
    account.id,
  ])
  t.strictSame(rows, [{ role: 'recipient', pool_id: open.id }])
  t.notMatch(JSON.stringify((await api.owner.query('select * from acts.acts')).rows), /elders\.example/i)
  const taken = { status: 409, code: 'email-taken', field: 'email', act: 'email.find-taken' } as const
  const enrolling = (email: string): Question => ({ as: 'operator', body: { ...person, email } })
  const at = (enrolmentId: string) => `/v1/enrolments/${enrolmentId}/sign-in-addresses`
  await allRefused(t, api, [
    ['of a running enrolment', `/v1/pools/${other.id}/enrolments`, enrolling('nieuw@elders.example'), taken],
    ['later too', at(theirs), { as: 'operator', body: { email: 'nieuw@elders.example', ...because } }, taken],
    [
      "the operator's own",
      at(theirs),
      { as: 'operator', body: { email: 'operator@meent.example', ...because } },
      { status: 409, code: 'not-yourself', field: 'email' },
    ],
    ['none', at(theirs), { as: 'operator', body: { email: 'geen', ...because } }, invalid('email')],
    [
      'by a treasurer',
      at(theirs),
      { as: 'treasurer', body: { email: 'b@elders.example', ...because } },
      { status: 403, code: 'not-allowed' },
    ],
  ])
})

t.test('a donor who becomes a recipient keeps one account; another address takes its place', async t => {
  const give = (email: string) =>
    api.ask(`/v1/enrolments/${theirs}/sign-in-addresses`, { as: 'operator', body: { email, ...because } })
  t.equal((await give('donor@meent.example')).status, 204)
  const donor = await accountOf(theirs)
  t.equal(donor.id, api.persons.donor)
  const { headers } = await signIn(donor.id)
  t.equal((await api.ask('/my-income', { headers })).status, 200)
  t.equal((await give('donor@meent.example')).status, 204, 'the same again changes nothing')
  t.equal((await acts('enrolment.give-sign-in', theirs)).length, 1)
  t.equal((await give('anders@elders.example')).status, 204)
  t.equal((await api.ask('/my-income', { headers })).status, 401, 'the old account is signed out')
  const after = (await api.owner.query('select * from auth.persons where id = $1', [donor.id])).rows[0]
  t.ok(after.email_sealed, 'and stays the donor’s, with its address')
  const first = await accountOf(theirs)
  t.equal((await give('nog-een@elders.example')).status, 204)
  t.match(
    (await lettersTo(api, 'anders@elders.example')).at(0)?.letter.paragraphs[0],
    'ander e-mailadres',
    'and that address is told before',
  )
  const left = (await api.owner.query('select * from auth.persons where id = $1', [first.id])).rows[0]
  t.equal(left.email_sealed, null, 'of an account with nothing left the address is forgotten')
})

t.test('a colleague whose address is given and taken again stays signed in, and reachable', async t => {
  const give = (email: string) =>
    api.ask(`/v1/enrolments/${theirs}/sign-in-addresses`, { as: 'operator', body: { email, ...because } })
  const { headers } = await signIn(api.persons.auditor)
  t.equal((await give('auditor@meent.example')).status, 204)
  t.equal((await give('weer-anders@elders.example')).status, 204)
  t.equal((await api.ask('/admin', { headers })).status, 200)
  const invited = await api.ask<{ id: string }>('/v1/people', {
    as: 'administrator',
    body: { name: 'Straks Iemand', email: 'straks@elders.example', roles: [], ...because },
  })
  t.equal(invited.status, 201)
  t.equal((await give('straks@elders.example')).status, 204)
  t.equal((await give('en-weer@elders.example')).status, 204)
  const { rows } = await api.owner.query('select email_sealed from auth.persons where id = $1', [
    invited.body.id,
  ])
  t.ok(rows[0].email_sealed, 'one without a role yet too')
})

t.test('two pools enrol with one new address at once: one of them', async t => {
  const both = await Promise.all(
    [mine, theirs].map(id =>
      api.ask(`/v1/enrolments/${id}/sign-in-addresses`, {
        as: 'operator',
        body: { email: 'samen@elders.example', ...because },
      }),
    ),
  )
  t.strictSame(both.map(({ status }) => status).toSorted(), [204, 409])
})

t.test('an account is read in clear for a reason, once, and nowhere else', async t => {
  const at = `/v1/enrolments/${mine}/account-readings`
  await api.token('operator')
  const read = await api.ask(at, { as: 'operator', body: { reason: 'Belt over een storting' } })
  t.match(read, { status: 200, body: { name: NAME, iban: IBAN }, headers: { 'cache-control': 'no-store' } })
  t.match(await acts('account.read', mine), [
    { reason: 'Belt over een storting', actor_id: api.persons.operator },
  ])
  t.notMatch(JSON.stringify(await acts('account.read', mine)), IBAN)
  const limited = await signIn(ofPool)
  const old = await signIn(api.persons.operator)
  await api.owner.query(
    `update auth.sessions set second_factor_at = now() - interval '11 minutes'
      where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
    [old.token],
  )
  const body = { reason: 'Zomaar even kijken' }
  await allRefused(t, api, [
    ['without a reason', at, { as: 'operator', body: {} }, invalid('reason')],
    ['an approver', at, { as: 'approver', body }, { status: 403, code: 'not-allowed' }],
    ['an auditor', at, { as: 'auditor', body }, { status: 403, code: 'not-allowed' }],
    ['an administrator', at, { as: 'administrator', body }, { status: 403, code: 'not-allowed' }],
    ['the recipient', at, { as: 'recipient', body }, { status: 403, code: 'not-allowed' }],
    [
      'another pool',
      `/v1/enrolments/${theirs}/account-readings`,
      { headers: limited.headers, body },
      { status: 403, code: 'not-allowed' },
    ],
    [
      'a sign-in of long ago',
      at,
      { headers: old.headers, body },
      { status: 401, code: 'fresh-sign-in-needed' },
    ],
  ])
  const page = await api.app.inject({
    method: 'POST',
    url: `/admin/enrolments/${mine}/account-readings`,
    headers: { ...old.headers, authorization: `Bearer ${await api.token('operator')}` },
    payload: { reason: 'Belt weer' },
  })
  t.match(page.body, 'NL35 MEEN 0000 0000 04')
  t.equal(page.headers['cache-control'], 'no-store')
})

t.test('no other answer has a full account or a name, whoever asks', async t => {
  const paths = [
    ...[
      '/v1/pools',
      `/v1/pools/${open.id}`,
      `/v1/pools/${open.id}/enrolments`,
      `/v1/pools/${open.id}/cycles`,
    ],
    ...['/v1/people', '/v1/bank-accounts', '/v1/findings', '/v1/ledger-accounts', '/v1/trial-balance'],
    ...['/admin', '/admin/people', `/admin/pools/${open.slug}`, `/admin/enrolments/${mine}`, '/my-income'],
    ...[`/admin/enrolments/${mine}/account-readings`, '/admin/permissions', '/admin/reconciliation'],
  ]
  const whole = new RegExp(`${NAME}|${IBAN}|${IBAN.replaceAll(/(.{4})(?=.)/g, '$1 ')}`)
  for (const as of [
    'operator',
    'treasurer',
    'privacyOfficer',
    'auditor',
    'administrator',
    'approver',
  ] as const)
    for (const path of paths) {
      const answer = await api.ask(path, { as })
      t.notMatch(JSON.stringify(answer.body), whole, `${path} as ${as}: ${answer.status}`)
      t.ok(answer.status < 500)
    }
})
