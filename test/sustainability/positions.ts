/** Positions for the tests: one like a real pool, and any at all. */
import fc from 'fast-check'
import type { PoolPosition } from '../../src/sustainability/index.ts'

/** Three incomes of € 1,000 a month for a year are running; € 25,000 is available, € 3,000 of it revocable. */
export const examplePosition: PoolPosition = {
  currency: 'EUR',
  fundPending: 50_000n,
  fundAvailable: 2_500_000n,
  fundDisputed: 0n,
  reserved: 2_700_000n,
  payable: 300_000n,
  shortfall: 0n,
  revocableDebits: 300_000n,
  monthlyGross: 100_000n,
  termMonths: 12,
  runningIncomes: 3,
}

/** Zero more often than chance would have it, small enough to meet the price of an income, and now and then huge. */
const amounts = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0n) },
  { weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 10_000_000n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 53n }) },
)

export const anyPosition: fc.Arbitrary<PoolPosition> = fc.record({
  currency: fc.constantFrom('EUR', 'SEK'),
  fundPending: amounts,
  fundAvailable: amounts,
  fundDisputed: amounts,
  reserved: amounts,
  payable: amounts,
  shortfall: amounts,
  revocableDebits: amounts,
  monthlyGross: fc.bigInt({ min: 1n, max: 250_000n }),
  termMonths: fc.integer({ min: 1, max: 60 }),
  runningIncomes: fc.nat(10_000),
})
