// References as ISO 11649 has them, read out of whatever people and banks make of them; and the QR code's content as
// EPC069-12 has it.

import fc from 'fast-check'
import QRCode from 'qrcode'
import t from 'tap'
import { epcPayload } from '../../src/donations/bank-transfer/epc.ts'
import { inGroups, referencesIn, referenceWith } from '../../src/donations/bank-transfer/reference.ts'
import { costsShareOf } from '../../src/donations/index.ts'

t.test('check digits', async t => {
  // The first is the example of ISO 11649 itself; the others were worked out by hand, digit by digit.
  const golden = {
    ...{ '539007547034': 'RF18539007547034', '123456789': 'RF18123456789' },
    ...{ '000000000': 'RF04000000000', '000000001': 'RF74000000001' },
  }
  for (const [digits, reference] of Object.entries(golden)) t.equal(referenceWith(digits), reference)
})

const digits = fc.stringMatching(/^\d{9}$/)
const reference = digits.map(referenceWith)
const read = (text: string) => referencesIn(text)

/** Digit by digit, as a person would check it. */
function remainderOf(reference: string): number {
  const turned = reference.slice(4) + reference.slice(0, 4)
  const numbers = [...turned].map(sign => Number.parseInt(sign, 36).toString()).join('')
  return [...numbers].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)
}

t.test('each reference leaves a remainder of one, and is as long as all', async () => {
  fc.assert(fc.property(reference, each => remainderOf(each) === 1 && each.length === 13))
})

/** What people and banks put between and around: spaces, line breaks, dashes, small letters. */
const between = fc.stringMatching(/^[ \n\t./-]{0,3}$/)
const asTyped = (each: fc.Arbitrary<string>) =>
  fc
    .tuple(each, fc.array(between, { minLength: 13, maxLength: 13 }), fc.boolean())
    .map(([text, gaps, small]) => {
      const spaced = [...text].map((sign, index) => `${sign}${gaps[index] ?? ''}`).join('')
      return small ? spaced.toLowerCase() : spaced
    })
/** Words without anything that could be the beginning of a reference. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('gift', 'voor', '2027-03-01', 'EUR 25'),
    ),
    {
      maxLength: 5,
    },
  )
  .map(list => list.join(' ').replace(/rf/gi, ''))
  .filter(text => !/R[^A-Z0-9]*F|[RF]/i.test(text))

t.test('it is found among any words, however it is written', async () => {
  fc.assert(
    fc.property(
      words,
      reference.chain(each => fc.tuple(fc.constant(each), asTyped(fc.constant(each)))),
      words,
      (before, [each, typed], after) => {
        const { references, broken } = read(`${before} ${typed} ${after}`)
        return references.length === 1 && references[0] === each && !broken
      },
    ),
    { numRuns: 500 },
  )
})

t.test('one wrong digit, or two that changed places, is seen', async () => {
  fc.assert(
    fc.property(
      reference,
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (each, at, by) => {
        const digit = (Number(each[at]) + by) % 10
        const { references, broken } = read(`${each.slice(0, at)}${digit}${each.slice(at + 1)}`)
        return references.length === 0 && broken
      },
    ),
  )
  fc.assert(
    fc.property(reference, fc.integer({ min: 4, max: 11 }), (each, at) => {
      const turned = `${each.slice(0, at)}${each[at + 1]}${each[at]}${each.slice(at + 2)}`
      return turned === each || read(turned).broken
    }),
  )
})

t.test('two are two, one twice is one, and no text makes the reader throw', async () => {
  fc.assert(
    fc.property(reference, reference, (one, other) => {
      const found = read(`${one} en ${other} en ${inGroups(one)}`).references
      return found.length === new Set([one, other]).size
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => read(text).references.length < 20),
  )
})

t.test('what the QR code holds', async t => {
  const asked = {
    ...{ holder: 'Stichting  Meent', iban: 'NL60MEEN0123456789', amount: 2_605n },
    ...{ currency: 'EUR' as const, reference: 'RF18123456789' },
  }
  t.equal(
    epcPayload(asked),
    'BCD\n002\n1\nSCT\n\nStichting Meent\nNL60MEEN0123456789\nEUR26.05\n\nRF18123456789',
  )
  const longest = epcPayload({ ...asked, holder: 'Ö'.repeat(200), amount: 1_000_000_00n })
  t.ok(Buffer.byteLength(longest) <= 331, 'no more than the guideline allows')
  t.ok(QRCode.create(longest, { errorCorrectionLevel: 'M' }).version <= 13)
})

t.test('the gift first, then costs, then the pool again, however it comes in', async () => {
  const amount = fc.bigInt({ min: 1n, max: 5_000n })
  fc.assert(
    fc.property(
      amount,
      fc.bigInt({ min: 0n, max: 500n }),
      fc.array(amount, { maxLength: 6 }),
      (gift, costsShare, parts) => {
        let [arrived, costs] = [0n, 0n]
        for (const part of parts) {
          const share = costsShareOf({ gift, costsShare, arrived }, part)
          if (share < 0n || share > part) return false
          arrived += part
          costs += share
        }
        const whole = costsShareOf({ gift, costsShare, arrived: 0n }, arrived)
        const most = arrived > gift ? arrived - gift : 0n
        const isRight = costs === whole && costs === (most < costsShare ? most : costsShare)
        return isRight && costsShareOf({ gift, costsShare, arrived }, -arrived) === -costs
      },
    ),
  )
})
