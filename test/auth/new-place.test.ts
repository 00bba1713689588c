// Whoever works here reads of a sign-in from a place where they were not lately; nobody else, and not the first time.

import t from 'tap'
import { signInByCode } from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { lettersTo, signInMail } from './mailbox.ts'

const api = await testApp(t)
const TREASURER = 'treasurer@meent.example'
const [HOME, WORK] = ['aaaaaaaa', 'bbbbbbbb']

const told = async (email: string) =>
  (await lettersTo(api, email)).filter(({ letter }) => /internetverbinding/.test(letter.paragraphs[0] ?? ''))

/** Answers how many letters this sign-in sent. */
async function from(place: string | undefined, email = TREASURER): Promise<number> {
  const before = (await told(email)).length
  await visitor(api).post('/sign-in', { email })
  const { code } = await signInMail(api, email)
  await signInByCode(api.deps, { email, code }, { requestId: 'test', place })
  return (await told(email)).length - before
}

t.test('staff, from place to place', async t => {
  t.equal(await from(HOME), 0, 'the first time ever')
  t.equal(await from(HOME), 0, 'the same place')
  t.equal(await from(WORK), 1, 'another place')
  t.equal(await from(WORK), 0, 'which is known from then on')
  t.equal(await from(HOME), 0, 'as the first one is')
  t.equal(await from(undefined), 0, 'no place is no other place')
  const [letter] = await told(TREASURER)
  t.match(letter, {
    letter: { action: { url: 'http://meent.test/account' }, code: undefined },
  })
  t.notMatch(JSON.stringify(letter), /aaaaaaaa|bbbbbbbb/, 'no place stands in it')
})

t.test('after ninety days a place is new again, and not sooner', async t => {
  const day = 86_400_000
  const now = api.deps.clock.now().getTime()
  api.setClock(new Date(now + 89 * day))
  t.equal(await from(WORK), 0)
  api.setClock(new Date(now + 180 * day))
  t.equal(await from(WORK), 1)
})

t.test('what somebody else did there makes no place known', async t => {
  const other = 'operator@meent.example'
  await from(HOME, other)
  await from('cccccccc')
  t.equal(await from('cccccccc', other), 1)
})

t.test('who only receives or gives gets none', async t => {
  t.equal(await from(HOME, 'recipient@meent.example'), 0)
  t.equal(await from(WORK, 'recipient@meent.example'), 0)
  t.equal(await from(HOME, 'gever@elders.example'), 0)
  t.equal(await from(WORK, 'gever@elders.example'), 0)
})

t.test('a sign-in that was refused tells nobody anything', async t => {
  await visitor(api).post('/sign-in', { email: TREASURER })
  const before = (await told(TREASURER)).length
  const wrong = { email: TREASURER, code: 'geen code' }
  await t.rejects(signInByCode(api.deps, wrong, { requestId: 'test', place: 'dddddddd' }))
  t.equal((await told(TREASURER)).length, before)
})
