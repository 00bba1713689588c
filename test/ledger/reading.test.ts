/** What a balance was: at any recorded moment and at any effective date it is what adding it all up would give. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  accountById,
  accountsOf,
  balanceEffectiveAt,
  balanceRecordedAt,
  movements,
  poolTotals,
  post,
  trialBalances,
} from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { accounts, anyHistory, balancesOf, momentOf, poolId, totalsOf, write } from './reading-support.ts'
import { testLedger } from './support.ts'

const { db, owner } = await testLedger(t)
const sides = (balances: readonly bigint[]) => {
  const sum = (of: (balance: bigint) => boolean) => balances.filter(of).reduce((all, each) => all + each, 0n)
  return { debit: sum(each => each > 0n), credit: -sum(each => each < 0n) }
}

t.test('a balance at a moment is what adding up its postings gives', async t => {
  let organisationId = 100
  await fc.assert(
    fc.asyncProperty(
      anyHistory,
      fc.array(fc.nat(), { minLength: 3, maxLength: 6 }),
      async (history, picks) => {
        organisationId += 1
        const told = await write(owner, organisationId, history)
        const { accounts: stored } = await accountsOf(db, organisationId, { limit: 100 })
        const times = told.flatMap(({ recorded, effective }) => [recorded, effective, recorded - 1000])
        for (const pick of picks) {
          const moment = momentOf(times[pick % times.length] ?? 0)
          const recorded = balancesOf(told, entry => momentOf(entry.recorded) <= moment)
          const effective = balancesOf(told, entry => momentOf(entry.effective) <= moment)
          for (const [place, { kind }] of accounts.entries()) {
            const account = stored.find(each => each.kind === kind)
            assert.ok(account)
            assert.equal(
              await balanceRecordedAt(db, organisationId, account, moment),
              recorded[place],
              'recorded',
            )
            for (const few of [0n, 1000n])
              assert.equal(
                await balanceEffectiveAt(db, organisationId, account, moment, few),
                effective[place],
              )
          }
          assert.deepEqual(withoutLines(await trialBalances(db, organisationId, moment)), [
            { currency: 'EUR', totals: totalsOf(recorded), ...sides(recorded) },
          ])
          const isOfPool = (place: number) => accounts[place]?.poolId === poolId
          assert.deepEqual(await poolTotals(db, organisationId, poolId, moment), totalsOf(recorded, isOfPool))
        }
        const now = balancesOf(told, () => true)
        assert.deepEqual(withoutLines(await trialBalances(db, organisationId)), [
          { currency: 'EUR', totals: totalsOf(now), ...sides(now) },
        ])
      },
    ),
    { numRuns: 25 },
  )
  t.pass()
})

t.test(
  'a transfer of last month that is booked today is in last month’s balance, and not in what we knew then',
  async t => {
    const gift = (bankEntry: string, at: string, amount: bigint) =>
      movements.transferReceived({
        poolId,
        bankEntry,
        bankAccountId: 'b',
        amount,
        currency: 'EUR',
        at: new Date(at),
      })
    await inTransaction(db, trx =>
      post(trx, 1, [
        gift('late', '2026-10-31T23:59:59.999Z', 100n),
        gift('on-time', '2026-11-01T00:00:00.000Z', 20n),
        gift('ahead', '2999-01-01T00:00:00.000Z', 3n),
      ]),
    )
    const fund = (await accountsOf(db, 1, { kind: 'fund-available', limit: 1 })).accounts[0]
    assert.ok(fund?.recordedAt)
    const effective = (at: string) => balanceEffectiveAt(db, 1, fund, new Date(at), 0n)
    t.equal(await effective('2026-10-31T23:59:59.998Z'), 0n)
    t.equal(await effective('2026-10-31T23:59:59.999Z'), 100n, 'the moment itself is in it')
    t.equal(await effective('2026-11-01T00:00:00Z'), 120n)
    t.equal(await effective('2999-01-01T00:00:00Z'), 123n)
    t.equal(await balanceRecordedAt(db, 1, fund, new Date('2026-11-01T00:00:00Z')), 0n, 'nothing was known')
    t.equal(await balanceRecordedAt(db, 1, fund, fund.recordedAt), 123n, 'at the moment that it shows')
  },
)

t.test('amounts of different currencies are never added up', async t => {
  const occasion = { bankAccountId: 'b', at: new Date('2027-03-01T12:00:00Z') }
  const inCurrency = (currency: string, amount: bigint) =>
    movements.unrecognisedEntry({ ...occasion, bankEntry: `entry-${currency}`, amount, currency })
  await inTransaction(db, trx => post(trx, 2, [inCurrency('SEK', 700n), inCurrency('EUR', 30n)]))
  t.match(await trialBalances(db, 2), [
    { currency: 'EUR', totals: { bank: 30n, suspense: -30n }, debit: 30n, credit: 30n },
    { currency: 'SEK', totals: { bank: 700n, suspense: -700n }, debit: 700n, credit: 700n },
  ])
  t.strictSame(await trialBalances(db, 3), [], 'an organisation without accounts')
  const gift = (currency: string) =>
    movements.transferReceived({ ...occasion, poolId, bankEntry: `gift-${currency}`, amount: 1n, currency })
  await inTransaction(db, trx => post(trx, 2, [gift('SEK'), gift('EUR')]))
  await t.rejects(poolTotals(db, 2, poolId), /two currencies/)
})

t.test('an account of another organisation is not there', async t => {
  const { accounts: theirs } = await accountsOf(db, 2, { limit: 1 })
  const id = theirs[0]?.id ?? 0n
  t.ok(await accountById(db, 2, id))
  t.equal(await accountById(db, 1, id), undefined)
})

/** The lines are the totals again, debit positive: they add up to nothing. */
function withoutLines(balances: Awaited<ReturnType<typeof trialBalances>>) {
  return balances.map(({ lines, ...rest }) => {
    assert.equal(
      lines.reduce((sum, line) => sum + line.total, 0n),
      0n,
    )
    return rest
  })
}
