/** What two transactions do to each other at one moment, and that `inTransaction` keeps it from the caller. */
import t, { type Test } from 'tap'
import { checkLedger, type Movement, movements, post } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testLedger } from '../ledger/support.ts'

const { db } = await testLedger(t)

const gift = (bankEntry: string, n: number, amount = 1n): Movement =>
  movements.transferReceived({
    ...{ bankEntry, bankAccountId: `bank-${n}`, poolId: `00000000-0000-7000-8000-00000000000${n}`, amount },
    ...{ at: new Date('2027-03-01T12:00:00Z'), currency: 'EUR' },
  })
const posted = (...all: Movement[]) => inTransaction(db, trx => post(trx, 1, all))

/** A place where so many wait for each other; afterwards it is open. */
function meetingOf(people: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  return () => {
    people -= 1
    if (people <= 0) resolve()
    return promise
  }
}

t.test('transactions that post twice, crosswise, meet in a deadlock: one of them is tried again', async t => {
  await posted(gift('open-1', 1), gift('open-2', 2))
  const bothHavePosted = meetingOf(2)
  let runs = 0
  const twice = (first: Movement, second: Movement) =>
    inTransaction(db, async trx => {
      runs += 1
      await post(trx, 1, [first])
      await bothHavePosted()
      return post(trx, 1, [second])
    })
  const answers = await Promise.all([
    twice(gift('a-1', 1), gift('a-2', 2)),
    twice(gift('b-2', 2), gift('b-1', 1)),
  ])
  t.match(answers, [[{ outcome: 'posted' }], [{ outcome: 'posted' }]])
  t.equal(runs, 3)
})

/** Posts under a key on some accounts while another transaction holds that key with other ones. */
async function whileHeld(t: Test, key: string, end: 'commit' | 'rollback') {
  const [held, go] = [meetingOf(2), Promise.withResolvers<void>()]
  const holder = db.transaction().execute(async trx => {
    await post(trx, 1, [gift(key, 3)])
    await held()
    await go.promise
    if (end === 'rollback') throw new Error('given up')
  })
  const ended = end === 'rollback' ? t.rejects(holder, { message: 'given up' }) : t.resolves(holder)
  await held()
  const other = posted(gift(key, 4))
  setTimeout(go.resolve, 50)
  const outcome = await other.catch((error: unknown) => error)
  await ended
  return outcome
}

t.test('a key that is just being written is waited for', async t => {
  t.match(
    await whileHeld(t, 'held-1', 'commit'),
    { code: 'key-conflict' },
    'then it stands for another entry',
  )
  t.match(await whileHeld(t, 'held-2', 'rollback'), [{ outcome: 'posted' }], 'or it is free after all')
})

t.test('after all this every law holds', async t => t.strictSame(await checkLedger(db), []))
