// How long an answer takes tells nobody who is known here: asking for a mail is the same work for an address that somebody
// has and for one that nobody has, question for question.

import pg from 'pg'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'

const { Client } = pg
const api = await testApp(t)

/** The questions to the database while this goes on, without their values. */
async function questionsOf(work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = []
  const { query } = Client.prototype
  Object.assign(Client.prototype, {
    query(this: pg.Client, ...given: unknown[]) {
      const [first] = given as [string | { text?: string }]
      asked.push(typeof first === 'string' ? first : (first.text ?? ''))
      return Reflect.apply(query, this, given)
    },
  })
  try {
    await work()
  } finally {
    Object.assign(Client.prototype, { query })
  }
  return asked
}

t.test('asking for a mail asks the database the same of a known and an unknown address', async t => {
  const ask = (email: string) => questionsOf(() => visitor(api).post('/sign-in', { email }))
  await ask('warm@elders.example') // the first one also connects
  const known = await ask('treasurer@meent.example')
  const unknown = await ask('niemand@elders.example')
  t.ok(known.length > 4, `${known.length} questions`)
  t.strictSame(known, unknown)
  t.strictSame(
    await ask('treasurer@meent.example'),
    await ask('niemand@elders.example'),
    'a second time as well',
  )
})

t.test(
  'a wrong code is the same work for both: wrong, wrong again, the last one, and when it is gone',
  async t => {
    const guessAt = async (email: string) => {
      const who = visitor(api)
      await who.post('/sign-in', { email })
      const asked: string[][] = []
      for (let guess = 0; guess < 5; guess += 1)
        asked.push(await questionsOf(() => who.post('/sign-in/code', { code: '000000' })))
      return asked
    }
    await guessAt('warm@elders.example')
    const known = await guessAt('operator@meent.example')
    const unknown = await guessAt('niemand-anders@elders.example')
    t.ok(
      known.every(each => each.length > 4),
      `${known.map(each => each.length)} questions`,
    )
    t.strictSame(known, unknown)
    const { rows } = await api.owner.query(
      `select subject_kind, count(*)::int as n from acts.acts where action = 'session.refuse'
        and (subject_kind = 'organisation' or subject_id = $1) and actor_kind = 'public' and place is not null
      group by 1 order by 1`,
      [api.persons.operator],
    )
    const [organisation, person] = [
      { subject_kind: 'organisation', n: 10 },
      { subject_kind: 'person', n: 5 },
    ]
    t.strictSame(rows, [organisation, person], 'each leaves its act, of the person if there is one')
  },
)
