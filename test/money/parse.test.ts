// What people type is read as they meant it, or refused with the reason.

import fc from 'fast-check'
import t, { type Test } from 'tap'
import { formatMoney, LARGEST_TYPED_MINOR, type Locale, money, parseAmount } from '../../src/money/index.ts'

/** What a text is read as: minor units, or the reason why not. */
function read(text: string, locale?: Locale): bigint | string {
  const parsed = parseAmount(text, locale)
  return parsed.ok ? parsed.minor : parsed.reason
}

const same = (t: Test, texts: readonly string[], expected: bigint | string, locale?: Locale) => {
  for (const text of texts) t.equal(read(text, locale), expected, `${JSON.stringify(text)} ${locale ?? ''}`)
}

t.test('amounts as people write them, in any language', async t => {
  for (const locale of [undefined, 'nl', 'en'] as const) {
    same(
      t,
      ['10', ' 10 ', '10,00', '10.00', '10,0', '10,-', '10,--', '10.-', '10,–', '010', '€10', '€ 10'],
      1000n,
      locale,
    )
    same(
      t,
      ['10 €', '10€', 'EUR 10', '10 eur', '10 euro', '10 Euros', '10  €', '\u00a010\u202f'],
      1000n,
      locale,
    )
    same(t, ['12,50', '12.50', '12,5', '12.5', '€\u00a012,50', '12.50 EUR'], 1250n, locale)
    same(
      t,
      ['1000', '1.000,00', '1,000.00', '1 000', '1\u00a0000,00', '1\u202f000.00', '1.000,-', '1000,0'],
      100_000n,
      locale,
    )
    same(t, ['1.000.000', '1,000,000', '1,000,000.00', '1.000.000,0', '1 000 000'], 100_000_000n, locale)
    same(t, [',50', '.5', '0,50', '0.5'], 50n, locale)
  }
})

t.test(
  'one sign with three digits behind it means what the language says, and else is ambiguous',
  async t => {
    same(t, ['1.000', '€ 1.000', '1.000 euro'], 100_000n, 'nl')
    same(t, ['1,000', '€1,000', '1,000 euros'], 100_000n, 'en')
    same(t, ['1,000', '12,500', '999,999'], 'ambiguous', 'nl')
    same(t, ['1.000', '12.500', '999.999'], 'ambiguous', 'en')
    same(t, ['1.000', '1,000', '12.500'], 'ambiguous')
  },
)

t.test('nothing is read as nothing, and zero as zero', async t => {
  same(t, ['', ' ', '\t\n', '€', ' EUR '], 'empty')
  same(t, ['0', '0,00', '0.0', '00', '0,-', '-0', '€ 0'], 'zero')
})

t.test('negative amounts are told apart from nonsense', async t => {
  same(t, ['-10', '−10', '- 10', '-€ 10', '€ -10', '-0,01', `-${'9'.repeat(99)}`], 'negative')
  same(t, ['-', '--10', '-€-10', '10-', '-x'], 'not-a-number')
})

t.test('cents are not divided', async t => {
  same(t, ['10,001', '10,005'], 'ambiguous', 'nl')
  same(
    t,
    ['0,001', '0.500', '12,3456', '1000,500', '1.000,005', '1 000.000', '12.5000'],
    'fractional-cents',
    'nl',
  )
  t.strictSame(parseAmount('12,50', 'nl', 'ISK'), { ok: false, reason: 'fractional-cents' })
  t.strictSame(parseAmount('ISK 1.250', 'nl', 'ISK'), { ok: true, minor: 1250n })
})

t.test('nonsense is no number', async t => {
  same(
    t,
    [
      ...[
        'abc',
        '10x',
        '1e3',
        '0x10',
        '1_000',
        '+10',
        'NaN',
        'Infinity',
        '$10',
        '10 USD',
        '€€10',
        '€10€',
        '10%',
      ],
      ...[
        '1.00.00',
        '1,00,000',
        '1.0000.000',
        '1.000,000.00',
        '1,000.000,00',
        '12,50,-',
        '0.100.000',
        '1 00',
        '10,',
      ],
      ...[
        '1 000.000 000',
        '1. 000',
        '12, 50',
        '.',
        ',',
        ',-',
        '1.000 000',
        '１０',
        '٣',
        '10\u0000',
        '10\u200b',
        '<b>10</b>',
      ],
      ...["1'000", '10;', '1 0', '10 10', 'null', 'undefined', '[object Object]'],
    ],
    'not-a-number',
    'nl',
  )
})

t.test('an amount beyond any gift is too large', async t => {
  t.equal(read('1000000000'), LARGEST_TYPED_MINOR)
  t.equal(read('1.000.000.000,00'), LARGEST_TYPED_MINOR)
  same(t, ['1000000000,01', '99999999999999999999', '9'.repeat(1_000_000)], 'too-large')
  t.equal(read(`${'0'.repeat(1_000_000)}10`), 1000n)
})

t.test('hostile texts are answered at once', async t => {
  const size = 200_000
  const pieces = [
    '1,',
    '1.',
    '1 ',
    ' ',
    '-',
    '€',
    '1,000',
    '.000',
    '1.000,',
    '1-',
    'eur',
    '− ',
    ',-',
    '\u00a0',
  ]
  const started = performance.now()
  for (const piece of pieces) {
    for (const end of ['', 'x', '1', ',', '€']) read(`1${piece.repeat(size)}${end}`)
    for (const end of ['', 'x']) read(piece.repeat(size) + end)
  }
  t.ok(performance.now() - started < 5000)
})

t.test('any text is answered, with whole minor units above zero or a reason', async t => {
  const amountLike = fc.string({ unit: fc.constantFrom(...'0123456789.,-− €eur'), maxLength: 14 })
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), amountLike),
      fc.constantFrom(undefined, 'nl', 'en'),
      (text, locale) => {
        const parsed = parseAmount(text, locale)
        t.ok(parsed.ok ? parsed.minor > 0n && parsed.minor <= LARGEST_TYPED_MINOR : parsed.reason.length > 0)
      },
    ),
    { numRuns: 1000 },
  )
})

t.test('what we write is read as what it was', async t => {
  const amounts = fc.bigInt({ min: 1n, max: LARGEST_TYPED_MINOR })
  const styles = fc.constantFrom('when-needed', 'always')
  fc.assert(
    fc.property(amounts, fc.constantFrom('nl', 'en'), styles, (minor, locale, cents) => {
      t.equal(read(formatMoney(money(minor), locale, cents), locale), minor)
    }),
  )
})

t.test('a language never turns one amount into another, only a doubt into an amount', async t => {
  const amountLike = fc.string({ unit: fc.constantFrom(...'0123456789.,'), minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(amountLike, fc.constantFrom('nl', 'en'), (text, locale) => {
      const without = read(text)
      if (without !== 'ambiguous') t.equal(read(text, locale), without)
    }),
    { numRuns: 1000 },
  )
})
