// What becomes of a month when things go wrong: nobody is paid twice, and nobody waits for somebody else's account.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { approveCycle, batchesOf, makePaymentFile, proposeCycle } from '../../src/disbursements/index.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { returnPaymentsTo } from '../../src/simulation/bank/index.ts'
import { testApp } from '../support/app.ts'
import {
  actor,
  approved,
  cycleOf,
  eight,
  fund,
  outcomes,
  recipient,
  refusals,
  sent,
  succeeded,
} from './run.ts'

const GOOD = 'NL35MEEN0000000004'
const CLOSED = 'NL08MEEN0000000005'

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
