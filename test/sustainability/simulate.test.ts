// What a gift does, told without exaggeration.

import fc from 'fast-check'
import t from 'tap'
import { incomesAfterGift, sustainableIncomes } from '../../src/sustainability/index.ts'
import { anyPosition, examplePosition } from './positions.ts'

const gifts = fc.bigInt({ min: 0n, max: 10_000_000n })

t.test('a gift is told as a part of the income that it goes to', async t => {
  const { after, ...effect } = incomesAfterGift(examplePosition, 12_000n)
  t.strictSame(effect, { repaysMissing: 0n, incomeNumber: 5, sharePerMille: 10n, incomesCompleted: 0 })
  t.equal(after.progress.amount, 1_012_000n)
})

t.test('a gift may complete an income, or several', async t => {
  t.equal(incomesAfterGift(examplePosition, 199_999n).incomesCompleted, 0)
  t.equal(incomesAfterGift(examplePosition, 200_000n).incomesCompleted, 1)
  const effect = incomesAfterGift(examplePosition, 2_400_000n)
  t.equal(effect.incomesCompleted, 2)
  t.equal(effect.sharePerMille, 2000n)
})

t.test('a gift first makes up for what is missing', async t => {
  const position = { ...examplePosition, fundAvailable: 0n, revocableDebits: 0n, shortfall: 10_000n }
  const small = incomesAfterGift(position, 4_000n)
  t.strictSame([small.repaysMissing, small.sharePerMille, small.after.missing], [4_000n, 0n, 6_000n])
  const large = incomesAfterGift(position, 22_000n)
  t.strictSame([large.repaysMissing, large.sharePerMille, large.after.free], [10_000n, 10n, 12_000n])
})

t.test('every cent of a gift either repays or is free', async t => {
  fc.assert(
    fc.property(anyPosition, gifts, (position, gift) => {
      const before = sustainableIncomes(position)
      const { repaysMissing, incomesCompleted, after } = incomesAfterGift(position, gift)
      t.equal(before.missing - after.missing, repaysMissing)
      t.equal(after.free - before.free, gift - repaysMissing)
      t.equal(after.sustained - before.sustained, incomesCompleted)
      t.ok(incomesCompleted >= 0)
    }),
  )
})

t.test('two gifts together do what they do one after the other', async t => {
  fc.assert(
    fc.property(anyPosition, gifts, gifts, (position, first, second) => {
      const between = { ...position, fundAvailable: position.fundAvailable + first }
      t.strictSame(incomesAfterGift(between, second).after, incomesAfterGift(position, first + second).after)
    }),
  )
})

t.test('a gift below zero is refused', async t => {
  t.throws(() => incomesAfterGift(examplePosition, -1n), RangeError)
})
