// How long a gift is somebody's income: never more than it pays, and never finer than anybody wants to know.

import fc from 'fast-check'
import t from 'tap'
import { timeOfIncome } from '../../src/sustainability/index.ts'

const of = (gift: bigint, monthly: bigint) => {
  const { months, days, hours, minutes } = timeOfIncome(gift, monthly)
  return [months, days, hours, minutes]
}

t.test('golden: of € 1,000 a month', async t => {
  t.strictSame(of(2_500n, 100_000n), [0n, 0n, 18n, 0n])
  t.strictSame(of(10_000n, 100_000n), [0n, 3n, 1n, 0n])
  t.strictSame(of(100_000n, 100_000n), [1n, 0n, 0n, 0n])
  t.strictSame(of(1_000_000n, 100_000n), [10n, 0n, 0n, 0n])
  t.strictSame(of(100n, 100_000n), [0n, 0n, 0n, 43n])
  t.strictSame(of(1n, 100_000n), [0n, 0n, 0n, 0n])
})

t.test('it never costs more than the gift, and a cent more never means less', async () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n })
  const monthly = fc.bigInt({ min: 1n, max: 10n ** 8n })
  const minutesOf = (gift: bigint, each: bigint) => {
    const { months, days, hours, minutes } = timeOfIncome(gift, each)
    return months * 43_800n + days * 1440n + hours * 60n + minutes
  }
  fc.assert(
    fc.property(amount, monthly, (gift, each) => {
      const told = minutesOf(gift, each)
      return told * each <= gift * 43_800n && minutesOf(gift + 1n, each) >= told
    }),
  )
})

t.test('what is no gift of an income is refused', async t => {
  t.throws(() => timeOfIncome(-1n, 100n), RangeError)
  t.throws(() => timeOfIncome(1n, 0n), RangeError)
})
