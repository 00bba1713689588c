// Amounts of one currency add up exactly; two currencies never do.

import fc from 'fast-check'
import t from 'tap'
import {
  add,
  compare,
  EUR,
  isCurrency,
  minorDigits,
  money,
  negate,
  subtract,
  sum,
} from '../../src/money/index.ts'

const euros = fc.bigInt().map(minor => money(minor))

t.test('an amount added and subtracted again is the same amount', async t => {
  fc.assert(
    fc.property(euros, euros, (a, b) => {
      t.strictSame(subtract(add(a, b), b), a)
      t.strictSame(add(a, negate(a)), money(0n))
      t.strictSame(add(a, b), add(b, a))
    }),
  )
})

t.test('comparing orders amounts as their cents do', async t => {
  fc.assert(
    fc.property(euros, euros, (a, b) => {
      t.equal(compare(a, b), -compare(b, a) || 0)
      t.equal(compare(a, b) < 0, a.minor < b.minor)
      t.equal(compare(a, a), 0)
    }),
  )
})

t.test('amounts of different currencies never meet', async t => {
  const [euro, crown] = [money(100n), money(100n, 'DKK')]
  for (const operation of [add, subtract, compare]) t.throws(() => operation(euro, crown), RangeError)
  t.throws(() => sum([euro, crown]), RangeError)
  t.throws(() => sum([euro], 'DKK'), RangeError)
})

t.test('a sum of nothing is zero of the currency asked for', async t => {
  t.strictSame(sum([]), money(0n, EUR))
  t.strictSame(sum([], 'ISK'), money(0n, 'ISK'))
  t.strictSame(sum([money(1n), money(2n), money(-5n)]), money(-2n))
})

t.test('minor units are those of ISO 4217, not those of Intl', async t => {
  t.equal(minorDigits('EUR'), 2)
  t.equal(minorDigits('HUF'), 2)
  t.equal(minorDigits('ISK'), 0)
})

t.test('only a known currency code is a currency', async t => {
  for (const code of ['EUR', 'ISK', 'SEK']) t.ok(isCurrency(code))
  for (const text of ['eur', 'ZZZ', '', 'toString', '__proto__', 'EUR ']) t.notOk(isCurrency(text), text)
})
