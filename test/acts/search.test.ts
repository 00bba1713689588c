// Acts are found by who, what, when, from where, in which session and for whom; and only those of one's organisation.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import t from 'tap'
import { type ActFilter, recordAct, searchActs } from '../../src/acts/index.ts'
import { conditionsOf, olderIds } from '../../src/acts/search-acts.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'
import { refused } from '../support/refused.ts'

t.setTimeout(120_000)
const api = await testApp(t)
const { db, organisationId } = api.deps
const person = api.persons.operator
const session = randomUUID()
const helped = randomUUID()
const cycle = randomUUID()

await inTransaction(db, async trx => {
  const at = (day: number) => new Date(Date.UTC(2027, 1, day, 12))
  const by = { kind: 'person', id: person, session, place: 'ab12cd34', origin: 'request-1' } as const
  await recordAct(trx, organisationId, by, {
    at: at(1),
    action: 'cycle.propose',
    subject: { kind: 'cycle', id: cycle },
  })
  await recordAct(
    trx,
    organisationId,
    { kind: 'person', id: api.persons.approver, onBehalfOf: helped, reason: 'belde ons' },
    { at: at(2), action: 'cycle.approve', subject: { kind: 'cycle', id: cycle } },
  )
  const subject = { kind: 'donation', id: 'd-1' }
  await recordAct(trx, organisationId, { kind: 'public' }, { at: at(3), action: 'donation.start', subject })
  await recordAct(trx, organisationId + 1, by, {
    at: at(1),
    action: 'cycle.propose',
    subject: { kind: 'cycle', id: cycle },
  })
})

const found = async (filter: ActFilter) =>
  (await searchActs(db, organisationId, filter, { limit: 50 })).acts.map(({ action }) => action)

t.test('an act is found by each thing that is known of it', async t => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`)
  t.strictSame(await found({ actorId: person }), ['cycle.propose'])
  t.strictSame(await found({ action: 'cycle.approve' }), ['cycle.approve'])
  t.strictSame(await found({ action: 'cycle' }), ['cycle.approve', 'cycle.propose'], 'the newest first')
  t.strictSame(await found({ action: 'cyc' }), [], 'part of a noun is none')
  t.strictSame(await found({ subjectKind: 'cycle', subjectId: cycle }), ['cycle.approve', 'cycle.propose'])
  t.strictSame(await found({ subjectKind: 'pool', subjectId: cycle }), [])
  t.strictSame(await found({ place: 'ab12cd34' }), ['cycle.propose'])
  t.strictSame(await found({ sessionId: session }), ['cycle.propose'])
  t.strictSame(await found({ onBehalfOf: helped }), ['cycle.approve'])
  t.strictSame(
    await found({ from: day('2027-02-02'), until: day('2027-02-03') }),
    ['cycle.approve'],
    'from is inclusive, until is not',
  )
  t.strictSame(await found({ from: new Date('2027-02-02T12:00:00Z'), until: day('2027-02-03') }), [
    'cycle.approve',
  ])
  t.strictSame(await found({ actorId: person, action: 'cycle.approve' }), [], 'both must hold')
  t.strictSame(await found({ reason: 'BELDE' }), ['cycle.approve'], 'by part of its reason')
  for (const reason of ['%', '_', 'b%e', '\\'])
    t.strictSame(await found({ reason }), [], `${reason} stands for itself`)
})

t.test('without sign-ins: what people did, what was refused and what was ended stays', async t => {
  const subject = { kind: 'person', id: person }
  const actor = { kind: 'person', id: randomUUID() } as const
  const actions = [
    'session.start',
    'second-factor.show',
    'second-factor.refuse',
    'session.end-all',
    'session.end',
  ]
  await inTransaction(db, async trx => {
    for (const action of actions)
      await recordAct(trx, organisationId, actor, { at: new Date(), action, subject, reason: 'Proef' })
  })
  t.strictSame(await found({ actorId: actor.id }), actions.toReversed())
  t.strictSame(await found({ actorId: actor.id, without: 'sign-ins' }), [
    'session.end-all',
    'second-factor.refuse',
  ])
})

t.test('pages meet: every act once, in order, whether recent or old', async t => {
  await api.owner.query(
    `insert into acts.acts (organisation_id, at, actor_kind, action, subject_kind, subject_id)
     select $1, now(), 'system', case when n % 7 = 0 then 'cycle.plan' else 'clock.move' end, 'x', n::text
       from generate_series(1, 200) n`,
    [organisationId],
  )
  const all = await api.owner.query(
    `select id from acts.acts where organisation_id = $1 and action = 'cycle.plan' order by id desc`,
    [organisationId],
  )
  for (const newest of [1, 10, 50, 10_000]) {
    const seen: string[] = []
    let before: bigint | undefined
    for (let page = 0; page < 50; page++) {
      const { acts, next } = await searchActs(
        db,
        organisationId,
        { action: 'cycle.plan' },
        { before, limit: 4 },
        newest,
      )
      seen.push(...acts.map(({ id }) => String(id)))
      if (next === null) break
      before = next
    }
    t.strictSame(
      seen,
      all.rows.map(({ id }) => String(id)),
      `with ${newest} read in order`,
    )
  }
})

t.test('the API answers who, what, when, from where and why, with work names and no address', async t => {
  const { status, body } = await api.ask<{ acts: Record<string, unknown>[] }>(
    `/v1/acts?subjectKind=cycle&subjectId=${cycle}`,
    { as: 'auditor' },
  )
  t.equal(status, 200)
  t.match(body.acts, [
    {
      actor: { kind: 'person', id: api.persons.approver, name: 'approver' },
      action: 'cycle.approve',
      onBehalfOf: helped,
      reason: 'belde ons',
    },
    {
      actor: { kind: 'person', name: 'operator' },
      subject: { kind: 'cycle', id: cycle },
      at: '2027-02-01T12:00:00.000Z',
      place: 'ab12cd34',
      sessionId: session,
      requestId: 'request-1',
      detail: {},
    },
  ])
  t.notMatch(JSON.stringify(body), /meent\.example/, 'an address is nowhere')
  const first = await api.ask<{ acts: { id: string }[] }>('/v1/acts?limit=2&action=cycle.plan', {
    as: 'auditor',
  })
  const link = String(first.headers.link)
  t.match(link, `action=cycle.plan`, 'the next page asks the same')
  const path = /<([^>]+)>; rel="next"/.exec(link)?.[1] ?? ''
  const second = await api.ask<{ acts: { id: string }[] }>(path, { as: 'auditor' })
  t.ok(Number(second.body.acts[0]?.id) < Number(first.body.acts[1]?.id))
})

t.test('what cannot be asked is refused', async t => {
  await api.token('operator') // signing in is an act as well
  for (const [query, field] of [
    ['actorId=1', 'actorId'],
    ['action=Cycle.Propose', 'action'],
    ['place=192.0.2.1', 'place'],
    ['from=yesterday', 'from'],
    ['limit=101', 'limit'],
    ['reason=x', 'reason'],
    ['without=cycles', 'without'],
    ['nobody=1', 'querystring'],
  ])
    await refused(
      t,
      api,
      `${query}`,
      `/v1/acts?${query}`,
      { as: 'auditor' },
      { status: 400, code: 'invalid-request', field: field ?? '' },
    )
  await refused(
    t,
    api,
    'by whoever may not',
    '/v1/acts',
    { as: 'operator' },
    { status: 403, code: 'not-allowed' },
  )
})

t.test('a search by subject, actor, action or time is answered from an index', async t => {
  await api.owner.query(
    `insert into acts.acts (organisation_id, at, actor_kind, actor_id, action, subject_kind, subject_id, place, session_id)
     select $1, timestamptz '2025-01-01' + n * interval '10 minutes', 'person', md5('a' || n % 40)::uuid,
            'noun-' || substr('abcdefghijkl', n % 12 + 1, 1) || '.verb', 'kind', md5('s' || n % 4000),
            substr(md5('p' || n % 300), 1, 8), md5('session' || n % 2000)::uuid
       from generate_series(1, 20000) n`,
    [organisationId],
  )
  await api.owner.query('analyze acts.acts')
  const searches: Record<string, ActFilter> = {
    subject: { subjectKind: 'kind', subjectId: '0000' },
    actor: { actorId: randomUUID() },
    action: { action: 'noun-b.verb' },
    noun: { action: 'noun-c' },
    time: { from: new Date('2025-02-01'), until: new Date('2025-02-02') },
    place: { place: 'ffffffff' },
    session: { sessionId: randomUUID() },
    'on behalf of': { onBehalfOf: randomUUID() },
    'without sign-ins': { without: 'sign-ins' },
  }
  for (const [by, filter] of Object.entries(searches)) {
    const conditions = await conditionsOf(db, organisationId, filter)
    const query = olderIds(organisationId, filter, conditions, { before: 2n ** 60n, limit: 51 })
    const { rows } = await sql<Record<string, string>>`explain ${query}`.execute(db)
    const plan = rows.map(row => Object.values(row)[0]).join('\n')
    t.notMatch(plan, /Seq Scan/, `by ${by}`)
    t.match(plan, /Index/, `by ${by}`)
  }
})
