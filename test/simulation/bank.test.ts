/** The simulated bank, on a real Postgres: a file goes in, a statement comes out, and the reader finds each payment once. */
import { existsSync, readFileSync } from 'node:fs'
import { composeIBAN } from 'ibantools'
import type { Kysely, Transaction } from 'kysely'
import t from 'tap'
import { validateXML } from 'xmllint-wasm'
import type { DB } from '../../src/database.ts'
import { type CreditTransferBatch, writePain001 } from '../../src/disbursements/rails/sepa/index.ts'
import { connect } from '../../src/platform/db.ts'
import { readCamt053, type Statement } from '../../src/reconciliation/camt053/index.ts'
import {
  bankBalanceOn,
  credit,
  openAccount,
  returnPaymentsTo,
  statementFor,
  submitPaymentFile,
} from '../../src/simulation/bank/index.ts'
import { testDatabase } from '../support/database.ts'

const schemaFile = new URL('../../../shared/data/iso20022/xsd/camt.053.001.08.xsd', import.meta.url)

const OWN = 'NL91ABNA0417164300'
const OPEN = 'NL20INGB0001234567'
const CLOSED = 'BE68539007547034'

// A Monday; the 25th is a Thursday, and Good Friday and Easter Monday follow it.
const now = new Date('2027-03-22T09:30:00Z')

const { url } = await testDatabase(t)
const db: Kysely<DB> = connect<DB>({ url, onError: () => undefined })
t.teardown(() => db.destroy())

const inTransaction = <Result>(work: (trx: Transaction<DB>) => Promise<Result>) =>
  db.transaction().execute(work)

let accounts = 0
/** Each test has an account of its own, so that tests do not see each other's bookings. */
async function openedAccount(opening: bigint): Promise<string> {
  accounts += 1
  const iban = composeIBAN({ countryCode: 'NL', bban: `MBNB${accounts.toString().padStart(10, '0')}` }) ?? ''
  await inTransaction(trx =>
    openAccount(trx, { iban, holder: 'Stichting Basisinkomen', opening, openedOn: '2027-03-01' }),
  )
  return iban
}

function batchFrom(iban: string, change: Partial<CreditTransferBatch> = {}): CreditTransferBatch {
  return {
    messageId: 'MEENT-2027-03-A',
    createdAt: now,
    initiatingParty: 'Stichting Basisinkomen',
    paymentInformationId: 'MEENT-2027-03-A-1',
    requestedExecutionDate: '2027-03-25',
    debtor: { name: 'Stichting Basisinkomen', iban },
    batchBooking: true,
    transfers: [
      transfer('E2E-1', 100_000n, OPEN),
      transfer('E2E-2', 100_001n, OPEN),
      transfer('E2E-3', 99_999n, CLOSED),
    ],
    ...change,
  }
}

function transfer(endToEndId: string, amount: bigint, iban: string) {
  const creditor = { name: 'J. Jansen', iban }
  return { endToEndId, amount, currency: 'EUR' as const, creditor, remittance: 'Basisinkomen maart 2027' }
}

const submit = (batch: CreditTransferBatch, at = now) =>
  inTransaction(trx => submitPaymentFile(trx, { file: writePain001(batch), now: at }))

async function statement(iban: string, from: string, to: string): Promise<Statement> {
  const xml = await inTransaction(trx => statementFor(trx, { iban, from, to, now }))
  await assertValid(xml)
  const read = readCamt053(xml)
  if (!read.ok) throw new Error(`${read.reason}: ${read.detail}`)
  const [only, ...others] = read.statements
  if (!only || others.length > 0) throw new Error('one statement is expected')
  t.strictSame(read.warnings, [])
  return only
}

async function assertValid(xml: string): Promise<void> {
  if (!existsSync(schemaFile)) {
    t.comment('../shared/data/iso20022/xsd is absent: statements are not validated against their schema')
    return
  }
  const schema = { fileName: 'camt.053.001.08.xsd', contents: readFileSync(schemaFile, 'utf8') }
  const { valid, rawOutput } = await validateXML({ xml: { fileName: 'file.xml', contents: xml }, schema })
  t.ok(valid, rawOutput)
}

await inTransaction(trx => returnPaymentsTo(trx, CLOSED))

t.test('a payment file comes back on the statement, each payment once', async t => {
  const iban = await openedAccount(500_000n)
  t.match(await submit(batchFrom(iban)), { ok: true, bookedOn: '2027-03-25', returns: 1 })

  const before = await statement(iban, '2027-03-22', '2027-03-24')
  t.strictSame(before.entries, [], 'nothing is booked before the requested day')
  const { opening, closing, entries } = await statement(iban, '2027-03-25', '2027-03-25')
  t.strictSame([opening.amount, closing.amount], [500_000n, 200_000n])
  t.equal(entries.length, 1, 'the whole batch is one entry')
  t.match(entries[0], {
    amount: -300_000n,
    numberOfTransactions: 3,
    batch: { messageId: 'MEENT-2027-03-A', paymentInformationId: 'MEENT-2027-03-A-1' },
    details: [
      { endToEndId: 'E2E-1', amount: -100_000n, counterpartyIban: OPEN, counterpartyName: 'J. Jansen' },
      { endToEndId: 'E2E-2', amount: -100_001n },
      { endToEndId: 'E2E-3', amount: -99_999n, counterpartyIban: CLOSED },
    ],
  })
})

t.test('a payment to a closed account comes back with AC04 on the next business day', async t => {
  const iban = await openedAccount(500_000n)
  await submit(batchFrom(iban))
  // Thursday 25 March, then Good Friday, the weekend and Easter Monday.
  t.equal((await statement(iban, '2027-03-25', '2027-03-29')).closing.amount, 200_000n)
  const { entries, closing } = await statement(iban, '2027-03-30', '2027-03-30')
  t.equal(closing.amount, 299_999n)
  t.match(entries, [
    {
      amount: 99_999n,
      bookedOn: '2027-03-30',
      bankTransactionCode: 'PMNT/RCDT/RRTN',
      details: [
        { returnReason: 'AC04', originalEndToEndId: 'E2E-3', counterpartyIban: CLOSED, amount: 99_999n },
      ],
    },
  ])
})

t.test('a file that was received before is refused, also when both come at once', async t => {
  const iban = await openedAccount(1_000_000n)
  const answers = await Promise.all([submit(batchFrom(iban)), submit(batchFrom(iban))])
  t.strictSame(answers.map(answer => answer.ok).sort(), [false, true])
  t.match(await submit(batchFrom(iban)), { ok: false, reason: 'DUPLICATE' })
  t.equal((await statement(iban, '2027-03-25', '2027-03-25')).closing.amount, 700_000n)
  const other = await openedAccount(1_000_000n)
  t.match(await submit(batchFrom(other)), { ok: true }, 'message ids are counted per account')
})

t.test('a file that the account cannot pay is refused and leaves nothing behind', async t => {
  const iban = await openedAccount(299_999n)
  t.match(await submit(batchFrom(iban)), { ok: false, reason: 'INSUFFICIENT_FUNDS', detail: /^1 cents/ })
  await inTransaction(trx =>
    credit(trx, {
      iban,
      amount: 1n,
      bookedOn: '2027-03-24',
      counterparty: { name: 'STRIPE' },
      remittance: '',
      now,
    }),
  )
  t.match(await submit(batchFrom(iban)), { ok: true }, 'the same file is taken once the money is there')
})

t.test('an earlier payment cannot take the money that a later one was promised', async t => {
  const iban = await openedAccount(300_000n)
  t.match(await submit(batchFrom(iban)), { ok: true })
  const sooner = batchFrom(iban, {
    messageId: 'B',
    requestedExecutionDate: '2027-03-23',
    transfers: [transfer('X', 1n, OPEN)],
  })
  t.match(await submit(sooner), { ok: false, reason: 'INSUFFICIENT_FUNDS' })
})

t.test('a file is booked on an open day, today at the earliest', async t => {
  const iban = await openedAccount(10_000n)
  const on = async (messageId: string, requestedExecutionDate: string, at = now) => {
    const answer = await submit(
      batchFrom(iban, { messageId, requestedExecutionDate, transfers: [transfer(messageId, 1n, OPEN)] }),
      at,
    )
    return answer.ok ? answer.bookedOn : answer.reason
  }
  t.equal(await on('past', '2027-01-04'), '2027-03-22')
  t.equal(await on('good-friday', '2027-03-26'), '2027-03-30')
  t.equal(
    await on('midnight', '2027-03-22', new Date('2027-03-22T23:30:00Z')),
    '2027-03-23',
    'Amsterdam decides the day',
  )
})

t.test('a file that no bank would take is refused', async t => {
  const file = (text: string) => inTransaction(trx => submitPaymentFile(trx, { file: text, now }))
  t.match(await file('no XML'), { ok: false, reason: 'INVALID_FILE' })
  t.match(await file('<!DOCTYPE x><Document/>'), {
    ok: false,
    reason: 'INVALID_FILE',
    detail: /^doctype-or-entity/,
  })
  t.match(await submit(batchFrom(OWN)), { ok: false, reason: 'UNKNOWN_ACCOUNT' })
})

t.test('statements follow each other without a gap, and none is made twice', async t => {
  const iban = await openedAccount(0n)
  const gift = (amount: bigint, bookedOn: string) =>
    inTransaction(trx =>
      credit(trx, {
        iban,
        amount,
        bookedOn,
        counterparty: { name: 'Zoë <b>\u0000', iban: OPEN },
        remittance: 'Gift 🎁',
        now,
      }),
    )
  await gift(1000n, '2027-03-22')
  const request = { iban, from: '2027-03-22', to: '2027-03-22', now }
  const first = await inTransaction(trx => statementFor(trx, request))
  t.equal(await inTransaction(trx => statementFor(trx, { ...request, now: new Date('2027-04-01') })), first)
  await gift(200n, '2027-03-22')
  await gift(30n, '2027-03-23')
  const late = await statement(iban, '2027-03-22', '2027-03-22')
  const next = await statement(iban, '2027-03-23', '2027-03-24')
  const empty = await statement(iban, '2027-03-25', '2027-03-25')
  t.match(late, { sequenceNumber: 2n, opening: { amount: 1000n }, closing: { amount: 1200n } })
  t.match(next, { sequenceNumber: 3n, opening: { amount: 1200n }, closing: { amount: 1230n } })
  t.match(empty, { sequenceNumber: 4n, opening: { amount: 1230n }, closing: { amount: 1230n }, entries: [] })
  t.match(next.entries, [
    { details: [{ counterpartyName: 'Zoe .b.', remittance: 'Gift .', endToEndId: null }] },
  ])
  t.equal(await inTransaction(trx => bankBalanceOn(trx, iban, '2027-03-25')), 1230n)
  t.match(
    await statement(iban, '2027-03-22', '2027-03-22'),
    { sequenceNumber: 4n },
    'no statement goes back in time',
  )
})

t.test('a booking that is recorded late stands on the next statement, with its own day', async t => {
  const iban = await openedAccount(0n)
  await statement(iban, '2027-03-22', '2027-03-25')
  const transferOf = {
    iban,
    amount: 5n,
    bookedOn: '2027-03-23',
    counterparty: { name: 'A' },
    remittance: '',
    now,
  }
  await inTransaction(trx => credit(trx, transferOf))
  const next = await statement(iban, '2027-03-30', '2027-03-30')
  t.match(next, { from: '2027-03-23', to: '2027-03-30', entries: [{ bookedOn: '2027-03-23', amount: 5n }] })
})

t.test('an incoming transfer with a reference is booked once', async t => {
  const iban = await openedAccount(0n)
  const payout = {
    iban,
    amount: 5000n,
    bookedOn: '2027-03-27',
    counterparty: { name: 'STRIPE' },
    remittance: 'STRIPE PO1',
    endToEndId: 'PO1',
    reference: 'STRIPE-PO1',
    now,
  }
  t.equal(await inTransaction(trx => credit(trx, payout)), 'STRIPE-PO1')
  t.equal(await inTransaction(trx => credit(trx, payout)), 'STRIPE-PO1')
  await t.rejects(inTransaction(trx => credit(trx, { ...payout, amount: 5001n })))
  await t.rejects(inTransaction(trx => credit(trx, { ...payout, amount: 0n })))
  const { entries, closing } = await statement(iban, '2027-03-22', '2027-03-30')
  t.equal(closing.amount, 5000n)
  t.match(entries, [{ reference: 'STRIPE-PO1', bookedOn: '2027-03-30', details: [{ endToEndId: 'PO1' }] }])
})

t.test('what the bank booked stays booked', async t => {
  await t.rejects(db.updateTable('simulation.bank_bookings').set({ amount: 1n }).execute())
  await t.rejects(db.deleteFrom('simulation.bank_bookings').execute())
  await t.rejects(db.deleteFrom('simulation.bank_statements').execute())
})
