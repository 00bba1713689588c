// Bank statements that are not to be believed, or that come in the wrong order: none of them moves a cent.

import t from 'tap'
import { type WrittenStatement, writeCamt053 } from '../../src/simulation/bank/write-camt053.ts'
import { type Question, testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'
import { everything } from '../support/everything.ts'
import { allRefused, type Case, invalid, type Refusal, refused } from '../support/refused.ts'

const api = await testApp(t)
const path = '/v1/bank-statements'
const xmlType = { 'content-type': 'application/xml' }
const sending = (payload: string | Buffer, headers: Record<string, string> = xmlType): Question => ({
  as: 'treasurer',
  payload,
  headers,
})

/** One credit of ten euros on an account that was empty. */
const statement: WrittenStatement = {
  id: 'AFSCHRIFT-1',
  sequenceNumber: 1n,
  iban: OWN_IBAN,
  holder: 'Stichting Proef',
  createdAt: new Date('2027-03-01T20:00:00Z'),
  from: '2027-03-01',
  to: '2027-03-01',
  opening: 0n,
  closing: 1_000n,
  entries: [entry('REF-1', 1_000n)],
}

function entry(reference: string, amount: bigint): WrittenStatement['entries'][number] {
  const payment = {
    endToEndId: null,
    amount,
    counterpartyName: 'Iemand',
    counterpartyIban: null,
    remittance: '',
    returnReason: null,
  }
  return {
    reference,
    kind: 'credit',
    amount,
    bookedOn: '2027-03-01',
    messageId: null,
    paymentInformationId: null,
    payments: [payment],
  }
}

const written = (change: Partial<WrittenStatement> = {}) => writeCamt053({ ...statement, ...change })
const second = (change: Partial<WrittenStatement> = {}) =>
  written({
    id: 'AFSCHRIFT-2',
    opening: 1_000n,
    closing: 1_500n,
    entries: [entry('REF-2', 500n)],
    ...change,
  })
const unbelieved: Refusal = { status: 422, code: 'statement-refused', field: 'statement' }
const outOfOrder: Refusal = { status: 409, code: 'statement-out-of-order', field: 'statement' }

t.test('files that are no statement of ours', async t => {
  const dtd = '<!DOCTYPE Document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
  const files: Record<string, string> = {
    'not XML': 'Dit is geen XML',
    'half of it': written().slice(0, 900),
    'another message': '<Document><CstmrCdtTrfInitn/></Document>',
    'no statement in it': '<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>',
    'a document type': written().replace('?>', `?>${dtd}`),
    'an entity of its own': written().replace('Iemand', '&iemand;'),
    'a NUL': written().replace('Iemand', 'Ie\u0000mand'),
    'somebody else’s account': written({ iban: 'NL91ABNA0417164300' }),
    'an account without an IBAN': written().replace(OWN_IBAN, '12345'),
    'another currency': written().replaceAll('EUR', 'SEK'),
    'two currencies': written().replace('Ccy="EUR"', 'Ccy="SEK"'),
    'a currency that is none': written().replaceAll('EUR', 'XXX'),
    'a cent too many': written({ closing: 1_001n }),
    'an entry too few': written({ entries: [] }),
    'no balances': written().replace(/<Bal>[\s\S]*<\/Bal>/, ''),
    'an amount that is none': written().replace('>10.00<', '>tien<'),
    'a day that is none': written().replaceAll('2027-03-01', '2027-02-30'),
    'a day after all days': written().replaceAll('2027-03-01', '9999-12-31'),
    'a day before all days': written().replaceAll('2027-03-01', '0001-01-01'),
    'neither debit nor credit': written().replace('CRDT', 'BOTH'),
  }
  await allRefused(
    t,
    api,
    Object.entries(files).map(([what, file]): Case => [what, path, sending(file), unbelieved]),
  )
})

t.test('requests that hold no file', async t => {
  const unsupported: Refusal = { status: 415, code: 'unsupported-media-type' }
  const tooLarge: Refusal = { status: 413, code: 'request-too-large' }
  await allRefused(t, api, [
    ['a PDF', path, sending(written(), { 'content-type': 'application/pdf' }), unsupported],
    ['JSON', path, { as: 'treasurer', body: { statement: written() } }, invalid('body')],
    ['JSON text', path, { as: 'treasurer', body: 'Dit is geen XML' }, unbelieved],
    ['21 MB', path, sending(Buffer.alloc(21 * 1024 * 1024, 'x')), tooLarge],
  ])
})

t.test('statements in the wrong order, or again', async t => {
  type Imported = { statements: { statementId: string; alreadyImported: boolean; inSuspense: number }[] }
  const first = await api.ask<Imported>(path, sending(written()))
  t.match(first, { status: 201, body: { statements: [{ alreadyImported: false, inSuspense: 1 }] } })
  const before = await everything(api.owner)
  const again = await api.ask<Imported>(path, sending(written()))
  t.match(again, { status: 201, body: { statements: [{ alreadyImported: true }] } }, 'imported before')
  t.strictSame(await everything(api.owner), before, 'which changes nothing')
  const gap = { opening: 1_001n, closing: 1_501n }
  await allRefused(t, api, [
    ['a gap of a cent', path, sending(second(gap)), outOfOrder],
    ['the one after the next', path, sending(second({ opening: 1_500n, closing: 2_000n })), outOfOrder],
    ['the same number, other balances', path, sending(written({ opening: 5n, closing: 1_005n })), unbelieved],
    [
      'an entry that was on the one before',
      path,
      sending(second({ closing: 2_000n, entries: [entry('REF-1', 1_000n)] })),
      unbelieved,
    ],
  ])
  const two = `${second().replace(/<\/BkToCstmrStmt>[\s\S]*$/, '')}${bodyOf(second({ ...gap, id: 'AFSCHRIFT-3' }))}`
  await refused(t, api, 'a good one and a wrong one in a file', path, sending(two), outOfOrder)

  const atOnce = await Promise.all(
    Array.from({ length: 8 }, () => api.ask<Imported>(path, sending(second()))),
  )
  t.strictSame(atOnce.map(each => each.status), atOnce.map(() => 201)) // biome-ignore format: one thought
  const fresh = atOnce.filter(each => !each.body.statements[0]?.alreadyImported)
  t.equal(fresh.length, 1, 'eight times at once is once')
  const { body } = await api.ask<{ accounts: Record<string, number> }>('/v1/trial-balance')
  t.match(body.accounts, { bank: 1_500, suspense: -1_500 }, 'debit and credit')
})

t.test('values that no account holds', async t => {
  const huge = (amount: bigint) =>
    written({
      id: 'AFSCHRIFT-3',
      opening: 1_500n,
      closing: 1_500n + amount,
      entries: [entry('REF-3', amount)],
    })
  const named = (reference: string) =>
    second({ id: 'AFSCHRIFT-3', opening: 1_500n, closing: 2_000n, entries: [entry(reference, 500n)] })
  const files: Record<string, string> = {
    'more than the ledger can count': huge(50_000_000_000_000_000_000n),
    'more than an answer can tell': huge(9_999_999_999_999_999n),
  }
  for (const [what, file] of Object.entries(files))
    await refused(t, api, what, path, sending(file), unbelieved)
  const long = await api.ask(path, sending(named('R'.repeat(201))))
  t.equal(long.status, 201, 'a reference longer than a ledger key is told apart by its hash')
})

/** From its first statement on. */
const bodyOf = (xml: string) => xml.slice(xml.indexOf('<Stmt>'))
