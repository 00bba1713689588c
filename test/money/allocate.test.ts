// Dividing an amount loses no cent and makes none.

import fc from 'fast-check'
import t from 'tap'
import { allocate, money, sum } from '../../src/money/index.ts'

const amounts = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
const weights = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 })
const minors = (minor: bigint, by: readonly bigint[]) => allocate(money(minor), by).map(share => share.minor)

t.test('no cent is lost or invented', async t => {
  fc.assert(
    fc.property(amounts, weights, (minor, by) => {
      const shares = allocate(money(minor, 'SEK'), by)
      t.equal(shares.length, by.length)
      t.strictSame(sum(shares, 'SEK'), money(minor, 'SEK'))
    }),
  )
})

t.test('each share is within one cent of its exact part', async t => {
  fc.assert(
    fc.property(amounts, weights, (minor, by) => {
      const weightSum = by.reduce((total, weight) => total + weight, 0n)
      minors(minor, by).forEach((share, index) => {
        const distance = share * weightSum - minor * (by[index] ?? 0n)
        t.ok(distance < weightSum && -distance < weightSum)
      })
    }),
  )
})

t.test('a heavier weight never gets less', async t => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), weights, (minor, by) => {
      const ascending = by.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).reverse()
      const shares = minors(minor, ascending)
      t.ok(shares.every((share, index) => index === 0 || share <= (shares[index - 1] ?? 0n)))
    }),
  )
})

t.test('a negative amount mirrors the positive one', async t => {
  fc.assert(
    fc.property(amounts, weights, (minor, by) => {
      t.strictSame(
        minors(-minor, by),
        minors(minor, by).map(share => -share),
      )
    }),
  )
})

t.test('the cents left go to the largest remainders, then to the earliest', async t => {
  t.strictSame(minors(100n, [1n, 1n, 1n]), [34n, 33n, 33n])
  t.strictSame(minors(-100n, [1n, 1n, 1n]), [-34n, -33n, -33n])
  t.strictSame(minors(5n, [1n, 1n, 2n]), [1n, 1n, 3n])
  t.strictSame(minors(1n, [1n, 2n]), [0n, 1n])
  t.strictSame(minors(0n, [3n, 7n]), [0n, 0n])
})

t.test('a weight of zero or less, and no weight at all, are refused', async t => {
  for (const by of [[], [0n], [1n, 0n], [2n, -1n]]) t.throws(() => minors(100n, by), RangeError)
})
