// What donors are told of their gifts, once a month; being asked once to give again; and how many come back, told of no few.

import t from 'tap'
import { makeAvailable, postTransactions } from '../../src/donations/index.ts'
import { cohorts } from '../../src/donors/index.ts'
import { waitingLetters } from '../../src/mail/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { remindToRenew, tellMonths } from '../../src/retention/index.ts'
import { approved, fund, recipient, sent } from '../disbursements/run.ts'
import { pay, start } from '../donors/run.ts'
import { testApp } from '../support/app.ts'

const GOOD = 'NL35MEEN0000000004'
const api = await testApp(t)
const subjects = async (pattern: RegExp) =>
  (await waitingLetters(api.deps)).filter(({ letter }) => pattern.test(letter?.subject ?? ''))
const give = async (amount: number, email?: string) => {
  await pay(api, await start(api, { amount, ...(email ? { email } : {}) }))
  await postTransactions(api.deps)
}

t.test('once a month a donor reads what their gifts did, in the month after', async t => {
  await give(50_000)
  await give(25_000)
  await fund(api, 425_000)
  await recipient(api, GOOD)
  await api.liveTo('2027-03-10')
  await sent(api, await approved(api, '2027-03'))
  await api.liveTo('2027-03-28')
  t.equal(await tellMonths(api.deps), 0, 'not while the month lasts')
  await api.liveTo('2027-04-03')
  t.equal(await tellMonths(api.deps), 0, 'nor in the first days, when payments can still come back')
  await api.liveTo('2027-04-06')
  const told = await Promise.all([tellMonths(api.deps), tellMonths(api.deps)])
  t.equal(told[0] + told[1], 1, 'once, whoever tries')
  t.equal(await tellMonths(api.deps), 0)
  const [letter] = await subjects(/^Wat uw donatie deed in maart 2027/)
  // € 100 was paid out of about € 5,000: a fiftieth of each gift, less the provider's fee, rounded down.
  t.match(
    letter?.letter?.paragraphs[0]?.replaceAll('\u00a0', ' '),
    /één basisinkomen uit\. Daarin zat € 14,98 van u/,
  )
})

t.test('a year after the latest gift somebody is asked once', async t => {
  const year = (day: string) => api.setClock(new Date(`${day}T10:00:00Z`))
  year('2027-12-01')
  t.equal(await remindToRenew(api.deps), 0, 'too early')
  await makeAvailable(api.deps)
  year('2028-02-20')
  t.equal(await remindToRenew(api.deps), 1)
  t.equal(await remindToRenew(api.deps), 0)
  const [letter] = await subjects(/^Een jaar geleden gaf u aan Pot open/)
  t.match(
    letter?.letter?.action?.url,
    /\/pools\/open\?ownAmount=250(\.00)?#give$/,
    'with the same amount filled in',
  )
  year('2028-04-01')
  t.equal(await remindToRenew(api.deps), 0, 'and not when it is long ago')
})

t.test('how many come back', async t => {
  const all = await inTransaction(api.deps.db, trx =>
    cohorts(trx, api.organisationId, api.deps.clock.now(), 12),
  )
  t.strictSame(all, [
    {
      month: '2027-03',
      donors: 1,
      again: [1, 3, 6, 12].map(within => ({ within, donors: 0 })), // the second one came at the same moment
    },
  ])
  const page = async () =>
    (await api.ask<{ text: string }>('/admin', { as: 'operator', headers: { accept: 'text/html' } })).body
      .text
  t.match(await page(), /te weinig/, 'of one donor nothing is shown')
  for (let number = 0; number < 6; number += 1) await give(1_000, `${number}@thuis.example`)
  t.notMatch(await page(), /nog geen gevers/)
  t.match(await page(), /april 2028[\s\S]*6[\s\S]*nog te vroeg/)
})
