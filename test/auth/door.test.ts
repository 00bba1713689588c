// The door of six digits: ten wrong codes shut it, for longer each time, and a letter says so. Whoever reads somebody's mail
// cannot keep that person out by it.

import { symmetricEncrypt } from 'better-auth/crypto'
import t from 'tap'
import { minutesShut } from '../../src/auth/second-factor/door.ts'
import { limits } from '../../src/platform/rate-limits/index.ts'
import { testApp } from '../support/app.ts'
import { type Visitor, visitor } from '../support/visitor.ts'
import { byMail, codeOf, withAuthenticator } from './authenticator.ts'
import { lettersTo } from './mailbox.ts'

const api = await testApp(t)
const show = (who: Visitor, code: string) => who.post('/sign-in/second-factor', { code })
const wrong = async (who: Visitor, times: number) => {
  const statuses = new Set<number>()
  for (let guess = 0; guess < times; guess += 1) statuses.add((await show(who, '000000')).status)
  return [...statuses]
}
const warnings = async (email: string) =>
  (await lettersTo(api, email)).filter(({ letter }) => /tien keer/.test(letter.paragraphs.join(' '))).length
const waits = async (personId: string) => {
  const { rows } = await api.owner.query(
    `select round(extract(epoch from locked_until - now()) / 60)::int as minutes
       from auth.authenticators where person_id = $1`,
    [personId],
  )
  return rows[0].minutes as number | null
}
const letPass = () =>
  api.owner.query("update auth.authenticators set locked_until = now() - interval '1 second'")

t.test('it stays shut twice as long each time, at most a day', t => {
  t.strictSame([0, 1, 2, 3, 4, 5, 6, 7, 60].map(minutesShut), [15, 30, 60, 120, 240, 480, 960, 1440, 1440])
  t.end()
})

t.test('ten wrong ones shut it, the person is told once, and a right one begins anew', async t => {
  const email = 'secondapprover@meent.example'
  const person = api.persons.secondApprover
  const { key } = await withAuthenticator(api, email)
  const guesser = await byMail(api, email)
  t.strictSame(await wrong(guesser, 9), [422])
  t.equal(await warnings(email), 0, 'nine are nothing to tell')
  t.strictSame(await wrong(guesser, 1), [422])
  const right = await codeOf(key, 0)
  const refused = await show(guesser, right)
  t.match(refused, { status: 429, text: 'herstelcode of toegangssleutel werkt wel' }, 'the right one too')
  await wrong(await byMail(api, email), 5)
  t.equal(await warnings(email), 1, 'a letter for each time that it shuts, not for each that knocks')
  t.equal(await waits(person), 15)
  await letPass()
  t.strictSame(await wrong(guesser, 10), [422])
  t.equal(await waits(person), 30, 'twice as long')
  t.equal(await warnings(email), 2)
  await letPass()
  t.equal((await show(guesser, right)).status, 303, 'afterwards it works again')
  t.strictSame(await wrong(await byMail(api, email), 10), [422])
  t.equal(await waits(person), 15, 'and it begins anew')
})

t.test('many at once are ten as well', async t => {
  const email = 'auditor@meent.example'
  await withAuthenticator(api, email)
  const guesser = await byMail(api, email)
  const answers = await Promise.all(Array.from({ length: 16 }, () => show(guesser, '000000')))
  t.equal(answers.filter(({ status }) => status === 422).length, 10)
  t.equal(answers.filter(({ status }) => status === 429).length, 6)
  t.equal(await warnings(email), 1)
})

t.test('whoever reads the mail does not keep the person out', async t => {
  const email = 'treasurer@meent.example'
  const { who, key, recoveryCodes } = await withAuthenticator(api, email)
  const reader = await byMail(api, email)
  await wrong(reader, 10)
  t.equal((await show(reader, '000000')).status, 429, 'it is shut')
  t.equal((await who.get('/admin')).status, 200, 'whoever was in stays in')
  t.equal((await show(who, await codeOf(key, 0))).status, 303, 'and shows it again at a door of their own')
  t.ok(await waits(api.persons.treasurer), 'by which the other door does not open')
  const anew = await byMail(api, email)
  t.equal((await show(anew, recoveryCodes[0] ?? '')).status, 303, 'a recovery code passes no door')
  t.match(await anew.post('/account/session-endings'), { status: 303, to: /ended/ })
  t.match(await reader.get('/account'), { status: 303, to: /^\/sign-in/ }, 'and throws the reader out')
  t.equal(await waits(api.persons.treasurer), null, 'the door is as new')
})

t.test(
  'an app alone is enough where the person was lately, though the door is shut again and again',
  async t => {
    const email = 'administrator@meent.example'
    const person = api.persons.administrator
    const { key } = await withAuthenticator(api, email)
    const elsewhere = visitor(api, 'test', '203.0.113.9')
    await byMail(api, email, elsewhere)
    const stranger = visitor(api, 'test', '203.0.113.9')
    await byMail(api, email, stranger)
    await wrong(elsewhere, 10)
    t.equal((await show(stranger, await codeOf(key, 0))).status, 429, 'from elsewhere it is shut')
    const here = await byMail(api, email)
    t.equal((await show(here, await codeOf(key, 0))).status, 303, 'here it is not')
    t.equal(await waits(person), 15, 'and the door stays shut')
    t.strictSame(await wrong(await byMail(api, email), 5), [422])
    t.match(
      await show(await byMail(api, email), await codeOf(key, 1)),
      { status: 429 },
      'five wrong ones a day',
    )
    t.equal(await waits(person), 15, 'which shut nothing for longer')
    api.setClock(new Date(api.deps.clock.now().getTime() + 100 * 86_400_000))
    t.equal(
      (await show(await byMail(api, email), await codeOf(key, 1))).status,
      429,
      'after ninety days it is unknown',
    )
  },
)

t.test('what the reader tries is not counted against the person', async t => {
  const quotas = { origin: { points: 999, seconds: 900 }, person: { points: 12, seconds: 900 } }
  const own = await testApp(t, { limits: { ...limits, 'sign-in': { quotas, whenAway: 'refuse' } } })
  const email = 'treasurer@meent.example'
  const { recoveryCodes } = await withAuthenticator(own, email)
  const reader = await byMail(own, email)
  const person = await byMail(own, email)
  await wrong(reader, 12)
  t.match(await show(reader, '000000'), { status: 429, text: 'te snel' }, 'the reader is braked')
  t.equal((await show(person, recoveryCodes[0] ?? '')).status, 303, 'the person is not')
})

t.test('who guesses in a session that was left open loses it, and shuts nothing', async t => {
  const email = 'operator@meent.example'
  const { who, key } = await withAuthenticator(api, email)
  t.strictSame(await wrong(who, 9), [422])
  t.equal((await show(who, await codeOf(key, 0))).status, 303, 'a right one begins anew')
  t.strictSame(await wrong(who, 9), [422])
  t.match(await show(who, '000000'), { status: 303, to: /^\/sign-in/ }, 'the tenth in a row ends it')
  t.match(await who.get('/account'), { status: 303, to: /^\/sign-in/ })
  t.equal(await warnings(email), 1)
  t.equal(await waits(api.persons.operator), null)
  const { rows } = await api.owner.query(
    "select detail from acts.acts where action = 'session.end' and actor_id = $1",
    [api.persons.operator],
  )
  t.strictSame(rows, [{ detail: { by: 'wrong-codes' } }], 'and it is in the trail')
})

t.test('a recovery code: however it is typed, and never by what is stored of it', async t => {
  const email = 'approver@meent.example'
  const { key, recoveryCodes } = await withAuthenticator(api, email)
  const [first = '', second = ''] = recoveryCodes
  t.match(first, /^([a-z2-9]{4}-){5}[a-z2-9]{4}$/)
  const who = await byMail(api, email)
  const { rows } = await api.owner.query(
    'select recovery_codes from auth.authenticators where person_id = $1',
    [api.persons.approver],
  )
  const stored = JSON.parse(rows[0].recovery_codes) as string[]
  t.equal(stored.length, 10)
  for (const each of stored) {
    t.match(each, /^sha256:[\w-]{43}$/)
    t.equal((await show(who, each)).status, 422, 'a hash is no code')
  }
  t.equal((await show(who, ` ${first.toUpperCase().replaceAll('-', ' ')} `)).status, 303)
  const engine = api.deps.engines.at(api.deps.publicUrl())
  const { secretConfig } = await engine.$context
  const data = JSON.stringify(['AbCdE-12345', second])
  await api.owner.query('update auth.authenticators set recovery_codes = $1 where person_id = $2', [
    await symmetricEncrypt({ key: secretConfig, data }),
    api.persons.approver,
  ])
  t.equal(
    (await show(await byMail(api, email), 'AbCdE-12345')).status,
    303,
    'one of before codes were hashed',
  )
  t.equal((await show(await byMail(api, email), 'AbCdE-12345')).status, 422, 'is good once as well')
  t.equal((await show(await byMail(api, email), await codeOf(key, 0))).status, 303)
})
