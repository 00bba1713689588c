// What the database itself refuses about campaigns, to raw SQL under the application's login and to its owner.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import {
  approveOutcome,
  type Campaign,
  campaignStates,
  carryOut,
  decideCampaign,
  decideOutcome,
  writeUpdate,
} from '../../src/campaigns/index.ts'
import { raw, refusedToBoth } from '../changes/run.ts'
import { testApp } from '../support/app.ts'
import { campaignNow, drafted, ended, person, running, story, submitted } from './run.ts'

const api = await testApp(t)
const { organisationId, persons, pools, deps } = api
type Statement = readonly [sql: string, values: readonly unknown[]]
const no = (t: Test, what: string, statement: Statement | readonly Statement[], codes?: string[]) =>
  refusedToBoth(
    t,
    api,
    what,
    typeof statement[0] === 'string' ? [statement as Statement] : (statement as Statement[]),
    codes,
  )

const later = { lastDay: '2027-09-01' }
const own = { forWhom: 'self', otherAgreed: false, ...later } as const
const open = await running(api, own)
const ids: Partial<Record<Campaign['state'], string>> = {
  ...{ draft: await drafted(api, later), submitted: await submitted(api, later), open: open.id, ended: '' },
  refused: await submitted(api, later),
}
await decideCampaign(deps, person(api, 'operator'), {
  ...{ campaignId: ids.refused ?? '', decision: 'refuse', reason: 'Vertel meer' },
})

const { campaign: unreached } = await ended(api, { movesTo: pools.open.id }, 2_500)
ids.ended = unreached.id

/** All that goes with being in a state, so that only the step itself can be what is refused. */
const setTo = (id: string, state: string, by = persons.operator): Statement => [
  `update campaigns.campaigns set state = $2,
     look_by = case when $2 = 'submitted' then date '2027-05-10' end,
     because = case when $2 = 'refused' then 'Vertel meer' end,
     decided_by = case when $2 in ('open', 'refused') then $3::uuid else decided_by end,
     decided_at = case when $2 in ('open', 'refused') then now() else decided_at end,
     reached_at = coalesce(reached_at, case when $2 = 'reached' then now() end),
     ended_at = coalesce(ended_at, case when $2 = 'ended' then timestamptz '2027-10-01' end),
     raised = coalesce(raised, case when $2 = 'ended' then 0 end)
   where id = $1`,
  [id, state, by],
]
const steps: Partial<Record<Campaign['state'], readonly string[]>> = {
  draft: ['submitted'],
  submitted: ['draft', 'refused'],
  refused: ['draft'],
  open: ['reached', 'ended'],
  ended: [],
}

t.test('a campaign goes along its life cycle and no other way', async t => {
  for (const [from, to] of Object.entries(ids)) {
    t.equal((await campaignNow(api, to)).state, from)
    for (const state of campaignStates.filter(each => each !== from)) {
      if (steps[from as 'draft']?.includes(state))
        await t.resolves(raw(api, 'app', [setTo(to, state)]), `${from} to ${state}`)
      else await no(t, `${from} to ${state}`, setTo(to, state), ['MT001', '23514'])
    }
  }
})

t.test('what was submitted stays as it was; whose it is stays always', async t => {
  for (const id of [ids.submitted, ids.open, ids.ended])
    for (const set of [
      `title = 'Iets anders'`,
      'monthly_amount = 20000',
      `last_day = '2027-10-01'`,
      `for_whom = 'other', other_agreed = true, term_months = 4`,
    ])
      await no(t, set, [`update campaigns.campaigns set ${set} where id = $1`, [id]])
  await no(t, 'another’s choice', [
    `update campaigns.campaigns set if_unreached = 'refund', moves_to = null where id = $1`,
    [ids.ended],
  ])
  await no(t, 'another starter', [
    'update campaigns.campaigns set starter_id = $2 where id = $1',
    [ids.draft, persons.recipient],
  ])
  const said: Statement = [
    'update campaigns.stories set story = $2 where campaign_id = $1',
    [ids.open, story],
  ]
  await no(t, 'another story', said)
  const personal: Statement = ['set local role meent_personal', []]
  await t.rejects(raw(api, 'app', [personal, said]), { code: 'MT001' })
  await no(t, 'removed', ['delete from campaigns.campaigns where id = $1', [ids.submitted]])
})

t.test('staff decides, and nobody on their own', async t => {
  for (const who of ['donor', 'auditor', 'treasurer', 'approver'] as const)
    await no(t, `refused by ${who}`, setTo(ids.submitted ?? '', 'refused', persons[who]), ['MT001', '23514'])
  const mine = await submitted(api, later, 'operator')
  await no(t, 'by its starter', setTo(mine, 'refused', persons.operator), ['23514'])
  await no(t, 'a pool with other terms', [
    `update campaigns.campaigns set state = 'open', look_by = null, pool_id = $2, decided_by = $3, decided_at = now()
        where id = $1`,
    [ids.submitted, pools.other.id, persons.operator],
  ])
})

t.test('money for oneself has a limit, and one campaign at a time', async t => {
  const insert = (set: string): Statement => [
    `insert into campaigns.campaigns (organisation_id, id, starter_id, locale, title, area, for_whom, other_agreed,
       monthly_amount, term_months, currency, last_day, if_unreached, moves_to, started_at)
     select organisation_id, gen_random_uuid(), starter_id, locale, title, area, for_whom, other_agreed, monthly_amount,
       term_months, currency, last_day, if_unreached, moves_to, started_at from (
         select *, ${set} from campaigns.campaigns where id = $1) c`,
    [ids.open],
  ]
  await t.resolves(raw(api, 'app', [insert('true as x')]))
  const more = (column: string, value: unknown): Statement => [
    `update campaigns.campaigns set ${column} = $2 where id = $1`,
    [ids.draft, value],
  ]
  await no(
    t,
    'more than the limit',
    [
      `update campaigns.campaigns set for_whom = 'self', monthly_amount = 150001, term_months = 12 where id = $1`,
      [ids.draft],
    ],
    ['23514'],
  )
  await no(t, 'for another who did not agree', more('other_agreed', false), ['23514'])
  await no(t, 'without a place to move to', more('if_unreached', 'moves'), ['23514'])
  await no(
    t,
    'a second one',
    [
      [`update campaigns.campaigns set for_whom = 'self' where id = $1`, [ids.draft]],
      setTo(ids.draft ?? '', 'submitted'),
    ],
    ['23505'],
  )
})

t.test(
  'a picture is a JPEG with words; what is told is read by the role for personal data alone',
  async t => {
    const picture = (bytes: Buffer | null, alt: string | null): Statement => [
      'update campaigns.stories set picture = $2, picture_alt = $3 where campaign_id = $1',
      [ids.draft, bytes, alt],
    ]
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
    await no(t, 'a PNG', picture(Buffer.from('\x89PNG', 'latin1'), 'Een tuin'), ['23514'])
    await no(t, 'a drawing', picture(Buffer.from('<svg/>'), 'Een tuin'), ['23514'])
    await no(t, 'without words', picture(jpeg, null), ['23514'])
    await no(t, 'with markup', picture(jpeg, '<b>tuin</b>'), ['23514'])
    for (const sql of [
      'select story from campaigns.stories',
      'select picture from campaigns.stories',
      'select words from campaigns.updates',
    ])
      await t.rejects(raw(api, 'app', [[sql, []]]), { code: '42501' }, sql)
  },
)

t.test('updates are the campaigner’s; taken down by staff, with a reason, and erased', async t => {
  const write = (by: string): Statement => [
    `insert into campaigns.updates (organisation_id, id, campaign_id, words, written_by, written_at)
     values ($1, $2, $3, 'Wat een mooi begin', $4, now())`,
    [organisationId, randomUUID(), ids.open, by],
  ]
  await t.resolves(raw(api, 'app', [write(persons.donor)]))
  await no(t, 'by staff', write(persons.operator))
  await no(t, 'by somebody else', write(persons.recipient))
  const updateId = await writeUpdate(deps, person(api, 'donor'), {
    ...{ campaignId: open.id, words: 'Wat een mooi begin', idempotencyKey: randomUUID() },
  })
  const set = (what: string, by = persons.operator): Statement => [
    `update campaigns.updates set ${what} where id = $1 and $2::uuid is not null`,
    [updateId, by],
  ]
  await no(t, 'other words', set(`words = 'Koop nu bij ons'`))
  await no(t, 'without a reason', set('words = null'), ['MT001', '23514'])
  const gone = `words = null, removed_by = $2, removed_at = now(), removed_because = 'Een adres'`
  await no(t, 'by the campaigner', set(gone, persons.donor))
  await t.resolves(raw(api, 'app', [set(gone)]))
  await no(t, 'removed', ['delete from campaigns.updates where id = $1', [updateId]])
})

t.test('a review is by staff who did not approve, and stays', async t => {
  const review = (by: string, id = ids.open): Statement => [
    `insert into campaigns.reviews (organisation_id, campaign_id, reviewed_by, reviewed_at, reason)
     values ($1, $2, $3, now(), 'Gesproken')`,
    [organisationId, id, by],
  ]
  await no(t, 'by who approved', review(persons.operator))
  await no(t, 'by the starter', review(persons.donor))
  await no(t, 'by a treasurer', review(persons.treasurer))
  await no(t, 'of money for another', review(persons.approver, ids.ended))
  await t.resolves(raw(api, 'app', [review(persons.approver)]))
  await no(t, 'taken back', [review(persons.approver), ['delete from campaigns.reviews', []]])
})

t.test('what was chosen is carried out by two people, and by no other way', async t => {
  const decide = (by: string, id = ids.ended): Statement => [
    `insert into campaigns.outcomes (organisation_id, id, campaign_id, decided_by, decided_at)
     values ($1, '019a7c1e-55b0-7cc3-98c4-dc0c0c0c0001', $2, $3, now())`,
    [organisationId, id, by],
  ]
  const approve = (by: string): Statement => [
    `update campaigns.outcomes set approved_by = $1, approved_at = now() where approved_at is null`,
    [by],
  ]
  const move = (amount = 100): Statement => [
    `insert into campaigns.moves (organisation_id, outcome_id, position, amount, moved_at)
     values ($1, '019a7c1e-55b0-7cc3-98c4-dc0c0c0c0001', 1, $2, now())`,
    [organisationId, amount],
  ]
  await t.resolves(raw(api, 'app', [decide(persons.operator), approve(persons.approver), move()]))
  await no(t, 'of one that runs', decide(persons.operator, ids.open))
  await no(t, 'decided by an approver', decide(persons.approver))
  await no(t, 'decided by its starter', decide(persons.donor))
  await no(t, 'decided twice', [decide(persons.operator), decide(persons.operator)], ['23505'])
  await no(
    t,
    'approved by who decided',
    [decide(persons.operator), approve(persons.operator)],
    ['MT001', '23514'],
  )
  await no(t, 'approved by a treasurer', [decide(persons.operator), approve(persons.treasurer)])
  await no(t, 'moved by one', [decide(persons.operator), move()])
  await no(
    t,
    'done by one',
    [decide(persons.operator), ['update campaigns.outcomes set done_at = now()', []]],
    ['23514'],
  )
  await no(t, 'closed without it', setTo(ids.ended ?? '', 'closed'))
  await no(t, 'approved by who alone made the decider an operator', [
    [`update auth.grants set granted_by = $1 where person_id = $2`, [persons.approver, persons.operator]],
    decide(persons.operator),
    approve(persons.approver),
  ])
})

t.test('each step is taken once', async t => {
  const decision = { campaignId: unreached.id, reason: 'Zoals beloofd', idempotencyKey: randomUUID() }
  const outcomeId = await decideOutcome(deps, person(api, 'operator'), decision)
  await approveOutcome(deps, person(api, 'approver'), { outcomeId })
  const set = (what: string): Statement => [
    `update campaigns.outcomes set ${what} where id = $1`,
    [outcomeId],
  ]
  await no(t, 'another approver', set(`approved_by = '${persons.secondApprover}'`))
  await carryOut(deps)
  await no(t, 'done again', set('done_at = now()'))
  await no(t, 'called off when done', set(`withdrawn_by = '${persons.operator}', withdrawn_at = now()`))
  await no(t, 'what moved is removed', ['delete from campaigns.moves', []])
})
