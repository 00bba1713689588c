/** The one look, looked at: every movement balances, is named after its function, and together they fill and empty every account. */
import t from 'tap'
import { type AccountKind, accountKinds } from '../../src/ledger/chart.ts'
import { type Movement, movements, post } from '../../src/ledger/index.ts'
import type { FeeBearer } from '../../src/ledger/movements/money-in.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { balances, testLedger } from './support.ts'

const occasion = { at: new Date('2027-03-01T12:00:00Z'), currency: 'EUR' }
const poolId = '00000000-0000-7000-8000-000000000001'
const all = {
  ...{ ...occasion, poolId, fromPoolId: poolId, toPoolId: '00000000-0000-7000-8000-000000000002' },
  ...{ transactionId: 'txn-1', bankEntry: 'entry-1', bankAccountId: 'bank-1', batchId: 'batch-1' },
  ...{ refundId: 'refund-1', disputeId: 'dispute-1', decisionId: 'decision-1', sourceId: 'source-1' },
  ...{ enrolmentId: 'enrolment-1', payoutId: 'payout-1', attemptId: 'attempt-1' },
  ...{ gift: 2_500n, costsShare: 100n, fee: 29n, amount: 2_500n },
  ...{ feeBearer: 'pool' as FeeBearer, settled: false },
}

/** Every movement there is, made of the same euros, in each of its forms. */
const forms: readonly { readonly settled?: boolean; readonly feeBearer?: FeeBearer }[] = [
  {},
  { feeBearer: 'costs' },
  { settled: true },
  { settled: true, feeBearer: 'costs' },
]
const made: readonly (readonly [name: string, Movement])[] = Object.entries(movements).flatMap(
  ([name, make]) => forms.map(form => [name, make({ ...all, ...form })] as const),
)

const signs = (wanted: 1 | -1) =>
  new Set(made.flatMap(([, { postings }]) => postings.filter(hasSign(wanted)).map(each => each.account.kind)))
const hasSign = (wanted: 1 | -1) => (posting: Movement['postings'][number]) =>
  posting.amount * BigInt(wanted) > 0n

t.test('every movement balances, moves money, and has no posting of nothing', async t => {
  for (const [name, { postings }] of made) {
    t.equal(
      postings.reduce((sum, each) => sum + each.amount, 0n),
      0n,
      name,
    )
    t.ok(postings.length >= 2, name)
    t.ok(
      postings.every(each => each.amount !== 0n),
      name,
    )
  }
})

t.test(
  'a movement is named after its function, in kebab-case, and its key is the id of what happened',
  async t => {
    for (const [name, movement] of made) {
      t.equal(
        movement.kind,
        name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
        name,
      )
      t.match(movement.key, /^[a-z]+-1(:[a-z]+)?$/, name)
      t.strictSame([movement.effectiveAt, movement.currency], [occasion.at, 'EUR'], name)
    }
  },
)

t.test('two movements that can happen to the same thing have different keys', async t => {
  // Of one bank entry, provider transaction or decision there is one movement only, whichever it is.
  const steps = made.filter(([, { key }]) => /^(enrolment|payout|attempt|refund|dispute)-|:/.test(key))
  const byKey = new Map(steps.map(([, { key, kind }]) => [key, kind]))
  for (const [name, { key, kind }] of steps) t.equal(byKey.get(key), kind, name)
})

t.test('every account has a movement that fills it and one that empties it', async t => {
  const filled = signs(1)
  const emptied = signs(-1)
  // Only the database brings a shortfall about and repays it: test/ledger/shortfall.test.ts.
  const byMovements = accountKinds.filter(kind => kind !== 'shortfall')
  for (const kind of byMovements) t.ok(filled.has(kind) && emptied.has(kind), kind)
  t.notOk(filled.has('shortfall') || emptied.has('shortfall'), 'no movement touches a shortfall')
})

t.test('decisions move only funds, debts and what nobody recognised; cash moves by facts', async t => {
  const cash: AccountKind[] = ['stripe-pending', 'stripe-available', 'in-transit', 'bank', 'batch-clearing']
  for (const [name, { nature, postings }] of made)
    if (nature === 'decision')
      t.notOk(
        postings.some(each => cash.includes(each.account.kind)),
        name,
      )
})

const { app, db } = await testLedger(t)

t.test('the chart in TypeScript is the chart in the database', async t => {
  const { rows } = await app.query('select kind, side, floor from ledger.account_kinds')
  t.strictSame(rows.map(row => row.kind).sort(), [...accountKinds].sort())
  t.strictSame(
    rows
      .filter(row => row.floor === 'shortfall')
      .map(row => row.kind)
      .sort(),
    ['costs-available', 'costs-pending', 'fund-available', 'fund-disputed', 'fund-pending'],
  )
  t.ok(
    rows.every(row => row.floor !== 'shortfall' || row.side === 'credit'),
    'a fund is on the credit side',
  )
})

t.test('the database takes every movement there is, each into the accounts that it names', async t => {
  for (const [index, [name, movement]] of made.entries()) {
    const organisationId = 100 + index
    const wealth = inTransaction(db, trx => post(trx, organisationId, [wealthFor(movement)]))
    t.match(await wealth, [{ outcome: 'posted' }], name)
    const before = await balances(app, organisationId)
    await inTransaction(db, trx => post(trx, organisationId, [movement]))
    const after = await balances(app, organisationId)
    const expected = { ...before }
    for (const { account, amount } of movement.postings) {
      const key = `${account.kind} ${account.subject}`.trim()
      expected[key] = (expected[key] ?? 0) + Number(amount)
    }
    t.strictSame(
      after,
      Object.fromEntries(Object.entries(expected).filter(([, amount]) => amount !== 0)),
      name,
    )
  }
})

/** Gives the funds and debts of a movement enough to bear it. */
function wealthFor({ postings }: Movement): Movement {
  const debts = new Map(postings.map(({ account }) => [`${account.kind} ${account.subject}`, account]))
  const given = [...debts.values()].map(account => ({ account, amount: -1_000_000n }))
  const source = {
    account: { kind: 'suspense', subject: 'source', poolId: null },
    amount: 1_000_000n * BigInt(given.length),
  } as const
  return {
    ...occasion,
    kind: 'wealth',
    nature: 'fact',
    key: 'wealth',
    effectiveAt: occasion.at,
    postings: [...given, source],
  }
}
