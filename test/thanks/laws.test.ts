// What the database itself refuses about thank-yous, to raw SQL under the application's login and to its owner.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { raw, refusedToBoth } from '../changes/run.ts'
import { testApp } from '../support/app.ts'
import { become, decide, enrolled, takeAway, words, written } from './run.ts'

const api = await testApp(t)
const { organisationId, persons, pools } = api
const states = ['waiting', 'shown', 'refused', 'taken-away'] as const
type State = (typeof states)[number]
type Statement = readonly [sql: string, values: readonly unknown[]]

const enrolments = await enrolled(api, 4)
const ids = {} as Record<State, string>
for (const [index, state] of states.entries()) {
  await become(api, enrolments[index] ?? '')
  ids[state] = await written(api, { nickname: 'Tuinier' })
  if (state === 'shown') await decide(api, ids.shown, 'show')
  if (state === 'refused') await decide(api, ids.refused, 'refuse', 'hurtful')
  if (state === 'taken-away') await takeAway(api, ids['taken-away'])
}
const no = (t: Test, what: string, statement: Statement, codes?: string[]) =>
  refusedToBoth(t, api, what, [statement], codes)

/** All that goes with being in a state, so that only the step itself can be what is refused. */
const setTo = (id: string, state: State, by = persons.administrator): Statement =>
  state === 'taken-away'
    ? [`update thanks.thanks set state = 'taken-away' where id = $1`, [id]]
    : [
        `update thanks.thanks set state = $2, because = $3, look_by = $4::date, decided_by = $5, decided_at = now() where id = $1`,
        [
          ...[id, state, state === 'refused' ? 'hurtful' : null, state === 'waiting' ? '2027-03-09' : null],
          state === 'waiting' ? null : by,
        ],
      ]
const set = (what: string, id: string): Statement => [`update thanks.thanks set ${what} where id = $1`, [id]]
const insert = (
  enrolmentId: string | undefined,
  more: {
    at?: string
    state?: string
    poolId?: string
    text?: string
    nickname?: string
    helpedBy?: string
  } = {},
): Statement => [
  `insert into thanks.thanks (organisation_id, id, enrolment_id, pool_id, locale, text, nickname, state, written_at, look_by,
     helped_by) values ($1, $2, $3, $4, 'nl', $5, $6, $7, $8, '2027-03-09', $9)`,
  [
    ...[organisationId, randomUUID(), enrolmentId, more.poolId ?? pools.open.id, more.text ?? words],
    ...[
      more.nickname ?? null,
      more.state ?? 'waiting',
      more.at ?? '2027-06-10T10:00:00Z',
      more.helpedBy ?? null,
    ],
  ],
]
const NEXT_MONTH = '2027-04-10T10:00:00Z'

t.test('a thank-you goes along its life cycle and no other way', async t => {
  const steps: Readonly<Record<State, readonly State[]>> = {
    waiting: ['shown', 'refused', 'taken-away'],
    shown: ['refused', 'taken-away'],
    refused: ['taken-away'],
    'taken-away': [],
  }
  for (const from of states)
    for (const to of states.filter(each => each !== from)) {
      if (steps[from].includes(to))
        await t.resolves(raw(api, 'app', [setTo(ids[from], to)]), `${from} to ${to}`)
      else await no(t, `${from} to ${to}`, setTo(ids[from], to), ['MT001', '23514'])
    }
})

t.test('it begins as waiting, for the donors of its own pool, and stays as an empty row', async t => {
  await t.resolves(raw(api, 'app', [insert(enrolments[1], { at: NEXT_MONTH })]))
  await no(t, 'shown from the start', insert(enrolments[1], { at: NEXT_MONTH, state: 'shown' }))
  await no(t, 'to another pool', insert(enrolments[1], { at: NEXT_MONTH, poolId: pools.other.id }))
  await no(t, 'of nobody', insert(randomUUID()), ['MT001', '23503'])
  for (const state of states)
    await no(t, `${state} and gone`, ['delete from thanks.thanks where id = $1', [ids[state]]])
})

t.test('one that waits, and one of a month, whatever became of the first', async t => {
  await no(t, 'beside one that waits', insert(enrolments[0], { at: NEXT_MONTH }), ['23505'])
  for (const [index, state] of states.entries())
    await no(
      t,
      `in the month of one that is ${state}`,
      insert(enrolments[index], { at: '2027-03-20T10:00:00Z' }),
      ['23505'],
    )
  // The month is Amsterdam's: an hour before it ends in Greenwich it is over here.
  const late = insert(enrolments[1], { at: '2027-03-31T21:30:00Z' })
  await no(t, 'half past eleven in the evening of the last day', late, ['23505'])
  await t.resolves(raw(api, 'app', [insert(enrolments[1], { at: '2027-03-31T22:30:00Z' })]), 'an hour later')
  await no(t, 'a month by hand', set(`month = '2027-01-01'`, ids.shown), ['428C9'])
  await no(t, 'another day', set(`written_at = written_at - interval '2 months'`, ids.shown))
})

t.test('only who moderates shows or refuses, and says why it is not shown', async t => {
  for (const who of ['donor', 'auditor', 'treasurer', 'approver', 'recipient'] as const) {
    await no(t, `shown by ${who}`, setTo(ids.waiting, 'shown', persons[who]))
    await no(t, `refused by ${who}`, setTo(ids.shown, 'refused', persons[who]))
  }
  await no(t, 'shown by nobody', set(`state = 'shown', look_by = null`, ids.waiting), ['MT001', '23514'])
  const unsaid: Statement = [
    `update thanks.thanks set state = 'refused', look_by = null, decided_by = $2, decided_at = now() where id = $1`,
    [ids.waiting, persons.operator],
  ]
  await no(t, 'refused without a reason', unsaid, ['23514'])
  await no(t, 'a reason of nobody’s list', set(`because = 'dull'`, ids.refused), ['23514'])
  await no(t, 'a reason to show', set(`because = 'hurtful'`, ids.shown), ['23514'])
  await no(t, 'waiting for nobody', set('look_by = null', ids.waiting), ['23514'])
  const other = `decided_by = '${persons.administrator}'`
  for (const state of ['shown', 'refused'] as const)
    await no(t, `${state}, by somebody else`, set(other, ids[state]))
  await no(t, 'taken away by staff', set(`state = 'taken-away', ${other}, decided_at = now()`, ids.waiting))
})

t.test('whoever wrote it down for a recipient does not decide', async t => {
  const helped = insert(enrolments[1], { at: NEXT_MONTH, helpedBy: persons.operator })
  const id = String(helped[1][1])
  await refusedToBoth(t, api, 'by the helper', [helped, setTo(id, 'shown', persons.operator)], ['23514'])
  await t.resolves(raw(api, 'app', [helped, setTo(id, 'shown', persons.administrator)]))
  const forgot: Statement = set('helped_by = null', id)
  await refusedToBoth(t, api, 'forgetting who helped', [helped, forgot])
})

t.test('words are erased or stay; whose and what it is does not change', async t => {
  await no(t, 'other words', set(`text = 'Koop nu bij ons, het is goedkoop'`, ids.shown))
  await no(t, 'another nickname', set(`nickname = 'Ander'`, ids.shown))
  await no(t, 'words again', set(`text = 'Toch weer terug gezet'`, ids['taken-away']))
  await no(t, 'shown without words', set('text = null, nickname = null', ids.shown), ['23514'])
  await no(t, 'a nickname without words', set('text = null', ids.refused), ['23514'])
  await no(t, 'somebody else’s', set(`enrolment_id = '${enrolments[0]}'`, ids.shown))
  await no(t, 'another pool', set(`pool_id = '${pools.other.id}'`, ids.shown))
  const { rows } = await api.owner.query('select text, nickname, because from thanks.thanks where id = $1', [
    ids['taken-away'],
  ])
  t.strictSame(rows, [{ text: null, nickname: null, because: null }])
})

t.test('only plain words of the right length are kept at all', async t => {
  for (const text of [
    'te kort',
    'x'.repeat(501),
    'twee\nregels tekst',
    '<i>opmaak</i> is niets',
    'kijk op https://x.y',
    'op WWW.x te zien',
  ])
    await no(t, text.slice(0, 20), insert(enrolments[1], { text }), ['23514'])
  await no(t, 'two lines', insert(enrolments[1], { nickname: 'twee\nregels' }), ['23514'])
  await no(t, 'without end', insert(enrolments[1], { nickname: 'x'.repeat(41) }), ['23514'])
})

t.test('who reads words does not see whose they are, and the other way round', async t => {
  const rejects = (statements: readonly Statement[], what: string) =>
    t.rejects(raw(api, 'app', statements), { code: '42501' }, what)
  for (const column of ['text', 'nickname'])
    await rejects([[`select ${column} from thanks.thanks`, []]], column)
  const personal: Statement = ['set local role meent_personal', []]
  await t.resolves(raw(api, 'app', [personal, ['select id, text, nickname from thanks.thanks', []]]))
  for (const column of ['enrolment_id', 'written_at', 'helped_by', 'decided_by', 'state'])
    await rejects([personal, [`select ${column} from thanks.thanks`, []]], column)
  await rejects([personal, set('text = null', ids.refused)], 'and changes nothing')
  await rejects([['delete from thanks.thanks', []]], 'nothing is removed')
})
