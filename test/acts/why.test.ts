// Whoever decides about people, settings or what is personal says why: the trail takes no act without it.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { testApp } from '../support/app.ts'

const api = await testApp(t)
const id = randomUUID()

const acts = async (
  action: string,
  reason: string | null,
  more: { kind?: string; subject?: string } = {},
) => {
  const { kind = 'person', subject = randomUUID() } = more
  await api.owner.query('begin; set local role meent_app')
  try {
    await api.owner.query(
      `insert into acts.acts (organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id, reason)
       values ($1, now(), $2, $3, $4, 'x', $5, $6)`,
      [api.organisationId, kind, kind === 'system' ? null : id, action, subject, reason],
    )
    return 'kept'
  } catch (error) {
    return (error as { constraint?: string }).constraint ?? String(error)
  } finally {
    await api.owner.query('rollback')
  }
}

const decisions = [
  ...['person.invite', 'person.disable', 'role.give', 'role.end', 'email.read'],
  ...[
    'key.make',
    'key.rotate',
    'key.end',
    'pool.close',
    'payments.freeze',
    'change.propose',
    'change.reject',
  ],
  ...[
    'enrolment.create',
    'enrolment.give-sign-in',
    'representation.start',
    'account.read',
    'payment-file.read',
  ],
  ...['suspense.resolve', 'refund.decide', 'refund.withdraw'],
]

for (const action of decisions)
  t.test(`${action} says why`, async t => {
    t.equal(await acts(action, null), 'says_why')
    t.equal(await acts(action, 'x'), 'acts_reason_check', 'in words')
    t.equal(await acts(action, 'Dat is nodig'), 'kept')
    t.equal(
      await acts(action, null, { kind: 'system' }),
      'kept',
      'what the system does has no reason of its own',
    )
  })

for (const action of [
  ...['campaign.refuse', 'campaign.review', 'campaign-update.remove', 'campaign-outcome.decide'],
  'campaign-outcome.withdraw',
])
  t.test(`${action} says why`, async t => {
    t.equal(await acts(action, null), 'says_why_of_campaigns')
    t.equal(await acts(action, 'Dat is nodig'), 'kept')
  })

t.test('ending one’s own sessions needs no reason, a colleague’s does', async t => {
  t.equal(await acts('session.end-all', null, { subject: id }), 'kept')
  t.equal(await acts('session.end-all', null), 'says_why')
  t.equal(await acts('session.end-all', 'Laptop gestolen'), 'kept')
})

t.test('a month like the others needs no words', async t => {
  for (const action of ['cycle.propose', 'cycle.approve', 'payment-file.make', 'payment-file.hand-over'])
    t.strictSame([await acts(action, null), await acts(action, 'Twee weken later')], ['kept', 'kept'], action)
})
