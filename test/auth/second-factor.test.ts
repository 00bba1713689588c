// The second factor of staff: mandatory, good once, few guesses, asked again for what moves money; and only its owner changes it.

import t from 'tap'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { visitor } from '../support/visitor.ts'
import { byMail, codeOf, keyOf, sparePasskey, withAuthenticator } from './authenticator.ts'
import { lettersTo } from './mailbox.ts'

const api = await testApp(t)
const acts = async (action: string) =>
  (await api.owner.query('select count(*)::int as n from acts.acts where action = $1', [action])).rows[0]
    .n as number

t.test('mail alone opens nothing of staff, and leads to setting one up', async t => {
  const who = await byMail(api, 'treasurer@meent.example')
  const refused = await who.get('/admin')
  t.match(refused, { status: 303, to: '/sign-in/second-factor?next=%2Fadmin' })
  t.match(await who.get(refused.to ?? ''), { status: 303, to: '/account' }, 'who has none sets one up')
  t.match(await who.get('/account'), { status: 200, text: 'Stel eerst een tweede bewijs in' })
})

t.test('an authenticator: set up with a first code, then asked at each sign-in', async t => {
  const { who, key, recoveryCodes, status } = await withAuthenticator(api, 'auditor@meent.example')
  t.equal(status, 200)
  t.equal(recoveryCodes.length, 10)
  t.match(await who.get('/admin'), { status: 200 }, 'whoever set it up has shown it')
  t.match(
    (await lettersTo(api, 'auditor@meent.example'))[0]?.letter.subject,
    /./,
    'and a letter says that something changed',
  )
  const next = await byMail(api, 'auditor@meent.example')
  t.match(await next.get('/admin'), { status: 303, to: /second-factor/ })
  t.match(await next.post('/sign-in/second-factor', { code: '000000' }), { status: 422, text: 'klopt niet' })
  const code = await codeOf(key, 0)
  const shown = await next.post('/sign-in/second-factor', { code, next: '/admin/reconciliation' })
  t.match(shown, { status: 303, to: '/admin/reconciliation?notice=signed-in' })
  t.match(await next.get('/admin'), { status: 200 })
  const third = await byMail(api, 'auditor@meent.example')
  t.match(await third.post('/sign-in/second-factor', { code }), { status: 422 }, 'a code is good once')
  t.match(
    await third.post('/sign-in/second-factor', { code: await codeOf(key, -1) }),
    { status: 422 },
    'an older one no longer',
  )
  const recovery = recoveryCodes[0] ?? ''
  t.match(await third.post('/sign-in/second-factor', { code: recovery }), { status: 303 })
  const fourth = await byMail(api, 'auditor@meent.example')
  t.match(
    await fourth.post('/sign-in/second-factor', { code: recovery }),
    { status: 422 },
    'so is a recovery code',
  )
  t.equal(await acts('second-factor.show'), 2)
  t.equal(await acts('second-factor.refuse'), 4)
})

t.test('the same code twice at once counts once', async t => {
  const { key } = await withAuthenticator(api, 'privacyofficer@meent.example')
  const browsers = [
    await byMail(api, 'privacyofficer@meent.example'),
    await byMail(api, 'privacyofficer@meent.example'),
    await byMail(api, 'privacyofficer@meent.example'),
  ]
  const code = await codeOf(key, 1)
  const answers = await Promise.all(browsers.map(who => who.post('/sign-in/second-factor', { code })))
  t.strictSame(answers.map(({ status }) => status).toSorted(), [303, 422, 422])
})

t.test('what moves money asks again after ten minutes, and leads back', async t => {
  const { who, key } = await withAuthenticator(api, 'approver@meent.example')
  const path = '/v1/cycles/019a0000-0000-7000-8000-000000000001/approvals'
  const approve = async () => {
    const answer = await api.app.inject({
      method: 'POST',
      url: path,
      headers: {
        cookie: `meent_session=${who.cookies.get('meent_session')}`,
        'idempotency-key': 'key-of-this',
      },
    })
    return answer.json<{ type: string }>().type
  }
  t.equal(await approve(), '/problems/not-found', 'fresh')
  await api.owner.query("update auth.sessions set second_factor_at = now() - interval '11 minutes'")
  t.equal(await approve(), '/problems/fresh-sign-in-needed')
  t.equal((await who.get('/admin')).status, 200, 'looking asks nothing')
  const page = await who.get('/sign-in/second-factor?next=/admin/reconciliation')
  t.match(page, { status: 200, text: 'opnieuw' })
  const shown = await who.post('/sign-in/second-factor', {
    code: await codeOf(key, 0),
    next: '/admin/reconciliation',
  })
  t.match(shown, { status: 303, to: '/admin/reconciliation?notice=confirmed' })
  t.equal(await approve(), '/problems/not-found')
})

t.test('a second factor is changed only by showing it, and the others are signed out', async t => {
  const { who, key } = await withAuthenticator(api, 'operator@meent.example')
  const other = await byMail(api, 'operator@meent.example')
  const before = await everything(api.owner)
  for (const path of [
    '/account/authenticator/removals',
    '/account/recovery-codes',
    '/account/passkeys/options',
  ])
    t.match(await other.post(path), { status: 303, to: /second-factor/ }, `${path} by mail alone`)
  await other.post('/account/authenticator')
  t.strictSame(await everything(api.owner), before, 'nothing changed')
  await api.owner.query(
    "update auth.sessions set second_factor_at = now() - interval '11 minutes' where second_factor_at is not null",
  )
  t.match(
    await who.post('/account/authenticator/removals'),
    { status: 303, to: /second-factor/ },
    'an old one',
  )
  await who.post('/sign-in/second-factor', { code: await codeOf(key, 0) })
  t.match(await who.post('/account/recovery-codes'), { status: 200 })
  t.match(await other.get('/account'), { status: 303, to: /^\/sign-in/ }, 'the other session ended')
  const whole = await everything(api.owner)
  t.match(
    await who.post('/account/authenticator/removals'),
    { status: 409, text: 'laatste tweede bewijs' },
    'staff keep one',
  )
  t.strictSame(await everything(api.owner), whole, 'it is still there')
  await sparePasskey(api, api.persons.operator)
  const third = await byMail(api, 'operator@meent.example')
  t.match(await who.post('/account/authenticator/removals'), { status: 303, to: /removed/ })
  t.match(await third.get('/account'), { status: 303, to: /^\/sign-in/ }, 'again')
  t.match(await who.get('/account'), { status: 200 })
  const subjects = (await lettersTo(api, 'operator@meent.example')).map(({ letter }) => letter.subject)
  t.ok(subjects.length >= 4, 'and letters say so')
  await who.post('/account/authenticator')
  t.match(await who.get('/account/authenticator'), { status: 200, text: /<code>[A-Z2-7 ]+<\/code>/ })
  const fourth = await byMail(api, 'operator@meent.example')
  t.match(
    await fourth.get('/account/authenticator'),
    { status: 303, to: /second-factor/ },
    'the secret that waits is not for a session by mail alone',
  )
})

t.test('an authenticator that waits for its first code opens nothing', async t => {
  const who = await byMail(api, 'administrator@meent.example')
  await who.post('/account/authenticator')
  const key = keyOf((await who.get('/account/authenticator')).text)
  t.match(await who.post('/account/authenticator/codes', { code: '000000' }), { status: 422 })
  t.match(await who.get('/admin'), { status: 303, to: /second-factor/ })
  t.match(await who.post('/sign-in/second-factor', { code: await codeOf(key, 0) }), {
    status: 303,
    to: '/account',
  })
  t.match(
    await who.get('/admin'),
    { status: 303, to: /second-factor/ },
    'not by the door of those who have one',
  )
  t.match(await who.post('/account/authenticator/codes', { code: await codeOf(key, 0) }), { status: 200 })
  t.match(await who.get('/admin'), { status: 200 })
})

t.test('whoever sets one up without having to is asked for it as well', async t => {
  const { who, key } = await withAuthenticator(api, 'recipient@meent.example')
  t.not((await who.get('/my-income')).status, 303, 'whoever set it up has shown it')
  const next = await byMail(api, 'recipient@meent.example')
  t.match(
    await next.get('/my-income'),
    { status: 303, to: /second-factor/ },
    'the mail alone is not enough any more',
  )
  t.equal((await next.post('/sign-in/second-factor', { code: await codeOf(key, 0) })).status, 303)
  t.not((await next.get('/my-income')).status, 303)
})

t.test('a secret that is being set up is shown to the session that began it, and to no other', async t => {
  const email = 'donor@meent.example'
  const who = await byMail(api, email)
  const reader = await byMail(api, email)
  await who.post('/account/authenticator')
  const key = keyOf((await who.get('/account/authenticator')).text)
  t.match(await reader.get('/account/authenticator'), { status: 303, to: '/account' }, 'who reads the mail')
  const wrong = await reader.post('/account/authenticator/codes', { code: '000000' })
  t.match(wrong, { status: 303, to: '/account' }, 'nor after a wrong code')
  const known = await reader.post('/account/authenticator/codes', { code: await codeOf(key, -1) })
  t.match(known, { status: 303, to: '/account' }, 'nor is it begun in one session and finished in another')
  await reader.post('/account/authenticator')
  t.match(await who.get('/account/authenticator'), { status: 303, to: '/account' }, 'begun anew elsewhere')
  t.not(keyOf((await reader.get('/account/authenticator')).text), key, 'with another secret')
  await who.post('/account/authenticator')
  const own = keyOf((await who.get('/account/authenticator')).text)
  const code = await codeOf(own, -1)
  t.match(await who.post('/account/authenticator/codes', { code }), { status: 200 })
})

t.test(
  'in the demonstration whoever was chosen from the list may skip it, reads why, and no wrong code passes',
  async t => {
    const person = { personId: api.persons.treasurer }
    const { key } = await withAuthenticator(api, 'treasurer@meent.example')
    const who = visitor(api)
    await who.post('/demonstration/sign-in', person)
    t.match(await who.get('/admin'), { status: 200 }, 'everybody can be this person')
    t.match((await who.get('/account')).text, 'Koos je op de inlogpagina wie je bent?')
    t.match((await who.get('/sign-in/second-factor')).text, 'Daarom mag je dit hier overslaan')
    const show = (code: string) => who.post('/sign-in/second-factor', { code, next: '/admin' })
    t.match(await show('000000'), { status: 422, text: 'klopt niet' })
    t.match(await show(await codeOf(key, 0)), { status: 303, to: /^\/admin/ })
    t.match(await show('demonstration'), { status: 303, to: /^\/admin/ })
    const mail = await byMail(api, 'treasurer@meent.example')
    t.match(
      await mail.post('/sign-in/second-factor', { code: 'demonstration' }),
      { status: 422 },
      'by mail nobody skips it',
    )
  },
)
