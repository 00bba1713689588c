/** Bank account numbers: what is accepted, what is refused and why, and how little of them is shown. */
import fc from 'fast-check'
import t from 'tap'
import { maskIban, parseIban } from '../../src/platform/iban.ts'

t.test('an IBAN is read as people write it', async t => {
  const asWritten = [
    'NL91ABNA0417164300',
    'nl91 abna 0417 1643 00',
    ' NL91\u00a0ABNA\u00a00417164300\n',
    'IBAN: NL91ABNA0417164300',
  ]
  for (const text of asWritten) {
    t.strictSame(
      parseIban(text),
      { ok: true, iban: 'NL91ABNA0417164300', country: 'NL' },
      JSON.stringify(text),
    )
  }
})

t.test('accounts anywhere in the SEPA zone are accepted', async t => {
  for (const iban of [
    'DE89370400440532013000',
    'BE68539007547034',
    'CH9300762011623852957',
    'RS35260005601001611379',
  ]) {
    t.match(parseIban(iban), { ok: true, country: iban.slice(0, 2) })
  }
})

t.test('a refusal says what is wrong', async t => {
  const refusals: Record<string, string> = {
    '': 'empty',
    '   ': 'empty',
    'NL91-ABNA-0417164300': 'characters',
    ΝL91ABNA0417164300: 'characters',
    ZZ91ABNA0417164300: 'country-unknown',
    '0417164300': 'country-unknown',
    TR330006100519786457841326: 'country-outside-sepa',
    NL91ABNA041716430: 'format',
    NL91ABNA04171643001: 'format',
    NL91ABN10417164300: 'format',
    NL92ABNA0417164300: 'checksum',
    NL91ABNA0417164301: 'checksum',
  }
  for (const [text, reason] of Object.entries(refusals)) {
    t.strictSame(parseIban(text), { ok: false, reason }, JSON.stringify(text))
  }
})

t.test('one wrong digit never passes', async () => {
  const iban = 'NL91ABNA0417164300'
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 17 }), fc.integer({ min: 1, max: 9 }), (position, step) => {
      const digit = (Number(iban[position]) + step) % 10
      return !parseIban(iban.slice(0, position) + digit + iban.slice(position + 1)).ok
    }),
  )
})

t.test('no text makes it throw', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => typeof parseIban(text).ok === 'boolean'))
})

t.test('a masked IBAN shows the country and the last four characters only', async t => {
  t.equal(maskIban('NL91ABNA0417164300'), 'NL•• •••• •••• ••43 00')
  t.equal(maskIban('NL91 ABNA 0417 1643 00'), 'NL•• •••• •••• ••43 00')
  t.equal(maskIban('BE68539007547034'), 'BE•• •••• •••• 7034')
  t.equal(maskIban('secret'), '••••')
})
