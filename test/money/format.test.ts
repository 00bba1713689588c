// Amounts as people read them, exact for any bigint.

import fc from 'fast-check'
import t from 'tap'
import { formatCount, formatMoney, formatPercent, money, perMille, toDecimal } from '../../src/money/index.ts'

// Written out, because a no-break space cannot be seen.
const NBSP = '\u00a0'

t.test('amounts read as people write them in each language', async t => {
  t.equal(formatMoney(money(123_456n), 'nl'), `€${NBSP}1.234,56`)
  t.equal(formatMoney(money(123_456n), 'en'), '€1,234.56')
  t.equal(formatMoney(money(-123_456n), 'nl'), `€${NBSP}-1.234,56`)
  t.equal(formatMoney(money(-123_456n), 'en'), '-€1,234.56')
  t.equal(formatMoney(money(1_250n), 'nl'), `€${NBSP}12,50`)
  t.equal(formatMoney(money(-1n), 'nl'), `€${NBSP}-0,01`)
})

t.test('a round amount has no decimals, unless amounts stand below each other', async t => {
  t.equal(formatMoney(money(100_000n), 'nl'), `€${NBSP}1.000`)
  t.equal(formatMoney(money(100_000n), 'nl', 'always'), `€${NBSP}1.000,00`)
  t.equal(formatMoney(money(0n), 'en'), '€0')
  t.equal(formatMoney(money(0n), 'en', 'always'), '€0.00')
})

t.test('a currency shows the decimals of its own minor unit', async t => {
  t.equal(formatMoney(money(1234n, 'ISK'), 'nl', 'always'), `ISK${NBSP}1.234`)
  t.equal(formatMoney(money(123_456n, 'HUF'), 'nl'), `HUF${NBSP}1.234,56`)
  t.equal(toDecimal(money(-5n)), '-0.05')
  t.equal(toDecimal(money(-5n, 'ISK')), '-5')
})

t.test('every digit of any amount is shown', async t => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }),
      fc.constantFrom('nl', 'en'),
      (minor, locale) => {
        const shown = formatMoney(money(minor), locale, 'always')
        const digits = BigInt(shown.replace(/\D/g, ''))
        t.equal(shown.includes('-') ? -digits : digits, minor)
        t.match(shown, locale === 'nl' ? /,\d\d$/ : /\.\d\d$/)
      },
    ),
  )
})

t.test('counts and percentages follow the language', async t => {
  t.equal(formatCount(12_345n, 'nl'), '12.345')
  t.equal(formatCount(12_345, 'en'), '12,345')
  t.equal(formatPercent(123n, 'nl'), '12,3%')
  t.equal(formatPercent(123n, 'en'), '12.3%')
  t.equal(formatPercent(500n, 'nl'), '50%')
  t.equal(formatPercent(1n, 'nl'), '0,1%')
})

t.test('parts per thousand are rounded down, so that 1000 means complete', async t => {
  t.equal(perMille(1_199_999n, 1_200_000n), 999n)
  t.equal(perMille(1_200_000n, 1_200_000n), 1000n)
  t.equal(perMille(-1n, 3n), -334n)
  t.throws(() => perMille(1n, 0n), RangeError)
  t.throws(() => perMille(1n, -5n), RangeError)
})
