/** The worked euro examples of the movements, posted one after another: what the words say is what the accounts show. */
import t, { type Test } from 'tap'
import { checkLedger, type Movement, movements, post } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { balances, testLedger } from './support.ts'

const { app, db } = await testLedger(t)
const poolId = '00000000-0000-7000-8000-000000000001'
const occasion = { at: new Date('2027-03-01T12:00:00Z'), currency: 'EUR', poolId }
const gift = { ...occasion, transactionId: 'txn-1', gift: 2_500n, costsShare: 100n, fee: 29n } as const

let organisations = 0
/** Posts in an organisation of its own; accounts are shown without their pool, and on their debit side. */
async function afterwards(t: Test, steps: readonly Movement[], expected: Record<string, number>) {
  organisations += 1
  for (const step of steps) await inTransaction(db, trx => post(trx, organisations, [step]))
  const all = Object.entries(await balances(app, organisations))
  t.strictSame(
    Object.fromEntries(all.map(([name, balance]) => [name.replace(/ ?[0-9a-f]{8}-.*/, ''), balance])),
    expected,
  )
}

t.test('a gift of € 25 with € 1 for costs, its fee of € 0.29 borne by the pool', async t => {
  const pending = { 'stripe-pending': 2_571, 'fund-pending': -2_471, 'costs-pending': -100 }
  const received = movements.donationReceived({ ...gift, feeBearer: 'pool' })
  t.strictSame(
    received.postings.map(({ account, amount }) => [account.kind, amount]),
    [
      ['stripe-pending', 2_571n],
      ['fund-pending', -2_500n],
      ['costs-pending', -100n],
      ['fund-pending', 29n],
    ],
  )
  await afterwards(t, [received], pending)
  const available = { 'stripe-available': 2_571, 'fund-available': -2_471, 'costs-available': -100 }
  await afterwards(t, [received, movements.donationAvailable({ ...gift, feeBearer: 'pool' })], available)
})

t.test('a donor’s own transfer, with a share for costs', async t => {
  const at = { ...occasion, bankAccountId: 'b', amount: 2_600n, costsShare: 100n }
  const known = movements.transferReceived({ ...at, bankEntry: 'entry-1' })
  const away = { 'bank b': 2_600, 'fund-available': -2_500, 'costs-available': -100 }
  await afterwards(t, [known], away)
  const unknown = movements.unrecognisedEntry({ ...at, bankEntry: 'entry-1' })
  await afterwards(t, [unknown, movements.suspenseResolved({ ...at, decisionId: 'decision-1' })], away)
})

t.test('the same gift, its fee borne by the costs at hand', async t => {
  const built = movements.transferReceived({
    ...occasion,
    bankEntry: 'entry-0',
    bankAccountId: '',
    amount: 1n,
  })
  const received = movements.donationReceived({ ...gift, feeBearer: 'costs' })
  const available = movements.donationAvailable({ ...gift, feeBearer: 'costs' })
  const short = {
    'stripe-pending': 2_571,
    'fund-pending': -2_500,
    'costs-pending': -100,
    'shortfall costs-available:': 29,
  }
  await afterwards(t, [received], short)
  const repaid = { 'stripe-available': 2_571, 'fund-available': -2_500, 'costs-available': -71 }
  await afterwards(t, [received, available], repaid)
  await afterwards(t, [built, received, available], { ...repaid, bank: 1, 'fund-available': -2_501 })
})

t.test(
  'a debit of that gift fails late: gift and share leave, the fee of € 3 stays with its bearer',
  async t => {
    const received = movements.donationReceived({ ...gift, feeBearer: 'pool' })
    const bounced = { ...gift, transactionId: 'txn-2', fee: 300n, feeBearer: 'pool' } as const
    const pending = movements.donationFailedLate({ ...bounced, settled: false })
    await afterwards(t, [received, pending], { 'stripe-pending': -329, 'shortfall fund-pending:': 329 })
    const settled = [
      movements.donationAvailable({ ...gift, feeBearer: 'pool' }),
      movements.donationFailedLate({ ...bounced, settled: true }),
    ]
    await afterwards(t, [received, ...settled], {
      'stripe-available': -329,
      'shortfall fund-available:': 329,
    })
  },
)

t.test('€ 25 is disputed with a fee of € 20: € 45 leaves; it is lost, or won and back', async t => {
  const at = { ...occasion, transactionId: 'txn-2', amount: 2_500n } as const
  const given = movements.transferReceived({
    ...occasion,
    bankEntry: 'entry-1',
    bankAccountId: 'b',
    amount: 10_000n,
  })
  const opened = movements.disputeOpened({ ...at, fee: 2_000n, feeBearer: 'pool' })
  const away = { 'bank b': 10_000, 'stripe-available': -4_500, 'fund-available': -5_500 }
  await afterwards(t, [given, opened], { ...away, 'dispute-receivable': 2_500, 'fund-disputed': -2_500 })
  await afterwards(t, [given, opened, movements.disputeLost({ ...at, disputeId: 'dispute-1' })], away)
  const won = movements.disputeWon({ ...at, transactionId: 'txn-3' })
  await afterwards(t, [given, opened, won], { ...away, 'stripe-available': -2_000, 'fund-available': -8_000 })
})

t.test('€ 12,000 becomes a year of € 1,000: reserved, owed, sent, paid, and one that comes back', async t => {
  const of = {
    ...occasion,
    enrolmentId: 'enr',
    payoutId: 'payout-1',
    attemptId: 'attempt-1',
    batchId: 'batch',
  }
  const [month, year] = [
    { ...of, amount: 100_000n },
    { ...of, amount: 1_200_000n },
  ]
  const entry = { ...month, bankAccountId: 'b' }
  const full = { 'bank b': 1_200_000, 'enrolment-reserved enr': -1_100_000 }
  const less = { 'bank b': 1_100_000, 'enrolment-reserved enr': -1_100_000 }
  const steps: readonly (readonly [Movement, Record<string, number>])[] = [
    [
      movements.grantReceived({ ...entry, bankEntry: 'entry-1', amount: year.amount }),
      { 'bank b': 1_200_000, 'fund-available': -1_200_000 },
    ],
    [movements.incomeReserved(year), { 'bank b': 1_200_000, 'enrolment-reserved enr': -1_200_000 }],
    [movements.incomeAccrued(month), { ...full, 'recipient-payable enr': -100_000 }],
    [movements.payoutInstructed(month), { ...full, 'payout-sent enr': -100_000 }],
    [
      movements.batchDebited({ ...entry, bankEntry: 'entry-2' }),
      { ...less, 'batch-clearing batch': 100_000, 'payout-sent enr': -100_000 },
    ],
    [movements.incomePaid(month), less],
    [
      movements.incomeReturned({ ...entry, bankEntry: 'entry-3' }),
      { ...full, 'recipient-payable enr': -100_000 },
    ],
  ]
  const made = steps.map(([movement]) => movement)
  for (const [index, [, expected]] of steps.entries()) await afterwards(t, made.slice(0, index + 1), expected)
  const thirteenth = movements.incomeAccrued({ ...year, amount: year.amount + 1n })
  const attack = afterwards(t, [...made.slice(0, 2), thirteenth], {})
  await t.rejects(attack, { name: 'FundsTooLow', missing: 1n }, 'a cent more than the term')
})

t.test('after all this every law holds', async t => t.strictSame(await checkLedger(db), []))
