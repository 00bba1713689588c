/** One bad item is refused alone, wherever it stands; the others are posted as if it had not been there. */
import fc from 'fast-check'
import t from 'tap'
import { checkLedger, type Movement, movements, post, postEach, reversalOf } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { countOf, testLedger } from './support.ts'

const { db, app } = await testLedger(t)
const poolId = '00000000-0000-7000-8000-000000000001'
const at = new Date('2027-03-01T12:00:00Z')
const gift = (bankEntry: string, amount = 1n): Movement =>
  movements.transferReceived({ bankEntry, bankAccountId: 'b', poolId, amount, at, currency: 'EUR' })
const each = (items: Movement[][]) => inTransaction(db, trx => postEach(trx, 1, items))

await inTransaction(db, trx => post(trx, 1, [gift('taken', 7n)]))

t.test('of a hundred, those that the ledger cannot take are refused, and only those', async t => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(99), { maxLength: 4 }), async bad => {
      run += 1
      const before = await countOf(app, 'entries')
      const items = Array.from({ length: 100 }, (_, n) => [
        bad.includes(n) ? gift('taken', 8n) : gift(`${run}-${n}`),
      ])
      const outcomes = await each(items)
      const refused = outcomes.flatMap((outcome, n) => (outcome instanceof Error ? [n] : []))
      t.strictSame(
        refused,
        [...bad].sort((a, b) => a - b),
      )
      t.equal(await countOf(app, 'entries'), before + 100 - bad.length)
    }),
    { numRuns: 8 },
  )
  t.strictSame(await checkLedger(db), [])
})

t.test('an item of several movements is posted whole or not at all', async t => {
  const before = await countOf(app, 'entries')
  const [good, bad] = await each([
    [gift('whole-1'), gift('whole-2')],
    [gift('whole-3'), gift('taken', 9n)],
  ])
  t.match(good, [
    { key: 'whole-1', outcome: 'posted' },
    { key: 'whole-2', outcome: 'posted' },
  ])
  t.match(bad, { code: 'key-conflict' })
  t.equal(await countOf(app, 'entries'), before + 2)
})

t.test('the same key in two items: the first is posted, the second compared with it', async t => {
  const [first, again, other] = await each([[gift('twin')], [gift('twin')], [gift('twin', 2n)]])
  t.match(first, [{ outcome: 'posted' }])
  t.match(again, [{ outcome: 'already' }])
  t.match(other, { code: 'key-conflict' })
})

t.test('a debt that would be paid twice, and an amount of nothing, stop nobody else', async t => {
  const refund = movements.refundPaid({
    poolId,
    transactionId: 'never-owed',
    amount: 5n,
    at,
    currency: 'EUR',
  })
  const nothing: Movement = {
    ...gift('zero'),
    postings: gift('zero').postings.map(p => ({ ...p, amount: 0n })),
  }
  const half: Movement = { ...gift('half'), postings: gift('half').postings.slice(0, 1) }
  const outcomes = await each([[refund], [gift('after')], [nothing], [half]])
  t.strictSame(
    outcomes.map(each => (each instanceof Error ? each.name : each[0]?.outcome)),
    ['FundsTooLow', 'posted', 'error', 'error'],
  )
  t.strictSame(await checkLedger(db), [])
})

t.test('whatever Postgres cannot store, or stores only once, is refused alone', async t => {
  await each([[gift('undo-me')]])
  const undo = (key: string) =>
    inTransaction(db, async trx => ({ ...(await reversalOf(trx, 1, 'undo-me', at)), key }))
  const items: Movement[] = [
    gift('nul-\u0000'),
    gift('half-\ud800'),
    { ...gift('far'), effectiveAt: new Date('+012000-01-01') },
    { ...gift('never'), effectiveAt: new Date(Number.NaN) },
    { ...gift('no-kind'), kind: 'Not A Kind' },
    gift('x'.repeat(201)),
    movements.transferReceived({
      ...{ bankEntry: 'no-pool', bankAccountId: 'b', amount: 1n, at, currency: 'EUR' },
      poolId: 'none',
    }),
    await undo('undo-1'),
    await undo('undo-2'),
  ]
  const outcomes = await each([...items.map(item => [item]), [gift('neighbour')]])
  const posted = outcomes.flatMap((outcome, n) => (outcome instanceof Error ? [] : [n]))
  t.strictSame(posted, [7, 9], 'the first of two reversals, and the neighbour')
  t.strictSame(await checkLedger(db), [])
})

t.test('what is no refusal is thrown, and nothing of the batch is left', async t => {
  const before = await countOf(app, 'entries')
  await t.resolves(each([[gift('fine-1')]]))
  const decision = movements.refundDecided({ poolId, refundId: 'r', amount: 1n, at, currency: 'EUR' })
  await t.rejects(each([[gift('fine-2')], [decision]]), /share their nature/)
  t.equal(await countOf(app, 'entries'), before + 1)
})
