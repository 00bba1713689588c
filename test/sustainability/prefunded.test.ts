// Nothing is promised that is not funded.

import fc from 'fast-check'
import t from 'tap'
import { currentPolicy, type PoolPosition, sustainableIncomes } from '../../src/sustainability/index.ts'
import { anyPosition, examplePosition } from './positions.ts'

const extra = fc.bigInt({ min: 0n, max: 10_000_000n })

t.test('the example of the README comes out as it says there', async t => {
  const { explanation, ...answer } = sustainableIncomes(examplePosition)
  t.strictSame(answer, {
    policy: currentPolicy,
    currency: 'EUR',
    costOfOneIncome: 1_200_000n,
    revocableReserve: 300_000n,
    free: 2_200_000n,
    missing: 0n,
    newIncomes: 1,
    sustained: 4,
    progress: { amount: 1_000_000n, perMille: 833n },
    missingForNext: 200_000n,
  })
  t.equal(explanation.length, 14)
})

t.test('never more is promised than is funded', async t => {
  fc.assert(
    fc.property(anyPosition, position => {
      const { newIncomes, costOfOneIncome, free, progress } = sustainableIncomes(position)
      const promised = BigInt(newIncomes) * costOfOneIncome
      t.ok(promised <= free && free <= position.fundAvailable)
      t.equal(promised + progress.amount, free)
      t.ok(progress.perMille >= 0n && progress.perMille < 1000n)
    }),
  )
})

t.test('the same position always gets the same answer, and is left as it was', async t => {
  fc.assert(
    fc.property(anyPosition, position => {
      const frozen = Object.freeze({ ...position })
      t.strictSame(sustainableIncomes(frozen), sustainableIncomes({ ...position }))
    }),
  )
})

t.test('money that comes in never lowers what is sustained', async t => {
  fc.assert(
    fc.property(anyPosition, extra, (position, more) => {
      const [before, after] = [position, { ...position, fundAvailable: position.fundAvailable + more }]
      const [was, is] = [sustainableIncomes(before), sustainableIncomes(after)]
      t.ok(is.sustained >= was.sustained && is.free >= was.free && is.missing <= was.missing)
    }),
  )
})

t.test(
  'a debit that can be taken back, a shortfall, a higher price or a longer term never raises it',
  async t => {
    const worse: ((position: PoolPosition, by: bigint) => PoolPosition)[] = [
      (position, by) => ({ ...position, revocableDebits: position.revocableDebits + by }),
      (position, by) => ({ ...position, shortfall: position.shortfall + by }),
      (position, by) => ({ ...position, monthlyGross: position.monthlyGross + by }),
      (position, by) => ({ ...position, termMonths: position.termMonths + Number(by % 100n) }),
    ]
    fc.assert(
      fc.property(anyPosition, extra, fc.constantFrom(...worse), (position, by, worsen) => {
        t.ok(sustainableIncomes(worsen(position, by)).newIncomes <= sustainableIncomes(position).newIncomes)
      }),
    )
  },
)

t.test('money that is pending, disputed, reserved or payable is promised to nobody', async t => {
  fc.assert(
    fc.property(anyPosition, position => {
      const without = { ...position, fundPending: 0n, fundDisputed: 0n, reserved: 0n, payable: 0n }
      const [{ explanation: _, ...answer }, { explanation: __, ...same }] = [
        sustainableIncomes(position),
        sustainableIncomes(without),
      ]
      t.strictSame(answer, same)
    }),
  )
})

t.test('a shortfall blocks its whole amount, and everything when it is as large as the fund', async t => {
  fc.assert(
    fc.property(anyPosition, position => {
      const blocked = sustainableIncomes({ ...position, shortfall: position.fundAvailable })
      t.equal(blocked.free, 0n)
      t.equal(blocked.newIncomes, 0)

      const funded = { ...position, fundAvailable: position.fundAvailable + position.shortfall }
      const debtFree = { ...position, shortfall: 0n }
      t.equal(sustainableIncomes(funded).sustained, sustainableIncomes(debtFree).sustained)
    }),
  )
})

t.test('what is missing for the next income is exactly enough', async t => {
  fc.assert(
    fc.property(anyPosition, position => {
      const { newIncomes, missingForNext } = sustainableIncomes(position)
      const given = (amount: bigint) =>
        sustainableIncomes({ ...position, fundAvailable: position.fundAvailable + amount }).newIncomes
      t.ok(missingForNext > 0n)
      t.equal(given(missingForNext), newIncomes + 1)
      t.equal(given(missingForNext - 1n), newIncomes)
    }),
  )
})

t.test('nothing is free while something is missing', async t => {
  const { free, missing, newIncomes, sustained, missingForNext } = sustainableIncomes({
    ...examplePosition,
    fundAvailable: 100_000n,
    shortfall: 50_000n,
  })
  t.strictSame(
    { free, missing, newIncomes, sustained },
    { free: 0n, missing: 250_000n, newIncomes: 0, sustained: 3 },
  )
  t.equal(missingForNext, 1_450_000n)
})

t.test('a reserve in part is rounded up', async t => {
  const policy = { ...currentPolicy, sepaReservePerMille: 333n }
  t.equal(sustainableIncomes({ ...examplePosition, revocableDebits: 10n }, policy).revocableReserve, 4n)
  t.equal(sustainableIncomes({ ...examplePosition, revocableDebits: 0n }, policy).revocableReserve, 0n)
})

t.test('a position that cannot be true is refused', async t => {
  const wrong: Partial<PoolPosition>[] = [
    ...(['fundPending', 'fundAvailable', 'fundDisputed', 'reserved', 'payable', 'shortfall'] as const).map(
      name => ({
        [name]: -1n,
      }),
    ),
    ...[{ revocableDebits: -1n }, { monthlyGross: 0n }, { monthlyGross: -1n }],
    ...[0, -1, 1.5, Number.NaN].map(termMonths => ({ termMonths })),
    ...[-1, 0.5, Number.NaN].map(runningIncomes => ({ runningIncomes })),
    { fundAvailable: 2n ** 80n, monthlyGross: 1n, termMonths: 1 },
  ]
  for (const part of wrong) {
    t.throws(() => sustainableIncomes({ ...examplePosition, ...part }), RangeError, Object.keys(part).join())
  }
})
