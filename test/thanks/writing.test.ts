// Over the API: a recipient writes, staff decides, everybody reads, and it is taken away for good.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { helpRecipient } from '../../src/auth/index.ts'
import { localDate } from '../../src/platform/calendar/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { eraseThanks, forgetThanks, thanksForStaff, thanksShownSince } from '../../src/thanks/index.ts'
import { verify } from '../../src/verify/index.ts'
import { problemOf } from '../changes/run.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { become, decide, enrolled, stateOf, takeAway, words, write, written } from './run.ts'

const api = await testApp(t)
const { organisationId, persons, pools, deps } = api
const [first = '', second = '', third = '', fourth = ''] = await enrolled(api, 4)
const publicPath = `/v1/pools/${pools.open.id}/thanks`
interface Own {
  readonly mayWrite: string
  readonly thanks: readonly Record<string, unknown>[]
}
const own = async () => (await api.ask<Own>('/v1/own-thanks', { as: 'recipient' })).body
const shown = async (query = '') => api.ask<{ thanks: Record<string, unknown>[] }>(`${publicPath}${query}`)
const nextMonth = (day: string) => api.setClock(new Date(`${day}T10:00:00Z`))

t.test('from the words to the pool’s page, and away again', async t => {
  t.strictSame(await own(), { mayWrite: 'yes', thanks: [] })
  const thanksId = await written(api, { nickname: ' Tuinier ' })
  const mine = {
    id: thanksId,
    locale: 'nl',
    text: words,
    nickname: 'Tuinier',
    month: '2027-03',
    because: null,
  }
  t.strictSame(await own(), {
    mayWrite: 'when-read',
    thanks: [{ ...mine, text: words, state: 'waiting', lookBy: '2027-03-09' }],
  })
  t.strictSame((await shown()).body.thanks, [], 'nobody reads it before staff')
  const open = await api.ask<{ thanks: unknown[] }>('/v1/open-thanks', { as: 'operator' })
  const { because: _, ...seen } = mine
  t.strictSame(
    open.body.thanks,
    [{ ...seen, poolId: pools.open.id, lookBy: '2027-03-09' }],
    'and staff does not read who wrote it',
  )
  t.equal((await decide(api, thanksId, 'show')).status, 200)
  t.strictSame((await shown()).body.thanks, [seen], 'nor does anybody')
  t.strictSame(await own(), {
    mayWrite: 'next-month',
    thanks: [{ ...mine, state: 'shown', lookBy: null }],
  })
  t.equal(problemOf(await decide(api, thanksId, 'show')), 'thanks-decided')
  t.equal((await takeAway(api, thanksId)).status, 200)
  t.equal((await takeAway(api, thanksId)).status, 200, 'once more changes nothing')
  t.strictSame((await shown()).body.thanks, [])
  t.match((await own()).thanks, [{ state: 'taken-away', text: null, nickname: null }])
  t.equal(problemOf(await decide(api, thanksId, 'refuse', 'hurtful')), 'thanks-taken-away')
})

t.test('what was erased is nowhere in the database, nor who wrote what in the trail', async t => {
  const left = JSON.stringify(await everything(api.owner))
  t.notMatch(left, /Ik slaap weer door|Tuinier/)
  const { rows } = await api.owner.query(
    `select action, subject_kind, subject_id, detail from acts.acts where action like 'thanks.%' order by id`,
  )
  const [writing, showing, ...rest] = rows
  t.match(writing, { action: 'thanks.write', subject_kind: 'enrolment', subject_id: first, detail: {} })
  t.match(showing, { action: 'thanks.show', subject_kind: 'thanks' })
  t.strictSame(rest, [
    { action: 'thanks.take-away', subject_kind: 'enrolment', subject_id: first, detail: {} },
  ])
  const { rows: ids } = await api.owner.query('select id from thanks.thanks')
  for (const { id } of ids) t.match(id, /^.{14}4/, 'a random id, which says no time')
})

t.test('one a month, also when the first was taken away; one that waits', async t => {
  t.match(await write(api), { status: 409, body: { type: '/problems/thanks-this-month' } })
  nextMonth('2027-04-01')
  const answers = await Promise.all(Array.from({ length: 6 }, () => write(api)))
  t.strictSame(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409], 'of six at once')
  nextMonth('2027-05-03')
  t.equal(problemOf(await write(api)), 'thanks-waiting')
  const [{ id = '' } = {}] = (await own()).thanks as { id: string }[]
  await decide(api, id, 'refuse', 'not-a-thank-you')
  t.match(await own(), { mayWrite: 'yes', thanks: [{ state: 'refused', because: 'not-a-thank-you' }, {}] })
})

t.test('the same key does it once, says so for other words, and brings nothing back', async t => {
  nextMonth('2027-06-01')
  const key = randomUUID()
  const one = await write(api, {}, key)
  t.strictSame((await write(api, {}, key)).body, one.body)
  t.equal(problemOf(await write(api, { text: 'Iets heel anders dan eerst' }, key)), 'idempotency-key-reused')
  await become(api, second)
  t.equal(problemOf(await write(api, {}, key)), 'idempotency-key-reused', 'from another recipient')
  await become(api, first)
  await takeAway(api, one.body.thanksId)
  t.equal(problemOf(await write(api, {}, key)), 'thanks-taken-away')
})

t.test('plain words alone, and not too many', async t => {
  nextMonth('2027-07-01')
  for (const [text, reason] of [
    ['Bel me op 06 12 34 56 78 als je wilt', /long numbers/],
    ['Schrijf naar iemand@voorbeeld.nl dan', /e-mail addresses/],
    ['Kijk op mijnpagina.nl voor meer', /address of a website: this is words alone/],
    ['<b>Dank</b> jullie allemaal wel', /characters < and >/],
  ] as const) {
    const answer = await write(api, { text })
    t.match(answer, {
      status: 422,
      body: { type: '/problems/thanks-words-refused', errors: [{ field: 'text', reason }] },
    })
  }
  t.match(await write(api, { nickname: 'jan@x.nl' }), {
    status: 422,
    body: { errors: [{ field: 'nickname' }] },
  })
  for (const text of ['kort', 'x'.repeat(501), 'a\u0000bcdefghijk', '\u202eomgekeerde woorden'])
    t.equal((await write(api, { text })).status, 400, JSON.stringify(text.slice(0, 12)))
  t.equal((await write(api, { text: `${'🌳'.repeat(499)}.` })).status, 201, 'counted as people count')
  await takeAway(api, String((await own()).thanks[0]?.id))
})

t.test('nobody takes away what is not theirs, and nobody writes without an income', async t => {
  await become(api, second)
  const thanksId = await written(api)
  await become(api, first)
  t.equal((await takeAway(api, thanksId)).status, 404)
  t.equal((await takeAway(api, randomUUID())).status, 404)
  t.equal(await stateOf(api, thanksId), 'waiting')
  const body = { text: words }
  t.equal((await api.ask('/v1/own-thanks', { body })).status, 401)
  for (const as of ['operator', 'donor', 'administrator'] as const)
    t.equal((await api.ask('/v1/own-thanks', { as, body })).status, 403, as)
  for (const as of ['recipient', 'treasurer', 'approver', 'auditor'] as const)
    t.equal(
      (await api.ask(`/v1/thanks/${thanksId}/decisions`, { as, body: { decision: 'show' } })).status,
      403,
    )
  t.equal((await decide(api, thanksId, 'refuse')).status, 400, 'refused for a reason, or not')
  t.equal(await stateOf(api, thanksId), 'waiting')
  t.equal((await decide(api, thanksId, 'show')).status, 200)
  t.equal(
    (await decide(api, thanksId, 'refuse', 'personal-data')).status,
    200,
    'seen too late, refused still',
  )
})

t.test('written down for a recipient who is helped: theirs, and a colleague decides', async t => {
  const token = await api.token('operator')
  const { rows } = await api.owner.query(
    `select id from auth.sessions where token_sha256 = sha256(convert_to($1, 'UTF8'))`,
    [token],
  )
  const helper = { kind: 'person', id: persons.operator, session: rows[0].id } as const
  await helpRecipient(deps, helper, { enrolmentId: third, reason: 'kan zelf niet inloggen' })
  const answer = await api.ask<{ thanksId: string }>('/v1/own-thanks', {
    as: 'operator',
    body: { text: words },
  })
  t.equal(answer.status, 201)
  const { thanksId } = answer.body
  t.equal(problemOf(await decide(api, thanksId, 'show')), 'thanks-of-helper')
  t.equal((await decide(api, thanksId, 'show', undefined, 'administrator')).status, 200)
  await become(api, third)
  t.match(await own(), { thanks: [{ id: thanksId, state: 'shown' }] }, 'the recipient finds it')
  const { rows: acts } = await api.owner.query(
    `select actor_id, on_behalf_of from acts.acts where action = 'thanks.write' order by id desc limit 1`,
  )
  t.strictSame(acts, [{ actor_id: persons.operator, on_behalf_of: third }])
})

t.test('pages of what is shown, the newest first', async t => {
  const before = new Date(deps.clock.now())
  nextMonth('2027-08-02')
  const ids: string[] = []
  for (const enrolmentId of [first, second, fourth]) {
    await become(api, enrolmentId)
    ids.push(await written(api, { locale: 'en' }))
    nextMonth(`2027-08-0${2 + ids.length}`)
    await decide(api, ids.at(-1) ?? '', 'show')
  }
  const seen: unknown[] = []
  let path: string | undefined = `${publicPath}?limit=2`
  while (path) {
    const answer: Awaited<ReturnType<typeof shown>> = await api.ask(path)
    t.equal(answer.status, 200)
    seen.push(...answer.body.thanks.map(({ id }) => id))
    path = /<(.+)>/.exec(String(answer.headers.link ?? ''))?.[1]
  }
  t.strictSame(seen.slice(0, 3), ids.toReversed())
  t.equal(new Set(seen).size, seen.length)
  t.equal(seen.length, 4)
  t.strictSame((await api.ask(`/v1/pools/${pools.other.id}/thanks`)).body, { thanks: [] })
  const since = await thanksShownSince(deps.db, organisationId, before)
  t.strictSame([...since.keys()], [pools.open.id])
  t.strictSame(
    since.get(pools.open.id)?.map(({ id, shownAt }) => [id, localDate(shownAt)]),
    ids.map((id, index) => [id, `2027-08-0${3 + index}`]),
    'what was shown since a moment, for letters',
  )
  t.notMatch(JSON.stringify([...since]), new RegExp([first, second, third, fourth].join('|')))
})

t.test('a promise of two working days, and what is late', async t => {
  nextMonth('2027-09-03') // a Friday
  await written(api)
  const waits = (today: string) => thanksForStaff(deps.db, organisationId, today)
  t.strictSame(await waits('2027-09-07'), { waiting: 1, late: 0, lookBy: '2027-09-07' })
  t.strictSame(await waits('2027-09-08'), { waiting: 1, late: 1, lookBy: null })
})

t.test('words of what was refused go after thirty days, and nothing else does', async t => {
  const count = async () =>
    (await api.owner.query('select count(*)::int as n from thanks.thanks where text is not null')).rows[0].n
  const all = await count()
  t.equal(await forgetThanks(deps), 0)
  await api.owner.query(
    `update platform.installation set clock_offset_ms = extract(epoch from timestamptz '2027-09-04' - now())::bigint * 1000`,
  )
  const { rows } = await api.owner.query(
    `select count(*)::int as n from thanks.thanks where state = 'refused' and text is not null`,
  )
  t.ok(rows[0].n > 0)
  t.equal(await forgetThanks(deps), rows[0].n)
  t.equal(await count(), all - rows[0].n)
})

t.test('when a person is erased, all that they wrote goes', async t => {
  await become(api, second)
  t.ok((await own()).thanks.some(({ text }) => text !== null))
  const gone = await inTransaction(deps.db, trx => eraseThanks(trx, organisationId, second))
  t.ok(gone > 0)
  t.strictSame(
    (await own()).thanks.filter(({ text, state }) => text !== null || state !== 'taken-away'),
    [],
  )
  t.equal(await inTransaction(deps.db, trx => eraseThanks(trx, organisationId, second)), 0)
})

t.test('`verify` finds nothing, and each of its laws can be broken', async t => {
  const broken = async () =>
    (await verify(deps.db, { organisationId })).laws
      .filter(({ count }) => count > 0)
      .map(({ check }) => check)
  t.strictSame(await broken(), [])
  await api.owner.query('set session_replication_role = replica')
  for (const [law, statement] of [
    [/staff decided on/, `update thanks.thanks set decided_by = enrolment_id where state = 'shown'`],
    [
      /written by or for/,
      `update thanks.thanks set written_at = written_at + interval '1 hour' where state = 'waiting'`,
    ],
    [/written by or for/, `update thanks.thanks set helped_by = null where helped_by is not null`],
  ] as const) {
    await api.owner.query('create temp table saved as table thanks.thanks')
    t.ok((await api.owner.query(statement)).rowCount, 'something was damaged')
    t.match(await broken(), [law])
    await api.owner.query(`update thanks.thanks t set decided_by = s.decided_by, written_at = s.written_at,
      helped_by = s.helped_by from saved s where s.id = t.id`)
    await api.owner.query('drop table saved')
  }
  t.strictSame(await broken(), [])
})
