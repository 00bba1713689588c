// Whoever has only the mailbox of somebody with a second factor uses up nothing that this person has.

import t from 'tap'
import { limits } from '../../src/platform/rate-limits/index.ts'
import { testApp } from '../support/app.ts'
import { byMail, withAuthenticator } from './authenticator.ts'

const window = { seconds: 900 }
const quotas = { origin: { points: 999, ...window }, person: { points: 8, ...window } }
const few = { quotas, whenAway: 'count-here' } as const
const api = await testApp(t, { limits: { ...limits, read: few, write: few, 'sign-in': few } })
const email = 'approver@meent.example'
const statuses = async (times: number, ask: () => Promise<{ status: number }>) => {
  const seen: number[] = []
  for (let turn = 0; turn < times; turn += 1) seen.push((await ask()).status)
  return seen
}

t.test('the requests of such a session are counted by themselves', async t => {
  const { who } = await withAuthenticator(api, email)
  const reader = await byMail(api, email)
  t.equal((await statuses(9, () => reader.get('/account'))).at(-1), 429, 'the reader is braked')
  t.equal((await statuses(9, () => reader.post('/account/session-endings'))).at(-1), 429)
  t.equal((await who.get('/admin')).status, 200, 'the person is not')
  t.match(await who.post('/account/session-endings'), { status: 303, to: /ended/ }, 'and ends that session')
  t.match(await reader.get('/account'), { status: 303, to: /^\/sign-in/ })
})

t.test('nor do they keep another sign-in from showing the second factor', async t => {
  const reader = await byMail(api, email)
  const person = await byMail(api, email)
  t.equal((await statuses(9, () => reader.post('/sign-in/passkeys/options'))).at(-1), 429)
  t.equal((await person.post('/sign-in/passkeys/options')).status, 200)
  await statuses(9, () => reader.get('/account'))
  t.equal((await person.get('/sign-in/second-factor')).status, 200)
})

t.test('whoever showed it is one person, in however many sessions', async t => {
  const token = await api.token('treasurer')
  const second = (
    await api.ask<{ token: string }>('/v1/sessions', { body: { personId: api.persons.treasurer }, key: null })
  ).body.token
  const seen: number[] = []
  for (let turn = 0; turn < 9; turn += 1) {
    const headers = { authorization: `Bearer ${turn % 2 ? token : second}` }
    seen.push((await api.app.inject({ url: '/v1/pools', headers })).statusCode)
  }
  t.equal(seen.at(-1), 429)
})
