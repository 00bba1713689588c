// When a month is planned, and what becomes of it when things go wrong: nobody is paid twice, and nobody waits for somebody
// else's account.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import {
  approveCycle,
  batchesOf,
  makePaymentFile,
  planCycle,
  planCycles,
  proposeCycle,
} from '../../src/disbursements/index.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { returnPaymentsTo } from '../../src/simulation/bank/index.ts'
import { testApp } from '../support/app.ts'
import { actor, approved, cycleOf, fund, outcomes, paydays, recipient, sent } from './run.ts'

const GOOD = 'NL35MEEN0000000004'
const CLOSED = 'NL08MEEN0000000005'
const eight = <Result>(work: (index: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: 8 }, (_, index) => work(index)))
const succeeded = (settled: PromiseSettledResult<unknown>[]) =>
  settled.filter(each => each.status === 'fulfilled').length
const refusals = (settled: PromiseSettledResult<unknown>[]) => [
  ...new Set(settled.flatMap(each => (each.status === 'rejected' ? each.reason.code : []))),
]

t.test('a month is planned once, however many plan it at once', async t => {
  const api = await testApp(t)
  await fund(api, 250_000)
  await recipient(api, GOOD)
  const planned = await Promise.all(Array.from({ length: 8 }, () => planCycles(api.deps)))
  t.equal(planned.flat().length, 1)
  t.strictSame(await paydays(api), { '2027-03': '2027-03-25' })

  const byHand = await eight(() => planCycle(api.deps, actor(api, 'operator'), api.pools.open, '2027-04'))
  t.equal(succeeded(byHand), 1)
  t.strictSame(refusals(byHand), ['cycle-exists'])
})

t.test('after downtime what was missed is planned, to the end of the term and no further', async t => {
  const api = await testApp(t)
  await fund(api, 250_000)
  await recipient(api, GOOD)
  api.setClock(new Date('2027-07-10T10:00:00Z'))
  t.equal((await planCycles(api.deps)).length, 5)
  t.strictSame(await paydays(api), {
    '2027-03': '2027-03-25',
    '2027-04': '2027-04-23', // the 25th is a Sunday
    '2027-05': '2027-05-25',
    '2027-06': '2027-06-25',
    '2027-07': '2027-07-23', // a Sunday again
  })
  t.strictSame(await planCycles(api.deps), [], 'and not again')
  api.setClock(new Date('2031-01-01T10:00:00Z'))
  t.equal((await planCycles(api.deps)).length, 7, 'a year is twelve months')
  const all = await paydays(api)
  t.match(all, { '2027-12': '2027-12-24', '2028-01': '2028-01-25', '2028-02': '2028-02-25' }, 'over new year')
  t.equal(Object.keys(all).at(-1), '2028-02', 'the last of the term')
})

t.test('the day in Amsterdam decides, in summer and in winter', async t => {
  const api = await testApp(t)
  await fund(api, 250_000)
  await recipient(api, GOOD)
  await planCycles(api.deps)
  const monthsAt = async (instant: string) => {
    api.setClock(new Date(instant))
    await planCycles(api.deps)
    return Object.keys(await paydays(api))
  }
  // Three weeks before Friday 23 April, on the other side of the change to summer time.
  t.strictSame(await monthsAt('2027-04-01T21:59:59Z'), ['2027-03'], 'the last second of 1 April')
  t.strictSame(await monthsAt('2027-04-01T22:00:00Z'), ['2027-03', '2027-04'], 'the first of 2 April')
  // Three weeks before Friday 24 December.
  t.notOk((await monthsAt('2027-12-02T22:59:59Z')).includes('2027-12'), 'the last second of 2 December')
  t.ok((await monthsAt('2027-12-02T23:00:00Z')).includes('2027-12'), 'the first of 3 December')
})

t.test('a payday on the first can fall in the month before, and is planned in time for that', async t => {
  const api = await testApp(t, { terms: { paydayOfMonth: 1 } })
  await fund(api, 250_000)
  await recipient(api, GOOD, '2027-05')
  await recipient(api, CLOSED, '2028-01')
  api.setClock(new Date('2027-04-08T10:00:00Z'))
  t.strictSame(await planCycles(api.deps), [], 'more than three weeks before Friday 30 April')
  api.setClock(new Date('2027-04-09T10:00:00Z'))
  await planCycles(api.deps)
  t.strictSame(await paydays(api), { '2027-05': '2027-04-30' }, '1 May is a Saturday')
  api.setClock(new Date('2027-12-10T10:00:00Z'))
  await planCycles(api.deps)
  t.match(await paydays(api), { '2027-12': '2027-12-01', '2028-01': '2027-12-31' })
  const due = await outcomesAfterProposal(api, '2028-01')
  t.equal(due, 2, 'January is paid in December, to who starts in January too')
})

async function outcomesAfterProposal(api: Awaited<ReturnType<typeof testApp>>, month: string) {
  const cycleId = await cycleOf(api, month)
  await proposeCycle(api.deps, actor(api, 'operator'), { cycleId, idempotencyKey: randomUUID() })
  return Object.keys(await outcomes(api, cycleId)).length
}

t.test('each step happens once, however many do it at once', async t => {
  const api = await testApp(t)
  await fund(api, 250_000)
  await recipient(api, GOOD)
  const cycleId = await cycleOf(api, '2027-03')
  const step = () => ({ cycleId, idempotencyKey: randomUUID() })
  const proposals = await eight(() => proposeCycle(api.deps, actor(api, 'operator'), step()))
  t.strictSame([succeeded(proposals), refusals(proposals)], [1, ['cycle-already-proposed']])
  const approvals = await eight(index =>
    approveCycle(api.deps, actor(api, index % 2 ? 'approver' : 'secondApprover'), step()),
  )
  t.strictSame([succeeded(approvals), refusals(approvals)], [1, ['cycle-already-approved']])
  const files = await eight(() => makePaymentFile(api.deps, actor(api, 'operator'), step()))
  t.strictSame([succeeded(files), refusals(files)], [1, ['payment-file-exists']])
  t.equal((await batchesOf(api.deps.db, api.organisationId, cycleId)).length, 1)
  t.strictSame(await checkLedger(api.deps.db), [])
})

for (const [how, days] of [
  ['a day after the batch', ['2027-03-24', '2027-03-25', '2027-03-26']],
  ['on the statement of the batch itself', ['2027-03-26']],
] as const) {
  t.test(`a payment that comes back ${how} is owed, and holds up nobody`, async t => {
    const api = await testApp(t)
    await fund(api, 500_000)
    const good = await recipient(api, GOOD)
    const closed = await recipient(api, CLOSED)
    await inTransaction(api.deps.db, trx => returnPaymentsTo(trx, CLOSED))
    const march = await approved(api, '2027-03')
    await sent(api, march)
    for (const day of days) await api.liveTo(day)
    t.strictSame(await outcomes(api, march), { [good]: 'paid', [closed]: 'returned AC04' })
    const owed = await api.ask<{ accounts: Record<string, number> }>('/v1/trial-balance')
    t.match(
      owed.body.accounts,
      { 'recipient-payable': 10_000, 'payout-sent': 0, 'batch-clearing': 0, suspense: 0 },
      'one income is owed again',
    )
    const again = { cycleId: march, idempotencyKey: randomUUID() }
    await t.rejects(
      makePaymentFile(api.deps, actor(api, 'operator'), again),
      { code: 'payment-file-exists' },
      'nothing goes to that account before somebody looked',
    )
    await api.liveTo('2027-04-05')
    const april = await approved(api, '2027-04')
    await sent(api, april)
    const [batch] = await batchesOf(api.deps.db, api.organisationId, april)
    t.match(batch, { payouts: 1, total: 10_000n }, 'the other recipient is paid in April')
    t.strictSame(await outcomes(api, april), { [good]: 'sent', [closed]: 'accrued' })
    await api.liveTo('2027-04-26')
    t.strictSame(await outcomes(api, april), { [good]: 'paid', [closed]: 'accrued' })
    t.strictSame(await outcomes(api, march), { [good]: 'paid', [closed]: 'returned AC04' }, 'still owed')
    const later = await api.ask<{ accounts: Record<string, number> }>('/v1/trial-balance')
    t.match(later.body.accounts, { 'recipient-payable': 20_000, 'payout-sent': 0, 'batch-clearing': 0 })
    const standing = await api.ask<{
      bankAccounts: { ledger: number; lastStatement: { closing: number } }[]
    }>('/v1/bank-accounts', { as: 'treasurer' })
    for (const { ledger, lastStatement } of standing.body.bankAccounts) t.equal(ledger, lastStatement.closing)
    t.strictSame(await checkLedger(api.deps.db), [])
  })
}
