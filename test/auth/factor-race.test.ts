// At the moment in which a second factor is confirmed, whoever reads the mail must not be let in on it, nor void it.

import t from 'tap'
import { addPasskey } from '../../src/auth/second-factor/passkeys.ts'
import { sessionOfToken } from '../../src/auth/sessions.ts'
import { testApp } from '../support/app.ts'
import { byMail, codeOf, codesOf, keyOf } from './authenticator.ts'

const api = await testApp(t)
const pause = () => new Promise(resolve => setTimeout(resolve, 400))

/** Keeps whoever comes for these rows waiting, in the order in which they come. */
async function inThisOrder<T>(rows: string, starts: readonly (() => Promise<T>)[]): Promise<T[]> {
  const begun: Promise<T>[] = []
  await api.owner.query('begin')
  await api.owner.query(`select from ${rows} for update`)
  for (const start of starts) {
    begun.push(start())
    await pause()
  }
  await api.owner.query('commit')
  return Promise.all(begun)
}

t.test('a secret is not made anew while its first code is looked at', async t => {
  const email = 'approver@meent.example'
  const own = await byMail(api, email)
  const reader = await byMail(api, email)
  await own.post('/account/authenticator')
  const key = keyOf((await own.get('/account/authenticator')).text)
  const [confirmed, begun] = await inThisOrder('auth.authenticators', [
    // Not the oldest code that counts: it may have become too old by the time that its turn comes.
    async () => own.post('/account/authenticator/codes', { code: await codeOf(key, 0) }),
    () => reader.post('/account/authenticator'),
  ])
  t.equal(codesOf(confirmed?.text ?? '').length, 10, 'the owner has one')
  t.match(begun, { status: 303, to: /^\/sign-in/ }, 'the reader has to show it')
  const { rows } = await api.owner.query(
    'select a.verified, p.second_factor from auth.authenticators a join auth.persons p on p.id = a.person_id',
  )
  t.strictSame(rows, [{ verified: true, second_factor: true }])
  const again = await byMail(api, email)
  t.match(await again.post('/sign-in/second-factor', { code: await codeOf(key, 1) }), { status: 303 })
  t.equal((await again.get('/admin')).status, 200, 'and it opens')
})

t.test('nor is a passkey added beside it', async t => {
  const email = 'treasurer@meent.example'
  const own = await byMail(api, email)
  const token = (await byMail(api, email)).cookies.get('meent_session') ?? ''
  const session = await sessionOfToken(api.deps, token)
  if (!session) throw new Error('nobody signed in')
  await own.post('/account/authenticator')
  const key = keyOf((await own.get('/account/authenticator')).text)
  const actor = { kind: 'person', id: session.person.id, session: session.id, origin: 'test' } as const
  const browser = { session, token, actor, cookies: '', baseUrl: 'http://meent.test' }
  const [confirmed, added] = await inThisOrder<unknown>('auth.authenticators', [
    async () => (await own.post('/account/authenticator/codes', { code: await codeOf(key, 0) })).status,
    () =>
      addPasskey(api.deps, browser, { name: 'Reader', response: {} }).catch(
        (refused: { code: string }) => refused.code,
      ),
  ])
  t.strictSame([confirmed, added], [200, 'second-factor-needed'])
})
