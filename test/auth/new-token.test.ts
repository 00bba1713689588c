// Whoever shows more gets another token, and the one from before opens nothing from that moment: nobody can plant a session, wait
// until its person showed the second factor, and be them.

import t, { type Test } from 'tap'
import {
  confirmForDemonstration,
  OIDC_CALLBACK,
  sessionOfToken,
  signInForDemonstration,
  signOut,
} from '../../src/auth/index.ts'
import { testApp } from '../support/app.ts'
import { type Visitor, visitor } from '../support/visitor.ts'
import { byMail, codeOf, withAuthenticator } from './authenticator.ts'
import { municipalityServer } from './municipality-server.ts'

const COOKIE = 'meent_session'
const municipality = await municipalityServer(t, `http://meent.test${OIDC_CALLBACK}`)
const api = await testApp(t, { oidc: municipality.settings })
const tokenOf = (who: Visitor) => who.cookies.get(COOKIE) ?? ''
const opens = async (token: string) => {
  const holder = visitor(api)
  holder.cookies.set(COOKIE, token)
  return (await holder.get('/account')).status === 200
}
const sessionsOf = async (personId: string) =>
  (await api.owner.query('select id from auth.sessions where person_id = $1 order by id', [personId])).rows

/** Does this, and sees that the token changed, that the old one is worth nothing, and that it is the same session. */
async function rises(t: Test, what: string, who: Visitor, personId: string, show: () => Promise<unknown>) {
  const before = tokenOf(who)
  const sessions = await sessionsOf(personId)
  t.ok(await opens(before), `${what}: the old one worked`)
  await show()
  t.not(tokenOf(who), before, `${what}: another one`)
  t.notOk(await opens(before), `${what}: the old one opens nothing`)
  t.ok(await opens(tokenOf(who)), `${what}: the new one does`)
  t.strictSame(await sessionsOf(personId), sessions, `${what}: of the same session`)
}

t.test('showing the second factor gives another token, and ends the old one', async t => {
  const { treasurer, approver } = api.persons
  const email = 'treasurer@meent.example'
  const { key, recoveryCodes } = await withAuthenticator(api, email)
  const post = (who: Visitor, code: string) => who.post('/sign-in/second-factor', { code })

  const byCode = await byMail(api, email)
  await rises(t, 'a code', byCode, treasurer, async () => post(byCode, await codeOf(key, 0)))
  await rises(t, 'once more', byCode, treasurer, async () => post(byCode, await codeOf(key, 1)))
  const byRecovery = await byMail(api, email)
  await rises(t, 'a recovery code', byRecovery, treasurer, () => post(byRecovery, recoveryCodes[0] ?? ''))

  const elsewhere = visitor(api)
  const { to = '' } = await elsewhere.get('/sign-in/municipality')
  await elsewhere.get((await municipality.pass(to)).replace('http://meent.test', ''))
  await rises(t, 'after the municipality', elsewhere, treasurer, () =>
    post(elsewhere, recoveryCodes[1] ?? ''),
  )

  const setsUp = await byMail(api, 'approver@meent.example')
  const page = async () => {
    await setsUp.post('/account/authenticator')
    return /<code>([A-Z2-7 ]+)</.exec((await setsUp.get('/account/authenticator')).text)?.[1] ?? ''
  }
  const own = (await page()).replaceAll(' ', '')
  await rises(t, 'setting one up', setsUp, approver, async () =>
    setsUp.post('/account/authenticator/codes', { code: await codeOf(own, -1) }),
  )

  const inDemonstration = visitor(api)
  const { token } = await signInForDemonstration(api.deps, api.persons.auditor, { requestId: 'test' })
  inDemonstration.cookies.set(COOKIE, token)
  await rises(t, 'in the demonstration', inDemonstration, api.persons.auditor, () =>
    post(inDemonstration, 'demonstration'),
  )
})

t.test('a wrong one changes nothing, and of two with the same right code one rises', async t => {
  const email = 'operator@meent.example'
  const { key } = await withAuthenticator(api, email)
  const who = await byMail(api, email)
  const before = tokenOf(who)
  await who.post('/sign-in/second-factor', { code: '000000' })
  t.equal(tokenOf(who), before)
  const code = await codeOf(key, 0)
  const tabs = [visitor(api), visitor(api), visitor(api)]
  for (const tab of tabs) tab.cookies.set(COOKIE, before)
  const answers = await Promise.all(tabs.map(tab => tab.post('/sign-in/second-factor', { code })))
  t.equal(answers.filter(({ to }) => to?.includes('notice=signed-in')).length, 1, 'one went on')
  const after = new Set(tabs.map(tokenOf).filter(each => each !== before))
  t.equal(after.size, 1, 'and has the one new token')
  t.notOk(await opens(before))
  t.ok(await opens([...after][0] ?? ''))
})

t.test('a session that ended meanwhile rises no more', async t => {
  const { token } = await signInForDemonstration(api.deps, api.persons.auditor, { requestId: 'test' })
  const session = await sessionOfToken(api.deps, token)
  if (!session) throw new Error('no session')
  await signOut(api.deps, token, { requestId: 'test' })
  const actor = { kind: 'person', id: session.person.id } as const
  await t.rejects(confirmForDemonstration(api.deps, actor, session), { code: 'not-signed-in' })
})
