/** The payment file: valid for the bank, exact in its sums, the same when read back, and never half written. */
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { validateXML } from 'xmllint-wasm'
import {
  type CreditTransferBatch,
  type PaymentFileRefusal,
  PaymentFileRefused,
  readPain001,
  writePain001,
} from '../../src/disbursements/rails/sepa/index.ts'
import { isSepaIdentifier, sepaName, sepaText } from '../../src/platform/iso20022/index.ts'

const schemaFile = new URL('../../../shared/data/iso20022/xsd/pain.001.001.09.xsd', import.meta.url)
const vector = new URL('../vectors/pain001-three-transfers.xml', import.meta.url)

const batch: CreditTransferBatch = {
  messageId: 'MEENT-2027-03-A',
  createdAt: new Date('2027-03-22T09:30:00Z'),
  initiatingParty: 'Stichting Basisinkomen Groningen',
  paymentInformationId: 'MEENT-2027-03-A-1',
  requestedExecutionDate: '2027-03-25',
  debtor: { name: 'Stichting Basisinkomen Groningen', iban: 'NL91ABNA0417164300' },
  batchBooking: true,
  transfers: [
    transfer('0195c1a0-0001', 100_000n, 'Zoë van den Brœk', 'NL20INGB0001234567'),
    transfer('0195c1a0-0002', 99_999n, 'Łukasz & Søren <script>', 'DE89370400440532013000'),
    transfer('0195c1a0-0003', 1n, 'J. Jansen', 'BE68539007547034'),
  ],
}

function transfer(endToEndId: string, amount: bigint, name: string, iban: string) {
  return {
    endToEndId,
    amount,
    currency: 'EUR' as const,
    creditor: { name, iban },
    remittance: 'Basisinkomen maart 2027',
  }
}

async function assertValid(test: Tap, xml: string): Promise<void> {
  if (!existsSync(schemaFile)) {
    test.comment('../shared/data/iso20022/xsd is absent: the file is not validated against its schema')
    return
  }
  const schema = { fileName: 'pain.001.001.09.xsd', contents: readFileSync(schemaFile, 'utf8') }
  const { valid, rawOutput } = await validateXML({ xml: { fileName: 'file.xml', contents: xml }, schema })
  test.ok(valid, rawOutput)
}
type Tap = Pick<typeof t, 'ok' | 'comment'>

t.test('the file is byte for byte the one that was checked by hand', async t => {
  t.equal(`${writePain001(batch)}\n`, readFileSync(vector, 'utf8'))
})

t.test('the file is valid for its schema', async t => {
  await assertValid(t, writePain001(batch))
  await assertValid(
    t,
    writePain001({ ...batch, debtor: { ...batch.debtor, bic: 'ABNANL2A' }, categoryPurpose: 'OTHR' }),
  )
})

t.test('count and control sum are those of the transfers, to the cent', async t => {
  const xml = writePain001(batch)
  t.strictSame(xml.match(/<CtrlSum>.*?</g), ['<CtrlSum>2000.00<', '<CtrlSum>2000.00<'])
  t.strictSame(xml.match(/<NbOfTxs>.*?</g), ['<NbOfTxs>3<', '<NbOfTxs>3<'])
})

const amounts = fc.bigInt({ min: 1n, max: 99_999_999_999n })
const identifiers = fc.stringMatching(/^[a-zA-Z0-9/\-?:().,'+ ]{1,35}$/).filter(isSepaIdentifier)
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('</Nm><Nm>&amp;', '👩‍👩‍👧‍👦', '\u202eabc', 'محمد', 'a'.repeat(500), ' ', ']]>', '\ud800x'),
)
const ibans = fc.constantFrom('NL91ABNA0417164300', 'DE89370400440532013000', 'BE68539007547034')
const batches: fc.Arbitrary<CreditTransferBatch> = fc.record({
  messageId: identifiers,
  createdAt: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map(date => new Date(Math.floor(date.getTime() / 1000) * 1000)),
  initiatingParty: texts.filter(text => sepaName(text) !== null),
  paymentInformationId: identifiers,
  requestedExecutionDate: fc.constantFrom('2027-03-25', '2028-02-29'),
  debtor: fc.record({ name: texts.filter(text => sepaName(text) !== null), iban: ibans }),
  batchBooking: fc.constant(true as const),
  transfers: fc.uniqueArray(
    fc.record({
      endToEndId: identifiers,
      amount: amounts,
      currency: fc.constant('EUR' as const),
      creditor: fc.record({ name: texts.map(text => `${text}x`), iban: ibans }),
      remittance: texts,
    }),
    { selector: each => each.endToEndId, minLength: 1, maxLength: 8 },
  ),
})

/** What a bank reads: the same batch, with names and texts in SEPA's characters. */
function asWritten(written: CreditTransferBatch): CreditTransferBatch {
  return {
    ...written,
    initiatingParty: sepaName(written.initiatingParty) ?? '',
    debtor: { ...written.debtor, name: sepaName(written.debtor.name) ?? '' },
    transfers: written.transfers.map(each => ({
      ...each,
      creditor: { ...each.creditor, name: sepaName(each.creditor.name) ?? '' },
      remittance: sepaText(each.remittance, 140),
    })),
  }
}

/** A cut name can lose its only letter, so such a name is refused rather than paid to nobody. */
const isPayable = (each: CreditTransferBatch) =>
  each.transfers.every(({ creditor }) => sepaName(creditor.name) !== null)

t.test('whatever is written is read back the same, hostile names included', async t => {
  fc.assert(
    fc.property(batches.filter(isPayable), written => {
      const read = readPain001(writePain001(written))
      if (!read.ok) throw new Error(`${read.reason}: ${read.detail}`)
      t.strictSame(read.batch, asWritten(written))
    }),
    { numRuns: 60 },
  )
})

t.test('hostile names give a file that is valid for its schema', async t => {
  for (const written of fc.sample(batches.filter(isPayable), { seed: 7, numRuns: 5 })) {
    await assertValid(t, writePain001(written))
  }
})

t.test('the sum is exact however large the amounts are', async () => {
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 1, maxLength: 30 }), list => {
      const transfers = list.map((amount, index) =>
        transfer(`E${index}`, amount, 'J. Jansen', 'BE68539007547034'),
      )
      const total = list.reduce((sum, amount) => sum + amount, 0n).toString()
      const sum = /<CtrlSum>(\d+)\.(\d\d)</.exec(writePain001({ ...batch, transfers }))
      return BigInt(`${sum?.[1]}${sum?.[2]}`).toString() === total
    }),
    { numRuns: 30 },
  )
})

t.test('text is written in SEPA characters', async t => {
  const spellings: Record<string, string> = {
    'Zoë Ĳsbrand Çelik-Ñandú': 'Zoe IJsbrand Celik-Nandu',
    'Straße Ærø Łódź Œuvre Þór': 'Strasse AEro Lodz OEuvre Thor',
    'A&B; “quoted” – €5_x': "A+B, 'quoted' - EUR5-x",
    'line\nbreak\ttab\u0000nul': 'line break tab nul',
    'zero\u200bwidth \u202ertl': 'zerowidth rtl',
    'Jo 👩‍👩‍👧 An <b>': 'Jo . An .b.',
    '  many   spaces  ': 'many spaces',
  }
  for (const [text, expected] of Object.entries(spellings)) t.equal(sepaText(text, 140), expected)
  t.equal(sepaName('a'.repeat(200))?.length, 70)
  t.equal(sepaName('👩‍👩‍👧'), null, 'nothing is left to call a person by')
  t.equal(sepaName('محمد'), null)
})

t.test('an identifier is never changed: what a bank would not give back is refused', async t => {
  for (const text of [
    '',
    'a'.repeat(36),
    'é',
    'a_b',
    '/a',
    'a/',
    'a//b',
    ' a',
    'a ',
    'NOTPROVIDED',
    'a\nb',
  ]) {
    t.notOk(isSepaIdentifier(text), JSON.stringify(text))
  }
  for (const text of ['a', "A/b-9?:().,'+ z", 'a'.repeat(35)]) t.ok(isSepaIdentifier(text), text)
})

t.test('no file is written when one thing in it is wrong', async t => {
  const [first, second] = batch.transfers
  if (!first || !second) throw new Error('the batch has transfers')
  const withFirst = (change: object) => ({ ...batch, transfers: [{ ...first, ...change }, second] })
  const refusals: [PaymentFileRefusal, string, CreditTransferBatch][] = [
    ['no-transfers', 'transfers', { ...batch, transfers: [] }],
    ['identifier', 'messageId', { ...batch, messageId: 'a'.repeat(36) }],
    ['identifier', 'paymentInformationId', { ...batch, paymentInformationId: 'a//b' }],
    ['identifier', 'transfers[0].endToEndId', withFirst({ endToEndId: '' })],
    ['duplicate-end-to-end-id', 'transfers[1].endToEndId', withFirst({ endToEndId: second.endToEndId })],
    ['amount', 'transfers[0].amount', withFirst({ amount: 0n })],
    ['amount', 'transfers[0].amount', withFirst({ amount: -1n })],
    ['amount', 'transfers[0].amount', withFirst({ amount: 100_000_000_000n })],
    [
      'iban',
      'transfers[0].creditor.iban',
      withFirst({ creditor: { name: 'A', iban: 'NL92ABNA0417164300' } }),
    ],
    ['iban', 'debtor.iban', { ...batch, debtor: { name: 'A', iban: 'TR330006100519786457841326' } }],
    ['name', 'transfers[0].creditor.name', withFirst({ creditor: { ...first.creditor, name: '😀' } })],
    ['bic', 'debtor.bic', { ...batch, debtor: { ...batch.debtor, bic: 'abn' } }],
    ['execution-date', 'requestedExecutionDate', { ...batch, requestedExecutionDate: '2027-02-29' }],
    ['category-purpose', 'categoryPurpose', { ...batch, categoryPurpose: '<x/>' }],
  ]
  for (const [reason, field, wrong] of refusals) {
    try {
      writePain001(wrong)
      t.fail(`${field} should be refused`)
    } catch (error) {
      t.ok(error instanceof PaymentFileRefused)
      t.match(error, { reason, field })
    }
  }
})

t.test('a file that a bank would refuse is refused, with the reason', async t => {
  const good = writePain001(batch)
  const refusals: Record<string, string> = {
    [good.replace('<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE x [<!ENTITY e "x">]>')]:
      'doctype-or-entity',
    [good.replace('J. Jansen', '&owner;')]: 'doctype-or-entity',
    [good.slice(0, -20)]: 'not-xml',
    '': 'not-xml',
    'no XML': 'not-xml',
    [good.replace('pain.001.001.09', 'pain.001.001.03')]: 'not-pain001',
    '<Document/>': 'not-pain001',
    [good.replace('<CtrlSum>2000.00<', '<CtrlSum>2000.01<')]: 'count-or-sum-differs',
    [good.replace('<NbOfTxs>3<', '<NbOfTxs>2<')]: 'count-or-sum-differs',
    [good.replace('>0.01<', '>0.011<')]: 'amount',
    [good.replace('>0.01<', '>-0.01<')]: 'amount',
    [good.replace('>0.01<', '>1e3<')]: 'amount',
    [good.replace('Ccy="EUR">0.01', 'Ccy="USD">0.01')]: 'unsupported',
    [good.replace('BE68539007547034', 'BE68539007547035')]: 'iban',
    [good.replace('0195c1a0-0002', '0195c1a0-0001')]: 'duplicate-end-to-end-id',
    [good.replace('0195c1a0-0002', '//')]: 'identifier',
    [good.replace('<Nm>J. Jansen</Nm>', '')]: 'missing',
    [good.replace('<Dt>2027-03-25</Dt>', '<Dt>2027-03-32</Dt>')]: 'date',
    [good.replace('>TRF<', '>CHK<')]: 'unsupported',
    [good.replace('</PmtInf>', '</PmtInf><PmtInf/>')]: 'more-than-one-payment-block',
  }
  for (const [file, reason] of Object.entries(refusals))
    t.match(readPain001(file), { ok: false, reason }, reason)
  t.match(readPain001(good, 100), { ok: false, reason: 'too-large' })
  t.match(readPain001(`\ufeff${good}`), { ok: true })
})
