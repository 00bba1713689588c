// Signing in by mail: a link or a code, either once and for a quarter of an hour, and nobody learns who is known here.

import t from 'tap'
import { signInByCode } from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { type Visitor, visitor } from '../support/visitor.ts'
import { lettersTo, signInMail } from './mailbox.ts'

const api = await testApp(t)
const TREASURER = 'treasurer@meent.example'
const RECIPIENT = 'recipient@meent.example'

/** Asks for a mail; answers what is in it. */
async function ask(who: Visitor, email: string, next = '') {
  const asked = await who.post('/sign-in', { email, next })
  if (asked.status !== 303) throw new Error(`${asked.status}: ${asked.text}`)
  return signInMail(api, email)
}
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const expireAll = (minutes: number) =>
  api.owner.query(`update auth.verifications set expires_at = expires_at - interval '${minutes} minutes'`)

t.test('by the code, in the browser that asked', async t => {
  const who = visitor(api)
  const { code } = await ask(who, RECIPIENT)
  t.match(await who.get('/sign-in/code'), { status: 200, text: RECIPIENT })
  const entered = await who.post('/sign-in/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })
  t.match(entered, { status: 303, to: '/my-income?notice=signed-in' })
  t.match(await who.get('/account'), { status: 200, text: 'Ontvanger' })
  const again = visitor(api)
  await again.post('/sign-in', { email: RECIPIENT })
  t.match(await again.post('/sign-in/code', { code }), { status: 422 }, 'the code is good once')
})

t.test('by the link, in whatever browser the mail is read in', async t => {
  const { link } = await ask(visitor(api), RECIPIENT)
  const reader = visitor(api)
  const before = await everything(api.owner)
  t.match(await reader.get(link), { status: 200, text: RECIPIENT }, 'the page says who would be signed in')
  t.match(await visitor(api).get(link), { status: 200 }, 'looking at it spends nothing')
  t.strictSame(await everything(api.owner), before)
  t.match(await reader.post(link), { status: 303, to: '/my-income?notice=signed-in' })
  t.match(await visitor(api).post(link), { status: 422, text: 'werkt niet meer' }, 'it is good once')
  t.match(await visitor(api).get(link), { status: 422 })
})

t.test('the link and the code of one mail end together', async t => {
  const first = visitor(api)
  const one = await ask(first, RECIPIENT)
  t.equal((await first.post('/sign-in/code', { code: one.code })).status, 303)
  t.equal((await visitor(api).post(one.link)).status, 422, 'the link after the code')
  const second = visitor(api)
  const other = await ask(second, RECIPIENT)
  t.equal((await visitor(api).post(other.link)).status, 303)
  t.equal((await second.post('/sign-in/code', { code: other.code })).status, 422, 'the code after the link')
})

t.test('a quarter of an hour, and no longer', async t => {
  const who = visitor(api)
  const { code, link } = await ask(who, RECIPIENT)
  await expireAll(14)
  t.equal((await who.get(link)).status, 200, 'after fourteen minutes')
  await expireAll(2)
  t.equal((await who.post('/sign-in/code', { code })).status, 422, 'the code after sixteen')
  t.equal((await who.post(link)).status, 422, 'and the link')
})

t.test('three wrong codes, and the code is gone; the link still works', async t => {
  const who = visitor(api)
  const { code, link } = await ask(who, RECIPIENT)
  for (const guess of [wrong(code), wrong(wrong(code)), 'geen code'])
    t.match(await who.post('/sign-in/code', { code: guess }), { status: 422, text: 'klopt niet' }, guess)
  t.equal((await who.post('/sign-in/code', { code })).status, 422, 'even the right one')
  t.equal((await who.post(link)).status, 303)
})

t.test('many guesses at once are three guesses', async t => {
  const who = visitor(api)
  const { code } = await ask(who, RECIPIENT)
  const guesses = Array.from({ length: 30 }, (_, index) =>
    String((Number(code) + 1 + index) % 1e6).padStart(6, '0'),
  )
  const answers = await Promise.all(guesses.map(guess => who.post('/sign-in/code', { code: guess })))
  t.ok(
    answers.every(({ status }) => status === 422),
    'each is refused',
  )
  t.equal((await who.post('/sign-in/code', { code })).status, 422, 'and the right one comes too late')
})

t.test('the same link and code from many browsers at once let one in', async t => {
  const who = visitor(api)
  const { link } = await ask(who, RECIPIENT)
  const answers = await Promise.all(Array.from({ length: 8 }, () => visitor(api).post(link)))
  t.equal(answers.filter(({ status }) => status === 303).length, 1)
  const { code } = await ask(who, RECIPIENT)
  const origin = { requestId: 'test' }
  const entered = await Promise.allSettled(
    Array.from({ length: 8 }, () => signInByCode(api.deps, { email: RECIPIENT, code }, origin)),
  )
  t.equal(entered.filter(({ status }) => status === 'fulfilled').length, 1)
})

t.test('a newer code takes the place of the older one', async t => {
  const who = visitor(api)
  const older = await ask(who, RECIPIENT)
  const newer = await ask(who, RECIPIENT)
  if (older.code !== newer.code) t.equal((await who.post('/sign-in/code', { code: older.code })).status, 422)
  t.equal((await who.post('/sign-in/code', { code: newer.code })).status, 303)
})

t.test('asking tells nobody who is known here', async t => {
  const known = await visitor(api).post('/sign-in', { email: TREASURER })
  const unknown = await visitor(api).post('/sign-in', { email: 'niemand@elders.example' })
  t.strictSame(known, unknown, 'the same answer')
  t.equal((await lettersTo(api, 'niemand@elders.example')).length, 1, 'and a mail for either')
  const page = async (email: string) => {
    const who = visitor(api)
    await ask(who, email)
    return (await who.get('/sign-in/code')).text.replaceAll(email, 'EMAIL')
  }
  t.equal(await page(TREASURER), await page('niemand@elders.example'), 'and the same page')
})

t.test('whoever has no account gets one by using the mail, and can give', async t => {
  const who = visitor(api)
  const { code } = await ask(who, 'Nieuw.Iemand@Elders.Example'.toLowerCase())
  t.match(await who.post('/sign-in/code', { code }), { status: 303, to: '/my-gifts?notice=signed-in' })
  t.match(await who.get('/account'), { text: 'Donateur' })
  const again = visitor(api)
  const mail = await (async () => {
    await again.post('/sign-in', { email: ' NIEUW.iemand@elders.example ' })
    return signInMail(api, 'nieuw.iemand@elders.example')
  })()
  t.equal((await again.post(mail.link)).status, 303, 'the same account, however the address is written')
  const { rows } = await api.owner.query(
    "select count(*)::int as n from auth.grants where role = 'donor' and granted_by is null",
  )
  t.equal(rows[0].n, 2, 'one donor more than the one that the test began with')
})

t.test('two first sign-ins at once make one account', async t => {
  const email = 'tegelijk@elders.example'
  const who = visitor(api)
  const first = await ask(who, email)
  const second = await ask(who, email)
  const answers = await Promise.all([visitor(api).post(first.link), visitor(api).post(second.link)])
  t.ok(answers.some(({ status }) => status === 303))
  t.ok(
    answers.every(({ status }) => status === 303 || status === 422),
    `${answers.map(each => each.status)}`,
  )
})

t.test('what is no address is refused at the field, and sends nothing', async t => {
  const before = await everything(api.owner)
  for (const email of [
    '',
    'naam',
    'a@b',
    'a@b.nl,c@d.nl',
    'a@b.nl\r\nBcc: c@d.nl',
    '"x" <a@b.nl>',
    'x'.repeat(300),
  ]) {
    const answer = await visitor(api).post('/sign-in', { email })
    t.match(answer, { status: 400, text: 'field-email-error' }, JSON.stringify(email))
  }
  t.strictSame(await everything(api.owner), before)
})

t.test('where it leads afterwards is a page of ours', async t => {
  const outside = [
    ...[
      'https://elders.example',
      '//elders.example',
      '/\\elders.example',
      '/%2f/elders.example/..//x',
      'admin',
    ],
    ...[
      'javascript:alert(1)',
      '/\t/elders.example',
      '/sign-out',
      '/sign-in/second-factor',
      '\\\\elders.example',
    ],
  ]
  for (const next of outside) {
    const who = visitor(api)
    const { code } = await ask(who, RECIPIENT, next)
    const { to } = await who.post('/sign-in/code', { code })
    const url = new URL(to ?? '', 'http://meent.test')
    t.equal(url.host, 'meent.test', next)
    t.notMatch(url.pathname, /^\/sign-/, next)
  }
  const who = visitor(api)
  const { to } = await who.get('/account?x=1')
  t.equal(to, '/sign-in?next=%2Faccount%3Fx%3D1', 'whoever has to sign in first is led there')
  const { code } = await ask(who, RECIPIENT, '/account?x=1')
  t.equal((await who.post('/sign-in/code', { code })).to, '/account?x=1&notice=signed-in', 'and back')
})

t.test(
  'a session that was there before ends with a new one, and after signing out nothing is left',
  async t => {
    const who = visitor(api)
    const one = await ask(who, RECIPIENT)
    await who.post('/sign-in/code', { code: one.code })
    const planted = who.cookies.get('meent_session') ?? ''
    const two = await ask(who, TREASURER)
    await who.post('/sign-in/code', { code: two.code })
    t.not(who.cookies.get('meent_session'), planted, 'another token')
    const old = visitor(api)
    old.cookies.set('meent_session', planted)
    t.match(await old.get('/account'), { status: 303, to: /^\/sign-in/ }, 'the old one is nobody')
    await who.post('/sign-out')
    t.notOk(who.cookies.has('meent_session'))
  },
)
