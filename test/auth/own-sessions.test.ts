// One's own sessions, and what opens them: any number at once, all others ended at one press, and nothing that could be
// guessed or comes twice.

import t from 'tap'
import { createKey, sessionCookie, signInForDemonstration } from '../../src/auth/index.ts'
import { newToken } from '../../src/platform/id.ts'
import { testApp } from '../support/app.ts'
import { visitor } from '../support/visitor.ts'
import { byMail, codeOf, withAuthenticator } from './authenticator.ts'
import { signInMail } from './mailbox.ts'

const api = await testApp(t)

t.test('anybody may have any number of sessions, and ends all others at one press', async t => {
  const browsers = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const who = visitor(api)
      const { token } = await signInForDemonstration(api.deps, api.persons.treasurer, { requestId: 'test' })
      who.cookies.set(sessionCookie('http://meent.test'), token)
      return who
    }),
  )
  const [first, ...others] = browsers
  const bystander = await api.token('auditor')
  for (const who of browsers) t.equal((await who.get('/account')).status, 200)
  t.match(await first?.post('/account/session-endings'), { status: 303, to: /ended/ })
  t.equal((await first?.get('/account'))?.status, 200, 'the one that asked goes on')
  for (const who of others) t.match(await who.get('/account'), { status: 303, to: /^\/sign-in/ })
  const headers = { authorization: `Bearer ${bystander}` }
  t.equal((await api.ask('/v1/bank-accounts', { headers })).status, 200, 'and so does everybody else')
})

t.test('what opens something has at least 128 bits, and no two are alike', async t => {
  const maker = { kind: 'person', id: api.persons.administrator } as const
  const key = async () =>
    (
      await createKey(api.deps, maker, {
        name: 'Proef',
        scopes: ['bank.read'],
        poolId: null,
        days: 1,
        reason: 'Proef',
      })
    ).secret
  const link = async () => {
    const email = `iemand-${Math.random()}@elders.example`
    await visitor(api).post('/sign-in', { email })
    return (await signInMail(api, email)).link.split('/').at(-1) ?? ''
  }
  const receipt = async () => {
    const path = `/v1/pools/${api.pools.open.id}/donations`
    const answer = await api.ask<{ receiptToken: string }>(path, { body: { amount: 1_000, currency: 'EUR' } })
    return answer.body.receiptToken
  }
  /** By kind: of how many letters it is made, and how many of them are chance. */
  const kinds = {
    'a session': { make: async () => newToken(), letters: 64, chance: (each: string) => each.length },
    'a key': { make: key, letters: 64, chance: (each: string) => each.length - 'meent_'.length - 6 },
    'a link': { make: link, letters: 52, chance: (each: string) => each.length },
    'a receipt': { make: receipt, letters: 64, chance: (each: string) => each.length },
  }
  for (const [what, { make, letters, chance }] of Object.entries(kinds)) {
    const made: string[] = []
    for (let index = 0; index < 40; index += 1) made.push(await make())
    t.equal(new Set(made).size, made.length, `${what}: no two alike`)
    const [one = ''] = made
    const bits = chance(one) * Math.log2(letters)
    t.ok(bits >= 128, `${what}: ${bits} bits`)
    // Where the same letter always stands in the same place there is no chance.
    const fixed = [...one].filter((letter, place) => made.every(each => each[place] === letter)).length
    t.ok(fixed <= 'meent_'.length, `${what}: ${fixed} letters are always the same`)
  }
})

t.test('one sees where one is signed in, and ends a single one; never somebody else’s', async t => {
  const here = visitor(api)
  const there = visitor(api)
  for (const who of [here, there]) {
    await who.post('/sign-in', { email: 'recipient@meent.example' })
    await who.post('/sign-in/code', { code: (await signInMail(api, 'recipient@meent.example')).code })
  }
  const page = (await here.get('/account')).text
  const endings = [...page.matchAll(/\/account\/sessions\/([0-9a-f-]+)\/endings/g)].map(([path]) => path)
  t.ok(endings.length >= 1 && page.includes('Dit apparaat'), 'the others can be ended, and this one is named')
  const [newest = ''] = endings
  const stranger = visitor(api)
  await stranger.post('/sign-in', { email: 'donor@meent.example' })
  await stranger.post('/sign-in/code', { code: (await signInMail(api, 'donor@meent.example')).code })
  t.equal((await stranger.post(newest)).status, 404, 'of somebody else there is none')
  t.equal((await there.get('/account')).status, 200)
  t.match(await here.post(newest), { status: 303, to: /session-ended/ })
  t.match(await there.get('/account'), { status: 303, to: /^\/sign-in/ })
  t.equal((await here.get('/account')).status, 200)
})

t.test('whoever reads the mail of somebody with a second factor cannot throw them out', async t => {
  const email = 'secondapprover@meent.example'
  const { who, key } = await withAuthenticator(api, email)
  const reader = await byMail(api, email)
  const page = (await reader.get('/account')).text
  const [other = ''] = /\/account\/sessions\/[0-9a-f-]+\/endings/.exec(page) ?? []
  t.ok(other, 'there is one to end')
  for (const path of [other, '/account/session-endings'])
    t.match(await reader.post(path), { status: 303, to: /second-factor/ }, path)
  t.equal((await who.get('/account')).status, 200, 'the other session goes on')
  t.match(await reader.post('/sign-out'), { status: 303 }, 'signing out oneself is free')

  const own = await byMail(api, email)
  await own.post('/sign-in/second-factor', { code: await codeOf(key, 0) })
  await api.owner.query("update auth.sessions set second_factor_at = now() - interval '3 hours'")
  t.match(
    await own.post('/account/session-endings'),
    { status: 303, to: /ended/ },
    'shown long ago is enough',
  )
  t.match(await who.get('/account'), { status: 303, to: /^\/sign-in/ })
})
