/** Bank statements: what real banks write is read, what does not add up is refused, and nothing makes the reader throw. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import {
  readCamt053,
  type Statement,
  type StatementRefusal,
  type Warning,
} from '../../src/reconciliation/camt053/index.ts'

const fixtures = new URL('../fixtures/camt053/', import.meta.url)
const fixture = (name: string) => readFileSync(new URL(`${name}.xml`, fixtures), 'utf8')

function readOne(xml: string): { statement: Statement; warnings: readonly Warning[] } {
  const read = readCamt053(xml)
  if (!read.ok) throw new Error(`${read.reason}: ${read.detail}`)
  const [statement] = read.statements
  if (!statement) throw new Error('no statement')
  return { statement, warnings: read.warnings }
}

t.test('a batch without details is one entry for two payments', async t => {
  const { statement } = readOne(fixture('batch-without-details'))
  t.match(statement, {
    id: '0417164300.2027-03-25',
    iban: 'NL91ABNA0417164300',
    currency: 'EUR',
    sequenceNumber: 61n,
    createdAt: new Date('2027-03-26T05:12:40Z'),
    opening: { amount: 500_010n, date: '2027-03-24' },
    closing: { amount: 300_010n, date: '2027-03-25' },
  })
  t.strictSame(statement.entries, [
    {
      reference: '7084J0537755116S0EC',
      amount: -200_000n,
      currency: 'EUR',
      bookedOn: '2027-03-25',
      valueOn: '2027-03-25',
      reversal: false,
      bankTransactionCode: 'PMNT/ICDT/SALA',
      numberOfTransactions: 2,
      batch: { messageId: 'MEENT-2027-03-A' },
      details: [],
      additionalInformation: '/TRTP/SEPA BATCH SALARIS/PREF/MEENT-2027-03-A /NRTX/2',
    },
  ])
})

t.test('a return without EndToEndId keeps its reason, amount and counterparty', async t => {
  const { statement } = readOne(fixture('return-without-end-to-end-id'))
  t.match(statement, {
    from: '2027-03-26',
    to: '2027-03-26',
    opening: { amount: 10_000n, date: '2027-03-26' },
  })
  const [returned] = statement.entries
  t.strictSame(returned?.details, [
    {
      endToEndId: null,
      amount: 100_000n,
      counterpartyName: 'J. Jansen',
      counterpartyIban: 'NL42INGB0007654321',
      remittance: 'Basisinkomen maart 2027',
      returnReason: 'AC04',
    },
  ])
})

t.test('a donor cannot make a gift look like a return', async t => {
  const { statement } = readOne(fixture('return-without-end-to-end-id'))
  t.strictSame(statement.entries[1]?.details, [
    { endToEndId: null, amount: 2500n, remittance: 'Gift for Groningen /RTRN/AC04/EREF/MEENT-1' },
  ])
})

t.test('each entry has a reference of its own, the same at every reading', async t => {
  const { statement, warnings } = readOne(fixture('return-without-end-to-end-id'))
  const references = statement.entries.map(entry => entry.reference)
  t.strictSame(references.slice(0, 2), [
    '202703260009999/022221333306999888222200008',
    '202703260009999/022221333306999888222200009',
  ])
  t.equal(new Set(references).size, 4, 'two equal entries are two payments')
  const reformatted = fixture('return-without-end-to-end-id').replace(/>\s+</g, '>\n<').replaceAll('"', "'")
  const again = readOne(reformatted.replace("version='1.0' encoding='utf-8'", 'version="1.0"'))
  t.strictSame(
    again.statement.entries.map(entry => entry.reference),
    references,
  )
  t.strictSame(warnings, [])
})

t.test('a return with its EndToEndId names the payment that came back', async t => {
  const { statement } = readOne(fixture('return-ac04'))
  t.strictSame(statement.leftOut, { PDNG: 1, INFO: 1 })
  const [batch, returned] = statement.entries
  t.match(batch, {
    reference: 'STMT-63/1',
    amount: -200_050n,
    numberOfTransactions: 2,
    batch: { messageId: 'MEENT-2027-03-B', paymentInformationId: 'MEENT-2027-03-B-1' },
    details: [
      {
        endToEndId: 'MEENT-1',
        amount: -100_050n,
        counterpartyName: 'J. Jansen',
        counterpartyIban: 'NL42INGB0007654321',
      },
      { endToEndId: 'MEENT-2', amount: -100_000n },
    ],
  })
  t.notOk(batch?.details[0]?.returnReason)
  t.match(returned, { amount: 100_000n, reversal: true, bookedOn: '2027-03-26', valueOn: '2027-03-25' })
  t.strictSame(returned?.details, [
    {
      endToEndId: 'MEENT-2',
      amount: 100_000n,
      counterpartyName: 'P. Pietersen',
      counterpartyIban: 'NL69INGB0123456789',
      remittance: '',
      returnReason: 'AC04',
      originalEndToEndId: 'MEENT-2',
      accountServicerReference: 'RET-77',
    },
  ])
})

t.test('PRCD opens a statement where there is no OPBD, and an overdrawn account is below zero', async t => {
  const { statement } = readOne(fixture('opening-prcd-overdrawn'))
  t.match(statement, {
    createdAt: new Date('2027-04-01T04:00:00Z'),
    opening: { amount: 500n, date: '2027-03-30' },
    closing: { amount: -295n, date: '2027-03-31' },
    entries: [
      { amount: -795n, details: [{ amount: -795n, remittance: 'Charges of the account & its card' }] },
    ],
  })
})

t.test('a file that cannot be trusted is refused, with the reason', async t => {
  const good = fixture('return-ac04')
  const change = (from: string | RegExp, to: string) => {
    const changed = good.replace(from, to)
    t.not(changed, good)
    return changed
  }
  const refusals: [StatementRefusal, string][] = [
    ['balances-do-not-add-up', change('1499.50000', '1499.51000')],
    [
      'balances-do-not-add-up',
      change(/<CdtDbtInd>CRDT<\/CdtDbtInd>\s+<RvslInd>/, '<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>'),
    ],
    [
      'balances-do-not-add-up',
      change('<Cd>PDNG</Cd>', '<Cd>BOOK</Cd>').replace('<BkTxCd/>', '<BookgDt><Dt>2027-03-26</Dt></BookgDt>'),
    ],
    ['amount', change('1499.50000', '1499.50001')],
    ['amount', change('2000.50', '2000,50')],
    ['amount', change('2000.50', '-2000.50')],
    ['amount', change('2000.50', '2.0005e3')],
    ['amount', change('2000.50', '9999999999999999999')],
    ['currency-mismatch', change('Ccy="EUR">2000.50', 'Ccy="USD">2000.50')],
    ['currency-unknown', good.replaceAll('"EUR"', '"XXX"')],
    ['credit-debit-indicator', change('DBIT', 'DEBIT')],
    ['balance-missing', change('OPBD', 'OPAV')],
    ['balance-missing', change('CLBD', 'ITBD')],
    [
      'balance-ambiguous',
      change(
        '<Ntry>',
        `<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2027-03-26</Dt></Dt></Bal><Ntry>`,
      ),
    ],
    ['date', change('<BookgDt><Dt>2027-03-25', '<BookgDt><Dt>2027-02-30')],
    ['missing', change('<BookgDt><Dt>2027-03-25</Dt></BookgDt>', '')],
    ['missing', change('<Id>STMT-63</Id>', '')],
    ['account-without-iban', change('<IBAN>NL91ABNA0417164300</IBAN>', '<Othr><Id>1</Id></Othr>')],
    ['not-camt053', good.replaceAll('BkToCstmrStmt', 'CstmrAcctStmt')],
    ['notification', good.replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn')],
    ['no-statement', good.replaceAll('Stmt>', 'Rpt>').replaceAll('BkToCstmrRpt>', 'BkToCstmrStmt>')],
    ['doctype-or-entity', change('<Document', '<!DOCTYPE Document SYSTEM "file:///etc/passwd"><Document')],
    ['doctype-or-entity', change('J. Jansen', '&name;')],
    ['not-xml', good.slice(0, 900)],
    ['not-xml', ''],
  ]
  for (const [reason, xml] of refusals) t.match(readCamt053(xml), { ok: false, reason }, reason)
  t.match(readCamt053(good, 1000), { ok: false, reason: 'too-large' })
})

t.test('what is odd but adds up is told, not refused', async t => {
  const good = fixture('return-ac04')
  const warnings = (xml: string) => readOne(xml).warnings.map(({ code }) => code)
  t.strictSame(warnings(good), [])
  t.strictSame(warnings(good.replace('>1000.50<', '>1000.00<')), ['details-do-not-add-up'])
  t.strictSame(warnings(good.replace('<NbOfTxs>2<', '<NbOfTxs>3<')), ['number-of-transactions-differs'])
  t.strictSame(warnings(good.replace('<NtryRef>2<', '<NtryRef>1<')), [
    'reference-not-unique',
    'reference-not-unique',
  ])
  const otherPrevious = fixture('return-without-end-to-end-id').replace('>100.00<', '>99.00<')
  t.strictSame(warnings(otherPrevious), ['previous-closing-is-not-the-opening'])
})

function requireLaws(statements: readonly Statement[]): void {
  for (const { opening, closing, entries } of statements) {
    const sum = entries.reduce((total, entry) => total + entry.amount, opening.amount)
    if (sum !== closing.amount) throw new Error('a statement was read that does not add up')
    const references = new Set(entries.map(entry => entry.reference))
    if (references.size !== entries.length) throw new Error('two entries have one reference')
  }
}

t.test('a damaged file is refused or adds up, and never makes the reader throw', async () => {
  const originals = readdirSync(fixtures).map(name => readFileSync(new URL(name, fixtures), 'utf8'))
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(60),
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '',
        '<',
        '</Ntry>',
        '<Ntry>',
        '&#0;',
        '<![CDATA[',
        '-->',
        '<!--',
        'DBIT',
        '9',
        '<__proto__/>',
        'T',
      ),
    ),
  })
  const damaged = fc
    .tuple(fc.constantFrom(...originals), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([xml, edits]) =>
      edits.reduce((text, { at, length, text: inserted }) => {
        const start = Math.floor(at * text.length)
        return text.slice(0, start) + inserted + text.slice(start + length)
      }, xml),
    )
  const withoutElement = fc.tuple(fc.constantFrom(...originals), fc.nat(200)).map(([xml, index]) => {
    const names = [...xml.matchAll(/<([\w:]+)>[^<]*<\/\1>/g)]
    return xml.replace(names[index % names.length]?.[0] ?? '', '')
  })
  fc.assert(
    fc.property(fc.oneof(damaged, withoutElement, fc.string({ unit: 'binary' })), xml => {
      const read = readCamt053(xml)
      if (read.ok) requireLaws(read.statements)
    }),
    { numRuns: 600 },
  )
})
