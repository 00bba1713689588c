/** Any movement, of few pools, enrolments and ids, so that they meet: the same fund, the same key, another amount. */
import fc from 'fast-check'
import { type Movement, movements } from '../../src/ledger/index.ts'

const at = new Date('2027-03-01T12:00:00Z')
const oneOf = (name: string, n: number) => fc.integer({ min: 1, max: n }).map(each => `${name}-${each}`)
const poolIds = [1, 2, 3].map(n => `00000000-0000-7000-8000-00000000000${n}`)

/** An enrolment belongs to one pool; everything else of an occasion is drawn by itself. */
const enrolment = fc.constantFrom(
  ...poolIds.flatMap(poolId => [1, 2].map(n => ({ poolId, enrolmentId: `${poolId}-${n}` }))),
)

const occasion = fc
  .record({
    enrolment,
    transactionId: oneOf('txn', 12),
    bankEntry: oneOf('entry', 12),
    bankAccountId: oneOf('bank', 2),
    batchId: oneOf('batch', 2),
    refundId: oneOf('refund', 4),
    disputeId: oneOf('dispute', 3),
    decisionId: oneOf('decision', 6),
    sourceId: oneOf('source', 6),
    payoutId: oneOf('payout', 6),
    attemptId: oneOf('attempt', 6),
    amount: fc.oneof(fc.constantFrom(1n, 100n, 1_000n), fc.bigInt({ min: 1n, max: 5_000n })),
    costsShare: fc.bigInt({ min: 0n, max: 200n }),
    fee: fc.bigInt({ min: 0n, max: 300n }),
    feeBearer: fc.constantFrom('pool' as const, 'costs' as const),
    settled: fc.boolean(),
  })
  .map(({ enrolment, ...rest }) => ({
    ...{ ...rest, ...enrolment, at, currency: 'EUR' },
    ...{ fromPoolId: enrolment.poolId, toPoolId: poolIds.find(each => each !== enrolment.poolId) ?? '' },
    gift: rest.amount,
  }))

/** A gift that its fee eats to the cent moves nothing, and is left out. */
export const anyMovement: fc.Arbitrary<Movement> = fc
  .tuple(fc.constantFrom(...Object.values(movements)), occasion)
  .map(([make, all]) => make(all))
  .filter(({ postings }) => new Set(postings.map(each => each.account.kind)).size > 1)

/** What may be posted together: one nature, and each key once. */
export const anyBatch: fc.Arbitrary<readonly Movement[]> = fc
  .tuple(
    fc.constantFrom('fact', 'fact', 'decision'),
    fc.uniqueArray(anyMovement, { selector: each => each.key, minLength: 1, maxLength: 12 }),
  )
  .map(([nature, all]) => all.filter(each => each.nature === nature))
  .filter(batch => batch.length > 0)
