// The trail as a file: all of it or what a search finds, oldest first, harmless in a spreadsheet, and itself an act.

import t from 'tap'
import { exportActs } from '../../src/acts/export-acts.ts'
import { recordAct } from '../../src/acts/index.ts'
import { textCell } from '../../src/platform/csv.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'

t.setTimeout(120_000)
const api = await testApp(t)
const { db, organisationId } = api.deps
const FORMULA = '=HYPERLINK("http://elsewhere.example";"x")'

await inTransaction(db, trx =>
  recordAct(
    trx,
    organisationId,
    { kind: 'person', id: api.persons.operator, place: 'ab12cd34', origin: '@request' },
    {
      at: new Date('2027-02-01T12:00:00Z'),
      action: 'cycle.propose',
      subject: { kind: 'cycle', id: '+1+1' },
      reason: FORMULA,
      detail: { total: '100' },
    },
  ),
)

t.test('each line of JSON is one act, as the API says it', async t => {
  const answer = await api.app.inject({
    url: '/v1/acts/export?format=jsonl',
    headers: { authorization: `Bearer ${await api.token('treasurer')}` },
  })
  t.equal(answer.statusCode, 200)
  t.match(answer.headers, {
    'content-type': /^application\/x-ndjson/,
    'content-disposition': /filename="trail.jsonl"/,
    'cache-control': 'no-store',
  })
  const acts = answer.body
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  t.strictSame(
    acts.map(({ id }) => Number(id)),
    acts.map(({ id }) => Number(id)).toSorted((a, b) => a - b),
    'oldest first',
  )
  t.match(
    acts.find(({ action }) => action === 'cycle.propose'),
    { actor: { name: 'operator' }, reason: FORMULA, place: 'ab12cd34', detail: { total: '100' } },
  )
  t.match(
    acts.at(-1),
    { action: 'trail.export', actor: { name: 'treasurer' }, detail: { format: 'jsonl' } },
    'the export is the last act in it',
  )
})

t.test('in a spreadsheet no cell is a formula', async t => {
  const answer = await api.ask<{ text: string }>('/v1/acts/export?format=csv&action=cycle', { as: 'auditor' })
  t.match(answer.headers['content-type'], /^text\/csv/)
  const [head, line, ...rest] = answer.body.text.split('\r\n')
  t.match(head, /^id,at,recorded_at,actor_kind,actor_id,actor_name,action,/)
  t.match(line, `,operator,cycle.propose,cycle,'+1+1,ab12cd34,,,"'=HYPERLINK(""http`)
  t.match(line, /,'@request,"\{""total"":""100""\}"$/)
  t.strictSame(rest, [''], 'only what was searched for')
  for (const text of ['=1', '+1', '-1', '@x', '\t=1', '\r=1', '\n=1', '  =1', "'=1"])
    t.match(textCell(text), /^"?'/, JSON.stringify(text))
  t.equal(textCell('a "b", c'), '"a ""b"", c"')
})

t.test('an export is an act, with what was asked; one that is refused is none', async t => {
  const exports = async () =>
    (
      await api.owner.query(
        `select actor_id, detail, origin from acts.acts where action = 'trail.export' order by id`,
      )
    ).rows
  const before = (await exports()).length
  await api.ask('/v1/acts/export?format=xls', { as: 'auditor' })
  await api.ask('/v1/acts/export?format=csv', { as: 'operator' })
  t.equal((await exports()).length, before)
  await api.ask('/v1/acts/export?format=csv&place=ab12cd34&from=2027-01-01T00:00:00Z', { as: 'auditor' })
  t.match((await exports()).at(-1), {
    actor_id: api.persons.auditor,
    detail: { format: 'csv', place: 'ab12cd34', from: '2027-01-01T00:00:00.000Z' },
  })
  await api.ask('/v1/acts/export?format=csv&reason=Jansen', { as: 'auditor' })
  t.strictSame(
    (await exports()).at(-1).detail,
    { format: 'csv', reason: '…' },
    'words that anybody may type are not kept for ever',
  )
})

t.test('a long trail is read page by page, as fast as it is taken', async t => {
  await api.owner.query(
    `insert into acts.acts (organisation_id, at, actor_kind, action, subject_kind, subject_id)
     select $1, now(), 'system', 'clock.move', 'x', repeat('x', 500) from generate_series(1, 5000) n`,
    [organisationId],
  )
  let asked = 0
  const namesOf = async () => {
    asked += 1
    return new Map<string, string>()
  }
  const request = { format: 'jsonl', filter: {}, upTo: 2n ** 60n } as const
  const pieces = exportActs(db, organisationId, request, namesOf)
  await pieces.next()
  t.equal(asked, 1, 'nothing is read ahead of who takes it')
  let longest = 0
  let lines = 0
  for await (const piece of pieces) {
    longest = Math.max(longest, piece.length)
    lines += piece.split('\n').length - 1
  }
  t.ok(lines >= 4000, `${lines} lines`)
  t.ok(longest < 1_500_000, `at most ${longest} characters at once`)
})
