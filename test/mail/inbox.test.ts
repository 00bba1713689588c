// In the demonstration letters stay here and can be read; anywhere else nobody can read them.

import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { jobsOf } from '../../src/jobs.ts'
import { letters, queueLetter, sendLetters, waitingLetters } from '../../src/mail/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testApp } from '../support/app.ts'
import { everything } from '../support/everything.ts'
import { mailServer } from './mail-server.ts'
import { CODE, signInLetter, smtpTo, TO } from './support.ts'

const url = 'http://meent.test/sign-in/links/kJ8x?next=%2Fadmin'
const letterTo = (locale: 'nl' | 'en', at: string) =>
  letters.signIn({ locale, organisation: 'Stichting Proef', url: at, code: CODE, minutes: 15 })

t.test('an inbox shows what waits, newest first, and each letter as its reader would see it', async t => {
  const api = await testApp(t)
  const queue = (to: string, at: string, locale: 'nl' | 'en' = 'nl') =>
    inTransaction(api.deps.db, trx =>
      queueLetter(trx, api.deps, { to, locale, kind: 'sign-in', letter: letterTo(locale, at) }),
    )
  const page = async (path: string) => String((await api.ask<{ text: string }>(path)).body.text)
  t.match(await page('/demonstration/inbox'), 'Er is nog geen e-mail')
  const first = await queue('een@ontvanger.example', url)
  const second = await queue('twee@ontvanger.example', 'https://elders.example/sign-in', 'en')
  t.strictSame(await sendLetters(api.deps), { sent: 0, failed: 0 })
  const before = await everything(api.owner)
  for (const prefix of ['', '/en']) {
    const list = await page(`${prefix}/demonstration/inbox`)
    t.ok(list.indexOf('twee@ontvanger.example') < list.indexOf('een@ontvanger.example'), 'newest first')
    t.match(list, `${prefix}/demonstration/inbox/${first}`)
    const one = await page(`${prefix}/demonstration/inbox/${first}`)
    t.match(one, 'href="/sign-in/links/kJ8x?next&#61;%2Fadmin"')
    t.match(one, CODE)
    t.match(one, 'een@ontvanger.example')
    t.notMatch(await page(`${prefix}/demonstration/inbox/${second}`), /href="[^"]*elders/)
  }
  t.match(await page('/'), 'href="/demonstration/inbox"', 'every page leads there')
  const unknown = '019a7c1e-55b0-7cc3-98c4-dc0c0c07398f'
  t.equal((await api.ask(`/demonstration/inbox/${unknown}`)).status, 404)
  t.equal((await api.ask('/demonstration/inbox/1')).status, 400)
  t.strictSame(await everything(api.owner), before, 'reading changes nothing')
})

t.test('where letters leave there is no inbox', async t => {
  const api = await testApp(t)
  const server = await mailServer(t)
  for (const change of [{ mail: smtpTo(server.port) }, { mode: 'real' }] as const) {
    const deps = { ...api.deps, ...change }
    const app = await buildApp(deps, {
      logger: pino({ level: 'silent' }),
      trustProxy: false,
      signIn: 'off',
      requestJob: async () => {},
      liveOn: undefined,
    })
    t.teardown(() => app.close())
    const id = await inTransaction(deps.db, trx =>
      queueLetter(trx, deps, { to: TO, locale: 'nl', kind: 'notice', letter: signInLetter }),
    )
    for (const path of ['/demonstration/inbox', `/en/demonstration/inbox/${id}`])
      t.equal((await app.inject(path)).statusCode, 404, path)
    t.notMatch((await app.inject('/')).body, '/demonstration/inbox')
    await t.rejects(waitingLetters(deps), { code: 'not-in-demonstration' })
  }
})

t.test('the job sends what waits, every minute and when asked', async t => {
  const api = await testApp(t)
  const server = await mailServer(t)
  const deps = { ...api.deps, mail: smtpTo(server.port) }
  await inTransaction(deps.db, trx =>
    queueLetter(trx, deps, { to: TO, locale: 'nl', kind: 'sign-in', letter: signInLetter }),
  )
  const job = jobsOf(deps, undefined)['send-mail']
  t.equal(job?.every, '* * * * *')
  await job?.run()
  await job?.run()
  t.equal(server.received.length, 1)
})
