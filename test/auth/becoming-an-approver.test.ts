// From an invitation to a role that approves: a letter, a proposal on the person's page, another person's yes. And somebody
// who lost everything they could show starts anew, at the server alone.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { resetSecondFactor } from '../../src/auth/index.ts'
import { fund, recipient } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { allRefused, invalid } from '../support/refused.ts'
import { byMail, withAuthenticator } from './authenticator.ts'
import { lettersTo } from './mailbox.ts'

const api = await testApp(t)
const form = (fields: Record<string, string>) => ({
  method: 'POST' as const,
  payload: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})
const rolesOf = async (email: string) =>
  (
    await api.ask<{ people: { name: string; roles: { role: string }[] }[] }>('/v1/people', {
      as: 'administrator',
    })
  ).body.people
    .find(({ name }) => name === email)
    ?.roles.map(({ role }) => role)

t.test('invited by a letter, proposed by one, approved by another', async t => {
  const invited = { name: 'Nieuw', email: 'nieuw@gemeente.example', locale: 'en', reason: 'Proef' }
  const answer = await api.ask('/admin/people', { as: 'administrator', ...form(invited) })
  const personPath = String(answer.headers.location).split('?')[0] ?? ''
  const [letter] = await lettersTo(api, 'nieuw@gemeente.example')
  t.match(letter, {
    locale: 'en',
    letter: { action: { url: 'http://meent.test/en/sign-in' }, code: undefined },
  })
  t.match(
    letter?.letter.paragraphs.join(' '),
    /phone/,
    'it says that a second factor is set up the first time',
  )
  t.strictSame(await rolesOf('Nieuw'), [])
  const asked = { proposedRole: 'approver', proposedReason: 'Vervangt een collega die vertrekt' }
  const none = await api.ask(`${personPath}/approving-roles`, {
    as: 'administrator',
    ...form({ ...asked, proposedReason: '' }),
  })
  t.match(none, { status: 400, body: { text: /field-proposedReason-error/ } }, 'a reason is asked')
  const proposed = await api.ask(`${personPath}/approving-roles`, { as: 'administrator', ...form(asked) })
  t.match(proposed, { status: 303, headers: { location: /^\/admin\/changes/ } })
  t.strictSame(await rolesOf('Nieuw'), [], 'proposing gives nothing')
  const { rows } = await api.owner.query('select id from changes.changes where decided_at is null')
  const approvals = `/admin/changes/${rows[0].id}/approvals`
  const own = await api.ask(approvals, { as: 'administrator', ...form({}) })
  t.not(own.status, 303, 'not by whoever proposed it')
  t.match(await api.ask(approvals, { as: 'approver', ...form({}) }), { status: 303 })
  t.strictSame(await rolesOf('Nieuw'), ['approver'])
})

t.test(
  'invited for it in one go: a letter that promises nothing, a proposal, another person’s yes',
  async t => {
    await api.token('administrator')
    const before = await everything(api.owner)
    const invited = { name: 'Straks', email: 'straks@gemeente.example', locale: 'nl', role: 'approver' }
    const silent = await api.ask('/admin/people', { as: 'administrator', ...form(invited) })
    t.match(silent, { status: 400, body: { text: /id="field-reason-error"/ } }, 'a reason is asked')
    const nowhere = { ...invited, reason: 'Tweede goedkeurder', poolId: randomUUID() }
    t.match(await api.ask('/admin/people', { as: 'administrator', ...form(nowhere) }), { status: 404 })
    t.strictSame(await everything(api.owner), before, 'and nobody was invited')
    const asked = { ...invited, reason: 'Tweede goedkeurder', poolId: api.pools.open.id }
    api.requested.length = 0
    const answer = await api.ask('/admin/people', { as: 'administrator', ...form(asked) })
    t.match(answer, {
      status: 303,
      headers: { location: /^\/admin\/people\/[\w-]{36}\?notice=invited-and-proposed$/ },
    })
    t.strictSame(api.requested, ['send-mail'])
    const [letter] = await lettersTo(api, invited.email)
    t.notMatch(
      letter?.letter.paragraphs.join(' '),
      /goedkeurder/i,
      'nobody is told of a role that they do not have',
    )
    t.strictSame(await rolesOf('Straks'), [])
    const personPath = String(answer.headers.location).split('?')[0] ?? ''
    const page = await api.ask<{ text: string }>(personPath, { as: 'administrator' })
    t.match(page.body.text, 'Wacht op een tweede persoon')
    t.notMatch(page.body.text, 'propose-title', 'one proposal at a time')
    const changes = await api.ask<{ changes: { id: string }[] }>(
      '/v1/changes?state=open&kind=approving-role',
      {
        as: 'approver',
      },
    )
    t.match(changes.body.changes, [{ content: { poolId: api.pools.open.id, role: 'approver' } }])
    const approvals = `/v1/changes/${changes.body.changes[0]?.id}/approvals`
    t.match(await api.ask(approvals, { as: 'administrator', body: {} }), { status: 409 }, 'not by the maker')
    t.match(await api.ask(approvals, { as: 'approver', body: {} }), { status: /^20\d$/ })
    t.strictSame(await rolesOf('Straks'), ['approver'])
  },
)

t.test('the same by the API, as a stand-in until a last day', async t => {
  const person = await api.ask<{ id: string }>('/v1/people', {
    as: 'administrator',
    body: {
      name: 'Vervanger',
      email: 'vervanger@gemeente.example',
      roles: [{ role: 'operator' }],
      reason: 'Proef',
    },
  })
  t.equal(person.status, 201)
  const [letter] = await lettersTo(api, 'vervanger@gemeente.example')
  t.match(letter?.letter.paragraphs[0], 'Uw rol: Uitvoerder.')
  const proposal = {
    ...{ kind: 'approving-role', personId: person.body.id, role: 'approver', reason: 'Vakantie' },
    ...{ lastDay: '2027-12-31', standInFor: api.persons.approver },
  }
  const propose = (over: object) => ({ as: 'administrator', body: { ...proposal, ...over } }) as const
  await allRefused(t, api, [
    ['for no approver', '/v1/changes', propose({ standInFor: api.persons.operator }), invalid('standInFor')],
    ['for themselves', '/v1/changes', propose({ standInFor: person.body.id }), invalid('standInFor')],
    ['for longer than a stand-in is', '/v1/changes', propose({ lastDay: '2099-12-31' }), invalid('lastDay')],
    [
      'nor a role that one person gives',
      `/v1/people/${person.body.id}/roles`,
      {
        as: 'administrator',
        body: {
          ...{ role: 'operator', poolId: api.pools.open.id, lastDay: '9999-12-31' },
          ...{ standInFor: api.persons.operator, reason: 'Vakantie' },
        },
      },
      invalid('lastDay'),
    ],
    ['without a last day', '/v1/changes', propose({ lastDay: null }), invalid('lastDay')],
  ])
  const made = await api.ask<{ id: string }>('/v1/changes', { as: 'administrator', body: proposal })
  t.equal(made.status, 201)
  t.match(await api.ask(`/v1/changes/${made.body.id}/approvals`, { as: 'approver', body: {} }), {
    status: /^20\d$/,
  })
  t.strictSame(await rolesOf('Vervanger'), ['operator', 'approver'])
  const account = await (await byMail(api, 'vervanger@gemeente.example')).get('/account')
  t.match(account.text, '<time datetime="2027-12-31">', 'and one’s own page says until when')
})

t.test('proposed on the page for one pool; what is wrong is said at its field', async t => {
  const { body } = await api.ask<{ id: string }>('/v1/people', {
    as: 'administrator',
    body: { name: 'Potgenoot', email: 'potgenoot@gemeente.example', reason: 'Proef' },
  })
  const path = `/admin/people/${body.id}/approving-roles`
  const fields = {
    proposedRole: 'approver',
    proposedPoolId: api.pools.open.id,
    proposedReason: 'Voor één pot',
  }
  for (const [over, wrong] of [
    [{ proposedRole: '' }, 'proposedRole'],
    [{ proposedReason: 'x' }, 'proposedReason'],
    [{ proposedLastDay: '2020-01-01' }, 'proposedLastDay'],
    [{ proposedStandInFor: api.persons.operator, proposedLastDay: '2027-12-31' }, 'proposedStandInFor'],
    [{ proposedPoolId: randomUUID() }, 'proposedPoolId'],
  ] as const) {
    const answer = await api.ask<{ text: string }>(path, {
      as: 'administrator',
      ...form({ ...fields, ...over }),
    })
    t.match(answer.body.text, `id="field-${wrong}-error"`, `${wrong}: ${answer.status}`)
  }
  t.match(await api.ask(path, { as: 'administrator', ...form(fields) }), { status: 303 })
  t.match((await api.ask(path, { as: 'administrator', ...form(fields) })).status, 409, 'one at a time')
})

t.test('a recipient who may sign in gets a letter that asks no second factor', async t => {
  await fund(api, 500_000)
  const enrolmentId = await recipient(api, 'NL35MEEN0000000004')
  const body = { email: 'ontvanger@elders.example', locale: 'nl', reason: 'Proef' }
  t.match(await api.ask(`/v1/enrolments/${enrolmentId}/sign-in-addresses`, { as: 'operator', body }), {
    status: /20\d/,
  })
  const [letter] = await lettersTo(api, body.email)
  t.match(letter?.letter.action?.url, 'http://meent.test/sign-in')
  t.notMatch(letter?.letter.paragraphs.join(' '), /telefoon/)
  t.match(letter?.letter.paragraphs[0], 'wat al is uitbetaald')
  t.equal(api.requested.at(-1), 'send-mail')
})

t.test('whoever lost every second factor starts anew, at the server and for a reason', async t => {
  const email = 'treasurer@meent.example'
  const { who } = await withAuthenticator(api, email)
  t.equal((await who.get('/admin')).status, 200)
  await t.rejects(resetSecondFactor(api.deps, { email, reason: '' }), { code: 'invalid-request' })
  await t.rejects(
    resetSecondFactor(api.deps, { email: 'niemand@elders.example', reason: 'Telefoon kwijt' }),
    {
      code: 'not-found',
    },
  )
  await resetSecondFactor(api.deps, { email, reason: 'Telefoon en codes kwijt, gezien met paspoort' })
  t.match(await who.get('/admin'), { status: 303, to: /^\/sign-in/ }, 'signed out')
  const [letter] = await lettersTo(api, email)
  t.match(letter?.letter.paragraphs[0], /weggehaald/, 'and told')
  const again = await withAuthenticator(api, email)
  t.equal((await again.who.get('/admin')).status, 200)
  const { rows } = await api.owner.query(
    "select actor_kind, reason from acts.acts where action = 'second-factor.reset'",
  )
  t.match(rows, [{ actor_kind: 'system', reason: /paspoort/ }])
})

t.test('two addresses for one enrolment at once: one after the other, and the last one works', async t => {
  const enrolmentId = await recipient(api, 'NL08MEEN0000000005')
  const answers = await Promise.all(
    ['een', 'twee', 'drie', 'vier'].map(name =>
      api.ask(`/v1/enrolments/${enrolmentId}/sign-in-addresses`, {
        as: 'operator',
        body: { email: `${name}@elders.example`, locale: 'nl', reason: 'Proef' },
      }),
    ),
  )
  t.strictSame([...new Set(answers.map(({ status }) => Math.floor(status / 100)))], [2])
  const { rows } = await api.owner.query(
    'select count(*)::int as n from auth.persons where enrolment_id = $1',
    [enrolmentId],
  )
  t.equal(rows[0].n, 1)
})
