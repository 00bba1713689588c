/** Lists in pages: no line twice, none left out, whatever is asked for and whoever writes meanwhile. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  accountsOf,
  movements,
  poolLedger,
  post,
  searchEntries,
  statementOf,
  trialBalances,
} from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { accounts, anyHistory, momentOf, poolId, type Told, write } from './reading-support.ts'
import { testLedger } from './support.ts'

const { db, owner } = await testLedger(t)
let organisationId = 100

/** Turns pages to the end. */
async function all<T>(
  page: (cursor: bigint | undefined) => Promise<{ items: readonly T[]; next: bigint | null }>,
) {
  const items: T[] = []
  for (let cursor: bigint | undefined, turns = 0; ; turns += 1) {
    assert.ok(turns < 1000, 'pages without end')
    const { items: some, next } = await page(cursor)
    items.push(...some)
    if (next === null) return items
    cursor = next
  }
}

const isOfPool = ({ legs }: Told) => legs.some(([account]) => accounts[account]?.poolId === poolId)
const newestFirst = (told: readonly Told[]) => told.map(entry => entry.id).reverse()

t.test('the pages of a pool and of each account hold all of it, once, in order', async t => {
  await fc.assert(
    fc.asyncProperty(anyHistory, fc.constantFrom(1, 2, 7), async (history, limit) => {
      organisationId += 1
      const told = await write(owner, organisationId, history)
      const ofPool = await all(async before => {
        const { entries, next } = await poolLedger(db, organisationId, poolId, { before, limit })
        return { items: entries, next }
      })
      assert.deepEqual(ofPool.map(entry => entry.id), newestFirst(told.filter(isOfPool))) // biome-ignore format: one thought
      const { accounts: stored } = await accountsOf(db, organisationId, { limit: 100 })
      for (const account of stored)
        for (const order of ['oldest', 'newest'] as const) {
          const lines = await all(async after => {
            const page = await statementOf(db, organisationId, account, { order, after, limit })
            return { items: page.lines, next: page.next }
          })
          if (order === 'newest') lines.reverse()
          const place = accounts.findIndex(each => each.kind === account.kind)
          const legs = told.flatMap(entry => entry.legs.map(leg => [entry.id, ...leg] as const))
          const own = legs.filter(([, at]) => at === place).map(([id, , amount]) => [id, amount])
          assert.deepEqual(lines.map(line => [line.entryId, line.amount]), own) // biome-ignore format: one thought
          assert.equal(lines.at(-1)?.balanceAfter ?? 0n, account.balance)
        }
    }),
    { numRuns: 25 },
  )
  t.pass()
})

t.test('an entry with very many postings to one account hides no other behind it', async t => {
  organisationId += 1
  const [pending, disputed, bank] = [0, 1, 2]
  const moment = { kind: 'money-came', recorded: 0, effective: 0 }
  const many = Array.from({ length: 12 }, () => [pending, 1n] as const)
  const told = await write(owner, organisationId, [
    { ...moment, key: 'first', legs: [[disputed, 1n], [bank, -1n]] },
    { ...moment, key: 'second', legs: [[pending, 1n], [bank, -1n]] },
    { ...moment, key: 'third', legs: [...many, [bank, -12n]] },
  ]) // biome-ignore format: one thought
  const ids = await all(async before => {
    const { entries, next } = await poolLedger(db, organisationId, poolId, { before, limit: 2 })
    return { items: entries.map(entry => entry.id), next }
  })
  t.strictSame(ids, newestFirst(told))
})

const anyFilter = fc.record({
  kind: fc.option(fc.constantFrom('money-came', 'money-lost', 'no-such-kind'), { nil: undefined }),
  keyPrefix: fc.option(fc.constantFrom('a', 'A', 'a%', 'a_', 'a_b', 'é', 'x\\', 'zz'), { nil: undefined }),
  poolId: fc.option(fc.constant(poolId), { nil: undefined }),
  times: fc.tuple(fc.nat(), fc.nat()),
  by: fc.constantFrom('effective', 'recorded', 'neither'),
})

t.test('a search finds what matches each filter, and nothing else', async t => {
  await fc.assert(
    fc.asyncProperty(
      anyHistory,
      fc.array(anyFilter, { minLength: 1, maxLength: 6 }),
      async (history, filters) => {
        organisationId += 1
        const told = await write(owner, organisationId, history)
        for (const { kind, keyPrefix, poolId, times, by } of filters) {
          const [from, until] = times.map(pick => {
            const entry = told[pick % told.length]
            return momentOf(entry?.[by === 'recorded' ? 'recorded' : 'effective'] ?? 0)
          })
          const period = by === 'neither' ? {} : { [`${by}From`]: from, [`${by}Until`]: until }
          const expected = told.filter(entry => {
            const when = by === 'neither' || !from || !until ? undefined : momentOf(entry[by])
            return (
              (kind === undefined || entry.kind === kind) &&
              (keyPrefix === undefined || entry.key.startsWith(keyPrefix)) &&
              (poolId === undefined || isOfPool(entry)) &&
              (when === undefined || !from || !until || (when >= from && when < until))
            )
          })
          for (const newest of [3, 5000]) {
            const filter = { kind, keyPrefix, poolId, ...period }
            const found = await all(async before => {
              const page = await searchEntries(db, organisationId, filter, { before, limit: 4 }, newest)
              return { items: page.entries, next: page.next }
            })
            assert.deepEqual(found.map(entry => entry.id), newestFirst(expected)) // biome-ignore format: one thought
          }
        }
      },
    ),
    { numRuns: 40 },
  )
  t.pass()
})

t.test('pages that were read stay the same while others write', async t => {
  const gift = () =>
    movements.donationReceived({
      ...{ poolId, transactionId: newId(), gift: 2_500n, costsShare: 0n, fee: 29n, feeBearer: 'pool' },
      ...{ currency: 'EUR', at: new Date('2027-03-01T12:00:00Z') },
    } as const)
  const postSome = () => inTransaction(db, trx => post(trx, 1, [gift(), gift(), gift()]))
  for (let round = 0; round < 10; round += 1) await postSome()
  let reading = true
  const writers = Array.from({ length: 4 }, async () => {
    let written = 0
    for (; reading; written += 3) await postSome()
    return written
  })
  const { accounts: found } = await accountsOf(db, 1, { kind: 'fund-pending', limit: 1 })
  const fund = found[0]
  assert.ok(fund)
  const pages = {
    'oldest first': (after?: bigint) => statementOf(db, 1, fund, { order: 'oldest', after, limit: 5 }),
    'newest first': (after?: bigint) => statementOf(db, 1, fund, { order: 'newest', after, limit: 5 }),
    'of the pool': (before?: bigint) => poolLedger(db, 1, poolId, { before, limit: 5 }),
    'of a search': (before?: bigint) => searchEntries(db, 1, { poolId }, { before, limit: 5 }),
  }
  for (const [what, page] of Object.entries(pages)) {
    const first = await page()
    assert.ok(first.next)
    const second = await page(first.next)
    for (let again = 0; again < 5; again += 1) {
      const { debit, credit } = (await trialBalances(db, 1, new Date()))[0] ?? { debit: 0n, credit: 1n }
      t.equal(debit, credit, 'both sides of the trial balance, at this very moment')
      t.strictSame(await page(first.next), second, `${what}: the second page`)
    }
    if (what === 'oldest first') t.strictSame(await page(), first, `${what}: the first page`)
  }
  reading = false
  t.ok(
    (await Promise.all(writers)).every(written => written > 0),
    'all of them wrote meanwhile',
  )
})

t.test('accounts are listed by kind and by pool, in pages', async t => {
  organisationId += 1
  await write(owner, organisationId, [])
  const listed = (filter: object) =>
    all(async after => {
      const page = await accountsOf(db, organisationId, { ...filter, after, limit: 1 })
      return { items: page.accounts.map(account => account.kind), next: page.next }
    })
  t.strictSame((await listed({})).sort(), accounts.map(account => account.kind).sort())
  t.strictSame(await listed({ kind: 'bank' }), ['bank'])
  t.strictSame((await listed({ poolId })).sort(), ['dispute-receivable', 'stripe-pending'])
  t.strictSame(await listed({ poolId, kind: 'bank' }), [])
})
