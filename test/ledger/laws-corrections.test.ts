/** Laws 3 and 4: a key stands for one entry, and a correction is an exact mirror, made once. */
import t from 'tap'
import { checkLedger } from '../../src/ledger/checks.ts'
import { post } from '../../src/ledger/post.ts'
import { reversalOf } from '../../src/ledger/reverse.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import {
  accountIds,
  balances,
  book,
  countOf,
  type Lines,
  type RawEntry,
  refused,
  someDay,
  testLedger,
} from './support.ts'

const { app, db } = await testLedger(t)

const gift: RawEntry = { key: 'gift', lines: { 'bank b': 100, 'fund-available p': -100 } }
const first = await book(app, gift)

t.test('the same key with the same content is answered with the first entry; nothing is written', async t => {
  const before = [await countOf(app, 'entries'), await countOf(app, 'postings'), await balances(app)]
  t.strictSame(await book(app, gift), { id: first.id, outcome: 'already' })
  const inPieces = Object.entries({ 'fund-available p': -60, 'bank b': 100 })
  inPieces.push(['fund-available p', -40])
  t.strictSame(await book(app, { ...gift, lines: inPieces }), { id: first.id, outcome: 'already' })
  t.strictSame([await countOf(app, 'entries'), await countOf(app, 'postings'), await balances(app)], before)
})

t.test('a decision that was made is answered again, also when the fund could not bear it now', async t => {
  const all: RawEntry = {
    key: 'spend',
    nature: 'decision',
    lines: { 'fund-available s': 9, 'refunds-owed s': -9 },
  }
  await book(app, { key: 'gift-s', lines: { 'bank b': 9, 'fund-available s': -9 } })
  const { id } = await book(app, all)
  t.strictSame(await book(app, all), { id, outcome: 'already' })
})

t.test('the same key with other content is refused', async t => {
  const others: Record<string, RawEntry> = {
    'another amount': { ...gift, lines: { 'bank b': 99, 'fund-available p': -99 } },
    'another account': { ...gift, lines: { 'bank c': 100, 'fund-available p': -100 } },
    'an account more': { ...gift, lines: { 'bank b': 100, 'fund-available p': -99, suspense: -1 } },
    'another kind': { ...gift, kind: 'grant-received' },
    'another nature': { ...gift, nature: 'decision' },
    'another moment': { ...gift, at: '2027-03-01T12:00:00.001Z' },
    'a reversal now': { ...gift, reverses: first.id },
  }
  for (const [what, entry] of Object.entries(others))
    await refused(t, app, () => book(app, entry), { code: 'MT004' }, what)
})

t.test('a key is unique within its organisation, not beyond', async t => {
  t.match(await book(app, { ...gift, organisationId: 2 }), { outcome: 'posted' })
  t.strictSame(await balances(app, 2), { 'bank b': 100, 'fund-available p': -100 })
})

t.test('a reversal mirrors its entry exactly, is made once, and is itself not reversed', async t => {
  const entry = await book(app, { ...gift, key: 'mistake' })
  const undo = { key: 'undo', reverses: entry.id }
  const crooked: Record<string, Lines> = {
    'half of it': { 'bank b': -50, 'fund-available p': 50 },
    'another account': { 'bank c': -100, 'fund-available p': 100 },
    'the same again': gift.lines,
    'more than it': { 'bank b': -101, 'fund-available p': 100, suspense: 1 },
  }
  for (const [what, lines] of Object.entries(crooked))
    await refused(t, app, () => book(app, { ...undo, lines }), { code: 'MT004' }, what)
  const mirror: Lines = { 'bank b': -100, 'fund-available p': 100 }
  const unknown = () => book(app, { key: 'undo', reverses: '987654', lines: mirror })
  await refused(t, app, unknown, { code: 'MT004' }, 'an entry that is not there')
  const elsewhere = () => book(app, { ...undo, lines: mirror, organisationId: 2 })
  await refused(t, app, elsewhere, { code: 'MT004' }, 'an entry of another organisation')

  const reversal = await book(app, { ...undo, lines: mirror })
  t.strictSame(await book(app, { ...undo, lines: mirror }), { ...reversal, outcome: 'already' })
  const again = () => book(app, { key: 'undo-2', reverses: entry.id, lines: mirror })
  await refused(t, app, again, { code: 'MT004' }, 'a second reversal')
  const back = () => book(app, { key: 'undo-3', reverses: reversal.id, lines: gift.lines })
  await refused(t, app, back, { code: 'MT004' }, 'the reversal of a reversal')
})

t.test('the reversal of an entry is found by its key, and leaves everything as it was', async t => {
  await book(app, { key: 'gift-r', lines: { 'bank b': 10, 'fund-available r': -10 } })
  const before = await balances(app)
  await book(app, {
    key: 'spent-r',
    nature: 'decision',
    lines: { 'fund-available r': 4, 'refunds-owed r': -4 },
  })
  const undo = () =>
    inTransaction(db, async trx => post(trx, 1, [await reversalOf(trx, 1, 'spent-r', new Date(someDay))]))
  t.match(await undo(), [{ key: 'spent-r:reversed', outcome: 'posted' }])
  t.match(await undo(), [{ key: 'spent-r:reversed', outcome: 'already' }])
  t.strictSame(await balances(app), before)
  await t.rejects(
    inTransaction(db, trx => reversalOf(trx, 1, 'never', new Date(someDay))),
    { code: 'not-found' },
  )
})

t.test('after all these attacks every law holds', async t => t.strictSame(await checkLedger(db), []))

t.test('the release before this one posts by account ids, and means the same entry', async t => {
  const [bank, fund] = await accountIds(app, ['bank b', 'fund-available p'])
  const old = () =>
    app.query(
      `select entry_id::text as id, outcome from ledger.post(1, 'fact', '{by-ids}', '{raw-entry}',
         array[$1]::timestamptz[], '{null}', '{1,1}', array[$2, $3]::bigint[], '{7,-7}')`,
      [someDay, bank, fund],
    )
  const { rows: first } = await old()
  t.equal(first[0].outcome, 'posted')
  const again = await book(app, { key: 'by-ids', lines: { 'bank b': 7, 'fund-available p': -7 } })
  t.strictSame(again, { id: first[0].id, outcome: 'already' })
})
