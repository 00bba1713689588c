/** Law 5 for decisions and debts: no fund and no debt passes zero, also when many try at once, and the refusal says what is missing. */
import t from 'tap'
import { checkLedger } from '../../src/ledger/checks.ts'
import { movements } from '../../src/ledger/index.ts'
import { FundsTooLow, post } from '../../src/ledger/post.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { insertRaw } from './raw.ts'
import { balances, book, client, type Lines, refused, someDay, testLedger } from './support.ts'

const { owner, app, appUrl, db } = await testLedger(t)

const decide = (key: string, lines: Lines) => book(app, { key, nature: 'decision', lines })
const lacks = (account: string, missing: number) => ({
  code: 'MT003',
  detail: `{"account" : "${account}", "missing" : "${missing}"}`,
})

t.test('a decision never takes a fund below zero; the refusal says how much is missing', async t => {
  await book(app, { key: 'gift', lines: { 'bank b': 100, 'fund-available p': -100 } })
  const funds = ['fund-available', 'fund-pending', 'fund-disputed', 'costs-pending', 'costs-available']
  for (const kind of funds) {
    const held = kind === 'fund-available' ? 100 : 0
    const attack = () => decide('too-much', { [`${kind} p`]: held + 1, 'refunds-owed p': -held - 1 })
    await refused(t, app, attack, lacks(kind, 1), kind)
  }
  await decide('all-of-it', { 'fund-available p': 100, 'refunds-owed p': -100 })
  t.equal((await balances(app))['refunds-owed p'], -100, 'the last cent may go')
})

t.test('decisions of one batch are added up', async t => {
  const occasion = { poolId: '00000000-0000-7000-8000-000000000001', at: new Date(someDay), currency: 'EUR' }
  const gift = movements.transferReceived({
    ...occasion,
    bankEntry: 'entry-1',
    bankAccountId: 'b',
    amount: 100n,
  })
  const reserve = (enrolmentId: string) => movements.incomeReserved({ ...occasion, enrolmentId, amount: 40n })
  await inTransaction(db, trx => post(trx, 1, [gift]))
  const three = () => inTransaction(db, trx => post(trx, 1, ['one', 'two', 'three'].map(reserve)))
  await refused(t, app, three, new FundsTooLow('fund-available', 20n), 'the third does not fit: none is made')
  await inTransaction(db, trx => post(trx, 1, ['one', 'two'].map(reserve)))
})

t.test('a debt never passes zero, be it by a decision or by a fact', async t => {
  for (const kind of [
    'refunds-owed',
    'enrolment-reserved',
    'recipient-payable',
    'payout-sent',
    'loss-reserve',
  ])
    for (const nature of ['decision', 'fact'] as const) {
      const lines: Lines = { [`${kind} debt`]: 6, suspense: -6 }
      const key = `${kind}-${nature}`
      await book(app, { key: `${key}-owed`, lines: { 'bank b': 5, [`${kind} debt`]: -5 } })
      await refused(t, app, () => book(app, { key, nature, lines }), lacks(kind, 1), key)
      await book(app, { key, nature, lines: { [`${kind} debt`]: 5, suspense: -5 } })
    }
})

t.test('a decision never moves cash: only bank and provider say where cash is', async t => {
  for (const cash of ['bank b', 'stripe-pending p', 'stripe-available', 'in-transit'])
    for (const amount of [5, -5]) {
      const attack = () =>
        book(app, { key: 'cash', nature: 'decision', lines: { [cash]: amount, suspense: -amount } })
      await refused(t, app, attack, { code: 'MT002' }, `${cash} by ${amount}`)
    }
})

t.test('a shortfall is no purse: nobody posts to it by name', async t => {
  const attack = () => book(app, { key: 'purse', lines: { 'bank b': 5, 'shortfall fund-available:p': -5 } })
  await refused(t, app, attack, { code: 'MT002' }, 'repaying what is not owed')
})

t.test('the owner who writes raw postings meets the same floors', async t => {
  const passing = [
    { account: 'fund-available raw', amount: 5, balance: 5 },
    { account: 'in-transit', amount: -5, balance: -5 },
  ]
  await refused(t, app, () => insertRaw(owner, passing), lacks('fund-available', 5), 'a fund, even by a fact')
  const deciding = [
    { account: 'shortfall fund-available:raw', amount: 5, balance: 5 },
    { account: 'suspense raw', amount: -5, balance: -5 },
  ]
  const attack = () => insertRaw(owner, deciding, { nature: 'decision' })
  await refused(
    t,
    app,
    attack,
    { code: 'MT003', message: /a decision cannot make a shortfall/ },
    'a decision',
  )
})

t.test('of decisions made at once only those that fit are made', async t => {
  await book(app, { key: 'gift-for-many', lines: { 'bank b': 100, 'fund-available many': -100 } })
  const clients = await Promise.all(Array.from({ length: 8 }, () => client(t, appUrl)))
  const outcomes = await Promise.allSettled(
    clients.map((each, n) => {
      const lines: Lines = { 'fund-available many': 30, [`enrolment-reserved ${n}`]: -30 }
      return book(each, { key: `at-once-${n}`, nature: 'decision', lines })
    }),
  )
  t.equal(outcomes.filter(each => each.status === 'fulfilled').length, 3)
  for (const each of outcomes) if (each.status === 'rejected') t.match(each.reason, { code: 'MT003' })
  t.equal((await balances(app))['fund-available many'], -10)
})

t.test('after all these attacks every law holds', async t => t.strictSame(await checkLedger(db), []))
