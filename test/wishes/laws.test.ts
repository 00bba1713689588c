// What the database itself refuses about wishes, to raw SQL under the application's login and to its owner.

import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { raw, refusedToBoth } from '../changes/run.ts'
import { testApp } from '../support/app.ts'
import { agree, decided, report, shown, stateOf, words, written } from './run.ts'

const api = await testApp(t)
const { organisationId, persons, pools } = api
const states = ['waiting', 'shown', 'hidden', 'refused', 'taken-away'] as const
type State = (typeof states)[number]
type Statement = readonly [sql: string, values: readonly unknown[]]

const ids = {} as Record<State, string>
for (const state of states) {
  const wish = await written(api, { nickname: 'Tuinier' })
  ids[state] = wish.wishId
  if (state === 'shown' || state === 'hidden') await decided(api, wish.wishId, 'show')
  if (state === 'hidden') await decided(api, wish.wishId, 'hide', 'hurtful')
  if (state === 'refused') await decided(api, wish.wishId, 'refuse', 'advertising')
  if (state === 'taken-away')
    await api.ask('/v1/wish-withdrawals', {
      body: { withdrawalToken: wish.withdrawalToken },
    })
}
const no = (t: Test, what: string, statement: Statement, codes?: string[]) =>
  refusedToBoth(t, api, what, [statement], codes)
const hash = (letter: string) => Buffer.alloc(32, letter)

/** All that goes with being in a state, so that only the step itself can be what is refused. */
const setTo = (id: string, state: State, by = persons.operator): Statement => [
  `update wishes.wishes set state = $2, because = $3, look_by = $4::date, decided_by = $5, decided_at = now() where id = $1`,
  [
    ...[id, state, state === 'hidden' || state === 'refused' ? 'hurtful' : null],
    ...[state === 'waiting' ? '2027-03-03' : null, by],
  ],
]
const steps: Readonly<Record<State, readonly State[]>> = {
  waiting: ['shown', 'refused', 'taken-away'],
  shown: ['hidden', 'taken-away'],
  hidden: ['shown', 'refused', 'taken-away'],
  refused: ['taken-away'],
  'taken-away': [],
}

t.test('a wish goes along its life cycle and no other way', async t => {
  for (const from of states) {
    t.equal(await stateOf(api, ids[from]), from)
    for (const to of states.filter(each => each !== from)) {
      if (steps[from].includes(to))
        await t.resolves(raw(api, 'app', [setTo(ids[from], to)]), `${from} to ${to}`)
      else await no(t, `${from} to ${to}`, setTo(ids[from], to), ['MT001', '23514'])
    }
  }
})

t.test('it begins as waiting, and stays as an empty row when all is erased', async t => {
  const insert = (state: string, agreements = 0): Statement => [
    `insert into wishes.wishes (organisation_id, id, locale, text, withdrawal_token_sha256, state, agreements, written_at,
       look_by, decided_by, decided_at) values ($1, $2, 'nl', $3, $4, $5, $6, now(), '2027-03-03', $7, now())`,
    [organisationId, randomUUID(), words, hash('w'), state, agreements, persons.operator],
  ]
  await no(t, 'shown from the start', insert('shown'))
  await no(t, 'with people who agree', insert('waiting', 3))
  for (const state of states)
    await no(t, `${state} and gone`, ['delete from wishes.wishes where id = $1', [ids[state]]])
})

t.test('only who moderates shows, refuses or hides, and each says why it is not shown', async t => {
  for (const who of ['donor', 'auditor', 'treasurer', 'approver', 'recipient'] as const) {
    await no(t, `shown by ${who}`, setTo(ids.waiting, 'shown', persons[who]))
    await no(t, `hidden by ${who}`, setTo(ids.shown, 'hidden', persons[who]))
  }
  const set = (what: string, id: string): Statement => [
    `update wishes.wishes set ${what} where id = $1`,
    [id],
  ]
  await no(t, 'shown by nobody', set(`state = 'shown', look_by = null`, ids.waiting), ['MT001', '23514'])
  await no(
    t,
    'refused without a reason',
    [
      `update wishes.wishes set state = 'refused', look_by = null, decided_by = $2, decided_at = now() where id = $1`,
      [ids.waiting, persons.operator],
    ],
    ['23514'],
  )
  await no(t, 'a reason of nobody’s list', set(`because = 'dull'`, ids.hidden), ['23514'])
  await no(t, 'refused because it was reported', set(`because = 'reported'`, ids.refused), ['23514'])
  await no(t, 'waiting for nobody', set('look_by = null', ids.waiting), ['23514'])
  await t.resolves(raw(api, 'app', [setTo(ids.waiting, 'shown', persons.administrator)]))
})

t.test('words are erased or stay; whose and what it is does not change', async t => {
  const set = (what: string, id = ids.shown): Statement => [
    `update wishes.wishes set ${what} where id = $1`,
    [id],
  ]
  await no(t, 'other words', set(`text = 'Koop nu bij ons, het is goedkoop'`))
  await no(t, 'another nickname', set(`nickname = 'Ander'`))
  await no(t, 'words again', set(`text = 'Toch weer terug gezet'`, ids['taken-away']))
  await no(t, 'shown without words', set('text = null, nickname = null'), ['23514'])
  await no(t, 'another pool', set(`pool_id = '${pools.open.id}'`))
  await no(t, 'another link', [
    `update wishes.wishes set withdrawal_token_sha256 = $2 where id = $1`,
    [ids.shown, hash('x')],
  ])
  await no(t, 'another day', set(`written_at = now()`))
  const { rows } = await api.owner.query('select text, nickname from wishes.wishes where id = $1', [
    ids['taken-away'],
  ])
  t.strictSame(rows, [{ text: null, nickname: null }])
})

t.test('only plain words of the right length are kept at all', async t => {
  const kept = (text: string, nickname: string | null = null): Statement => [
    `insert into wishes.wishes (organisation_id, id, locale, text, nickname, withdrawal_token_sha256, written_at, look_by)
     values ($1, $2, 'nl', $3, $4, $5, now(), '2027-03-03')`,
    [organisationId, randomUUID(), text, nickname, hash('w')],
  ]
  await t.resolves(raw(api, 'app', [kept(words)]))
  for (const text of [
    'te kort',
    'x'.repeat(281),
    'twee\nregels tekst',
    '<i>opmaak</i> is niets',
    'kijk op https://x.y',
    'op WWW.x te zien',
  ])
    await no(t, text.slice(0, 20), kept(text), ['23514'])
  await no(t, 'a nickname of two lines', kept(words, 'twee\nregels'), ['23514'])
  await no(t, 'a nickname without end', kept(words, 'x'.repeat(41)), ['23514'])
})

t.test(
  'one agreement and one report for each hash, on what is shown; nobody counts but the database',
  async t => {
    const agreement = (id: string, letter = 'a'): Statement => [
      'insert into wishes.agreements (organisation_id, wish_id, place, agreed_at) values ($1, $2, $3, now())',
      [organisationId, id, hash(letter)],
    ]
    const reported = (id: string, letter = 'a'): Statement => [
      `insert into wishes.reports (organisation_id, wish_id, place, reason, reported_at) values ($1, $2, $3, 'hurtful', now())`,
      [organisationId, id, hash(letter)],
    ]
    for (const one of [agreement, reported]) {
      await refusedToBoth(t, api, 'twice from one place', [one(ids.shown), one(ids.shown)], ['23505'])
      for (const state of states.filter(each => each !== 'shown')) await no(t, `on ${state}`, one(ids[state]))
    }
    await no(t, 'a count by hand', [
      'update wishes.wishes set agreements = agreements - 1 where id = $1',
      [(await agreedWith()).wishId],
    ])
    await t.rejects(
      raw(api, 'app', [['update wishes.wishes set agreements = 99 where id = $1', [ids.shown]]]),
      { code: '42501' },
    )
    for (const table of ['agreements', 'reports'])
      await t.rejects(
        raw(api, 'app', [[`delete from wishes.${table}`, []]]),
        { code: '42501' },
        `${table} are forgotten, not removed`,
      )
  },
)

async function agreedWith() {
  const wish = await shown(api)
  await agree(api, wish.wishId, '192.0.2.1')
  return wish
}

t.test('the application reads no words but through the role for personal data', async t => {
  const rejects = (sql: string) => t.rejects(raw(api, 'app', [[sql, []]]), { code: '42501' }, sql)
  await rejects('select text from wishes.wishes')
  await rejects('select nickname from wishes.wishes')
  await rejects('select words from wishes.reports')
  const personal: Statement = ['set local role meent_personal', []]
  await t.resolves(raw(api, 'app', [personal, ['select text, nickname from wishes.wishes', []]]))
  for (const sql of [
    'select withdrawal_token_sha256 from wishes.wishes',
    'select place from wishes.reports',
    'select * from wishes.agreements',
  ])
    await t.rejects(raw(api, 'app', [personal, [sql, []]]), { code: '42501' }, sql)
})

t.test(
  'taking away erases who agreed and what was reported, also of somebody who reacts at that moment',
  async t => {
    const wish = await shown(api)
    for (let place = 1; place <= 4; place += 1) await agree(api, wish.wishId, `192.0.2.${place}`)
    await report(api, wish.wishId, '192.0.2.9', { words: 'nee' })
    const away = api.ask('/v1/wish-withdrawals', {
      body: { withdrawalToken: wish.withdrawalToken },
    })
    const reactions = Array.from({ length: 12 }, (_, place) => agree(api, wish.wishId, `198.51.100.${place}`))
    const answers = await Promise.all([away, ...reactions])
    t.ok(
      answers.every(({ status }) => status === 200 || status === 404),
      answers.map(({ status }) => status).join(),
    )
    const left = `select from wishes.agreements where wish_id = $1 union all select from wishes.reports where wish_id = $1`
    t.equal((await api.owner.query(left, [wish.wishId])).rowCount, 0)
  },
)
