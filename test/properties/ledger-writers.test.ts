/**
 * Sixteen writers at once, on the same few accounts and keys, some giving up half-way: who posts once a transaction
 * never meets a deadlock, each key is written once, and every law holds.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { checkLedger, FundsTooLow, type Movement, type Posted, post } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { testLedger } from '../ledger/support.ts'
import { anyMovement } from './ledger-movements.ts'

const writers = 16
const { db } = await testLedger(t, writers)
interface Work {
  readonly batch: readonly Movement[]
  readonly givesUp: boolean
}
class GivenUp extends Error {}

/** One content for each key; what each writer does with them is drawn. */
const anyPlan = fc
  .uniqueArray(anyMovement, { selector: each => each.key, minLength: 30, maxLength: 40 })
  .chain(all =>
    fc.array(fc.array(workWith(all), { minLength: 5, maxLength: 8 }), {
      minLength: writers,
      maxLength: writers,
    }),
  )

function workWith(all: readonly Movement[]): fc.Arbitrary<Work> {
  const batch = fc
    .tuple(
      fc.constantFrom('fact', 'fact', 'decision'),
      fc.shuffledSubarray([...all], { minLength: 1, maxLength: 12 }),
    )
    .map(([nature, some]) => some.filter(each => each.nature === nature))
  return fc.record({ batch, givesUp: fc.nat(4).map(each => each === 0) })
}

let organisationId = 0

t.test('writers at the same accounts and keys do not harm each other', async t => {
  const seen = { posted: 0, already: 0, tooLow: 0, givenUp: 0 }
  await fc.assert(
    fc.asyncProperty(anyPlan, async plan => {
      organisationId += 1
      const answers: Posted[] = []
      await Promise.all(plan.map(each => write(each, answers, seen)))

      const entries = await db
        .selectFrom('ledger.entries')
        .select(['id', 'key'])
        .where('organisationId', '=', organisationId)
        .execute()
      const written = answers.filter(each => each.outcome === 'posted')
      assert.deepEqual(
        written.map(each => each.key).sort(),
        entries.map(each => each.key).sort(),
        'each key once',
      )
      const ids = new Map(entries.map(({ key, id }) => [key, id]))
      for (const { key, entryId } of answers)
        assert.equal(entryId, ids.get(key), 'everybody is told the same entry')
      assert.deepEqual(await checkLedger(db), [])
    }),
    {
      numRuns: 4,
      endOnFailure: true,
      // The plan is too long to read; its seed brings it back.
      asyncReporter: async ({ failed, seed, errorInstance }) => {
        if (failed) throw new Error(`with seed ${seed}`, { cause: errorInstance })
      },
    },
  )
  for (const [what, times] of Object.entries(seen)) t.ok(times > 0, `${what}: ${times} times`)
})

async function write(works: readonly Work[], answers: Posted[], seen: Record<string, number>): Promise<void> {
  const count = (what: string, times = 1) => {
    seen[what] = (seen[what] ?? 0) + times
  }
  for (const { batch, givesUp } of works) {
    try {
      let tries = 0
      const answered = await inTransaction(db, async trx => {
        tries += 1
        assert.equal(tries, 1, 'accounts are always locked in one order')
        const all = await post(trx, organisationId, batch)
        if (givesUp) throw new GivenUp()
        return all
      })
      answers.push(...answered)
      for (const { outcome } of answered) count(outcome)
    } catch (error) {
      if (error instanceof GivenUp) count('givenUp')
      else if (error instanceof FundsTooLow) count('tooLow')
      else throw error
    }
  }
}
