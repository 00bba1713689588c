/** Whatever is posted in whatever order: the ledger is right by its own checks, adds up to nothing, and agrees with a tiny model. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { checkLedger, FundsTooLow, type Movement, post, reversalOf } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { DomainError } from '../../src/refusals.ts'
import { testLedger } from '../ledger/support.ts'
import { balancesOf, emptyModel, type Model, nameOf, type Outcome, posted } from './ledger-model.ts'
import { anyBatch } from './ledger-movements.ts'

const { db } = await testLedger(t)
let organisationId = 0

type Step =
  | { readonly batch: readonly Movement[] }
  | { readonly again: number }
  | { readonly reverse: number }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ batch: anyBatch }) },
  { weight: 1, arbitrary: fc.record({ again: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ reverse: fc.nat(40) }) },
)

t.test('any sequence of batches and reversals leaves what the model says, and every law holds', async t => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 15 }), async steps => {
      organisationId += 1
      let model = emptyModel
      for (const step of steps) {
        const batch = await batchOf(step, model)
        const [expected, next] = posted(model, batch)
        assert.deepEqual(await outcomeOf(batch), expected)
        model = next
        for (const each of [expected].flat()) seen.add(each)
      }
      const balances = await storedBalances()
      assert.deepEqual(balances, balancesOf(model))
      assert.deepEqual(
        Object.values(balances).reduce((sum, each) => sum + each, 0n),
        0n,
      )
      assert.deepEqual(await checkLedger(db), [])
    }),
    { numRuns: 40 },
  )
  t.strictSame([...seen].sort(), ['FundsTooLow', 'already', 'key-conflict', 'posted'], 'all of it was seen')
})

/** An entry again, or the movement that undoes it: it may be a reversal, or reversed, itself. */
async function batchOf(step: Step, { entries }: Model): Promise<readonly Movement[]> {
  if ('batch' in step) return step.batch
  const all = [...entries.values()]
  const entry = all[('again' in step ? step.again : step.reverse) % all.length]
  if (entry === undefined) return []
  if ('again' in step) return [entry]
  const at = new Date('2027-03-02T12:00:00Z')
  return [await inTransaction(db, trx => reversalOf(trx, organisationId, entry.key, at))]
}

async function outcomeOf(batch: readonly Movement[]): Promise<Outcome> {
  try {
    const answers = await inTransaction(db, trx => post(trx, organisationId, batch))
    return answers.map(each => each.outcome)
  } catch (error) {
    if (error instanceof FundsTooLow) return 'FundsTooLow'
    if (error instanceof DomainError && error.code === 'key-conflict') return 'key-conflict'
    throw error
  }
}

async function storedBalances(): Promise<Record<string, bigint>> {
  const rows = await db
    .selectFrom('ledger.accounts')
    .select(['kind', 'subject', 'balance'])
    .where('organisationId', '=', organisationId)
    .where('balance', '<>', 0n)
    .execute()
  return Object.fromEntries(rows.map(row => [nameOf(row), row.balance]))
}
