// "Me too" is counted once for each network, three reports hide, staff decides, and what was kept for a while goes.

import t from 'tap'
import { verify } from '../../src/verify/index.ts'
import { forgetWishes } from '../../src/wishes/index.ts'
import { type Answer, testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { refused } from '../support/refused.ts'
import { agree, decided, report, shown, stateOf, written } from './run.ts'

const api = await testApp(t)

interface Open {
  readonly id: string
  readonly state: string
  readonly lookBy: string | null
  readonly because: string | null
  readonly reports: readonly object[]
  readonly notes: readonly string[]
}
const openWish = async (id: string) =>
  (await api.ask<{ wishes: Open[] }>('/v1/open-wishes', { as: 'operator' })).body.wishes.find(
    each => each.id === id,
  )

t.test('“me too” counts once for each network, however often and at once', async t => {
  const { wishId } = await shown(api)
  const all = ['192.0.2.1', '192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2', '192.0.2.1']
  const answers = await Promise.all(all.map(address => agree(api, wishId, address)))
  t.equal(answers.filter(({ body }) => body.counted).length, 3)
  t.match(await agree(api, wishId, '192.0.2.2'), { status: 200, body: { counted: false, agreements: 3 } })
  t.match((await api.ask(`/v1/wishes/${wishId}`)).body, { agreements: 3 })
})

t.test(
  'no address is kept, and two wishes do not tell that they were agreed with from one place',
  async t => {
    const [one, other] = [await shown(api), await shown(api)]
    for (const { wishId } of [one, other]) {
      await agree(api, wishId, '203.0.113.7')
      await report(api, wishId, '203.0.113.7')
    }
    const { rows } = await api.owner.query<{ place: string }>(
      `select encode(place, 'hex') as place from wishes.agreements where wish_id = any ($1)
     union all select encode(place, 'hex') from wishes.reports where wish_id = any ($1)`,
      [[one.wishId, other.wishId]],
    )
    t.equal(new Set(rows.map(({ place }) => place)).size, 4, 'four reactions, four hashes')
    t.notMatch(JSON.stringify([...Object.entries(await everything(api.owner))]), /203\.0\.113/)
    const acts = await api.owner.query(
      `select action from acts.acts where subject_id = any ($1) and actor_kind = 'public'`,
      [[one.wishId, other.wishId]],
    )
    t.strictSame(
      [...new Set(acts.rows.map(({ action }) => action))],
      ['wish.write'],
      'and no reaction is an act',
    )
  },
)

t.test('the most agreed with come first where that is asked, page after page, each once', async t => {
  const api = await testApp(t)
  const ids: string[] = []
  for (let turn = 0; turn < 7; turn += 1) ids.push((await shown(api)).wishId)
  for (const [index, id] of ids.entries())
    for (let place = 0; place < index % 3; place += 1) await agree(api, id, `192.0.2.${place}`)
  const walk = async (order: string) => {
    const seen: { id: string; agreements: number }[] = []
    for (let path: string | undefined = `/v1/wishes?order=${order}&limit=3`; path; ) {
      const answer: Answer<{ wishes: typeof seen }> = await api.ask(path)
      const { body, headers } = answer
      seen.push(...body.wishes)
      path = /<([^>]+)>/.exec(String(headers.link ?? ''))?.[1]
    }
    return seen
  }
  t.strictSame(
    (await walk('newest')).map(({ id }) => id),
    ids.toReversed(),
  )
  const most = await walk('most-agreed')
  t.strictSame(
    most.map(({ agreements }) => agreements),
    [2, 2, 1, 1, 0, 0, 0],
  )
  t.equal(new Set(most.map(({ id }) => id)).size, 7)
})

t.test('three reports from different networks hide a wish until staff looked', async t => {
  const { wishId } = await shown(api)
  await report(api, wishId, '192.0.2.1', { words: 'Dit ben ik' })
  await report(api, wishId, '192.0.2.1')
  await report(api, wishId, '192.0.2.2', { reason: 'advertising' })
  t.equal(await stateOf(api, wishId), 'shown', 'twice from one place is one')
  t.match(await openWish(wishId), { state: 'shown', lookBy: '2027-03-03', notes: ['Dit ben ik'] })
  t.match(await report(api, wishId, '192.0.2.3'), { status: 200, body: { received: true } })
  t.match(await openWish(wishId), {
    state: 'hidden',
    because: 'reported',
    reports: [{ reason: 'hurtful', reports: 2 }, {}],
  })
  t.equal((await api.ask(`/wishes/${wishId}`)).status, 404)
  const { rows } = await api.owner.query(
    `select actor_kind, detail from acts.acts where subject_id = $1 and action = 'wish.hide'`,
    [wishId],
  )
  t.strictSame(rows, [{ actor_kind: 'system', detail: { because: 'reported' } }])
  await decided(api, wishId, 'show')
  t.equal((await api.ask(`/wishes/${wishId}`)).status, 200)
  t.equal(await openWish(wishId), undefined, 'and nothing waits any more')
  for (const place of [1, 2, 3]) await report(api, wishId, `192.0.2.${place}`)
  t.equal(await stateOf(api, wishId), 'shown', 'what was looked at does not count again')
  for (const place of [4, 5, 6]) await report(api, wishId, `192.0.2.${place}`)
  t.equal(await stateOf(api, wishId), 'hidden', 'three others do')
})

t.test('a reported wish that staff leaves has been looked at', async t => {
  const { wishId } = await shown(api)
  t.match(await decided(api, wishId, 'show'), { status: 409, body: { type: '/problems/wish-decided' } })
  await report(api, wishId, '192.0.2.1')
  t.equal((await decided(api, wishId, 'show')).status, 200)
  t.match(await decided(api, wishId, 'show'), { status: 409 })
})

t.test('staff decides in order, with a reason, and the writer reads it', async t => {
  const { wishId, withdrawalToken } = await written(api)
  const path = `/v1/wishes/${wishId}/decisions`
  const as = 'operator'
  await api.token('auditor')
  await refused(
    t,
    api,
    'without a reason',
    path,
    { as, body: { decision: 'refuse' } },
    {
      ...{ status: 400, code: 'invalid-request', field: 'because' },
    },
  )
  await refused(
    t,
    api,
    'hidden before it was shown',
    path,
    { as, body: { decision: 'hide', because: 'hurtful' } },
    {
      ...{ status: 409, code: 'wish-decided' },
    },
  )
  await refused(
    t,
    api,
    'by an auditor',
    path,
    { as: 'auditor', body: { decision: 'show' } },
    { status: 403, code: 'not-allowed' },
  )
  t.match(await decided(api, wishId, 'refuse', 'advertising'), { status: 200, body: { state: 'refused' } })
  t.match(await decided(api, wishId, 'show'), { status: 409 })
  const page = await api.ask<{ text: string }>(`/wishes/links/${withdrawalToken}`)
  t.match(page.body.text, /Het is reclame/)
  const { rows } = await api.owner.query(
    `select actor_id, detail from acts.acts where subject_id = $1 and action = 'wish.refuse'`,
    [wishId],
  )
  t.strictSame(rows, [{ actor_id: api.persons.operator, detail: { because: 'advertising' } }])
})

t.test('what waits longer than promised is a task of its own', async t => {
  const api = await testApp(t)
  const overview = async () => (await api.ask<{ text: string }>('/admin', { as: 'administrator' })).body.text
  t.notMatch(await overview(), /task-(look-at|late)-wishes/)
  await written(api)
  t.match(await overview(), /task-look-at-wishes[\s\S]*2027-03-03/)
  api.setClock(new Date('2027-03-03T22:00:00Z'))
  t.notMatch(await overview(), /task-late-wishes/, 'until the end of the day')
  api.setClock(new Date('2027-03-04T08:00:00Z'))
  t.match(await overview(), /task-late-wishes/)
  const auditors = await api.ask<{ text: string }>('/admin', { as: 'auditor' })
  t.notMatch(auditors.body.text, /task-late-wishes|admin\/wishes/, 'for whoever may do something about it')
})

t.test('every night: places after ninety days, refused words after thirty, and nothing earlier', async t => {
  const { wishId } = await shown(api)
  await agree(api, wishId, '192.0.2.1')
  await report(api, wishId, '192.0.2.2', { words: 'nee' })
  const bad = await written(api)
  await decided(api, bad.wishId, 'refuse', 'hurtful')
  const kept = async () => {
    const { rows } = await api.owner.query(
      `select (select count(*)::int from wishes.agreements where wish_id = $1) as agreements,
              (select count(*)::int from wishes.reports where wish_id = $1) as reports,
              (select text is not null from wishes.wishes where id = $2) as words,
              (select agreements from wishes.wishes where id = $1) as counted`,
      [wishId, bad.wishId],
    )
    return rows[0]
  }
  // The job asks the installation's own clock, not that of the test.
  const age = async (days: number, decidedDays: number) => {
    await api.owner.query(`set session_replication_role = replica`)
    await api.owner.query(
      `update wishes.agreements set agreed_at = now() - $1 * interval '1 day' where wish_id = $2`,
      [days, wishId],
    )
    await api.owner.query(
      `update wishes.reports set reported_at = now() - interval '1 year', looked_at = now() - $1 * interval '1 day' where wish_id = $2`,
      [days, wishId],
    )
    await api.owner.query(
      `update wishes.wishes set decided_at = now() - $1 * interval '1 day' where id = $2`,
      [decidedDays, bad.wishId],
    )
    await api.owner.query(`set session_replication_role = origin`)
  }
  await age(89, 29)
  await forgetWishes(api.deps)
  t.strictSame(await kept(), { agreements: 1, reports: 1, words: true, counted: 1 })
  await age(91, 31)
  t.ok((await forgetWishes(api.deps)) >= 3)
  t.strictSame(await kept(), { agreements: 0, reports: 0, words: false, counted: 1 }, 'the count stays')
  t.equal(await forgetWishes(api.deps), 0)
  t.match(
    await agree(api, wishId, '192.0.2.1'),
    { body: { counted: true, agreements: 2 } },
    'and whoever was forgotten counts again',
  )
})

t.test('`verify` finds damage', async t => {
  const broken = async (sql: string) => {
    await api.owner.query('set session_replication_role = replica')
    await api.owner.query(sql)
    await api.owner.query('set session_replication_role = origin')
    const { laws } = await verify(api.deps.db, { organisationId: api.organisationId })
    return laws.filter(({ count }) => count > 0).map(({ check }) => check)
  }
  await api.owner.query('set session_replication_role = replica')
  await api.owner.query(
    `update wishes.wishes set decided_at = null, decided_by = null where state = 'waiting'`,
  )
  const decidedLaw = 'each wish that staff decided on has the act of whoever decided'
  const counted = 'who agreed is counted, and three reports hide a wish until staff looked'
  t.ok(
    (
      await broken(
        `update wishes.wishes set decided_by = '${api.persons.administrator}' where state = 'shown'`,
      )
    ).includes(decidedLaw),
  )
  t.ok((await broken('update wishes.wishes set agreements = 0')).includes(counted))
})
