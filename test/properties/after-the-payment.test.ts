/**
 * Whatever happens to a gift after it was paid, and in whatever order, how often and how late we learn of it: the ledger ends
 * the same, to the cent, and every law holds on the way.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { makeAvailable, postTransactions, settleDisputes } from '../../src/donations/index.ts'
import type { ProviderTransaction, ProviderTransactionKind } from '../../src/donations/provider.ts'
import { movements, poolTotals, post } from '../../src/ledger/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { verify } from '../../src/verify/index.ts'
import { testApp } from '../support/app.ts'

t.setTimeout(240_000)

const GIFT = 2_500n
const COSTS = 110n
const at = new Date('2027-03-01T09:00:00Z')

const api = await testApp(t)
const { deps, organisationId } = api
const pools = [api.pools.open.id, api.pools.other.id] as const

/** What the provider shows at this moment. */
const shown: ProviderTransaction[] = []
let gone = new Map<string, 'open' | 'won' | 'lost'>()
Object.assign(deps.provider, {
  listTransactions: async () => ({ transactions: shown.toReversed(), nextCursor: null }),
  getDispute: async (id: string) => ({ state: gone.get(id) ?? 'open' }),
})

const cents = (max: number) => fc.bigInt({ min: 1n, max: BigInt(max) })
const story = fc.record({
  fee: cents(90),
  ours: fc.array(fc.record({ amount: cents(700), ends: fc.constantFrom('owed', 'paid', 'failed') }), {
    maxLength: 2,
  }),
  outside: fc.array(fc.record({ amount: cents(500), failed: fc.boolean() }), { maxLength: 1 }),
  disputes: fc.array(
    fc.record({
      amount: cents(1_300),
      fee: fc.constantFrom(0n, 2_000n),
      ends: fc.constantFrom('open', 'won', 'lost', 'lost and then won'),
    }),
    { maxLength: 2 },
  ),
  bounced: fc.option(cents(2_610), { nil: null }),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

/** The same story of a gift to one pool, as the provider tells it in order. */
async function tell(poolId: string, { fee, ours, outside, disputes, bounced }: Story) {
  const donationId = randomUUID()
  await api.owner.query(
    `insert into donations.donations (organisation_id, id, pool_id, amount, costs_share, currency, receipt_token_sha256, locale,
       provider, pool_name, return_base, created_at) values ($1, $2, $3, $4, $5, 'EUR', $6, 'nl', 'simulated', 'x', 'x', $7)`,
    [organisationId, donationId, poolId, GIFT, COSTS, Buffer.from(randomUUID().slice(0, 32)), at],
  )
  const told: ProviderTransaction[] = []
  const say = (
    kind: ProviderTransactionKind,
    amount: bigint,
    more: Partial<ProviderTransaction> = {},
    cost = 0n,
  ) =>
    told.push({
      ...{ id: `txn_${randomUUID()}`, kind, amount, fee: cost, net: amount - cost, currency: 'EUR' },
      ...{ status: 'available', createdAt: at, availableOn: at, checkoutMetadata: { donationId }, ...more },
    })
  say('gift', GIFT + COSTS, { method: 'sepa_debit' }, fee)
  for (const { amount, ends } of ours) {
    const refundId = randomUUID()
    await decide(poolId, donationId, refundId, amount)
    const metadata = { checkoutMetadata: { donationId, refundId } }
    if (ends !== 'owed') say('refund', -amount, metadata)
    if (ends === 'failed') say('refund-failed', amount, metadata)
  }
  for (const { amount, failed } of outside) {
    say('refund', -amount)
    if (failed) say('refund-failed', amount)
  }
  const ends = new Map<string, 'open' | 'won' | 'lost'>()
  for (const dispute of disputes) {
    const disputeId = `du_${randomUUID()}`
    say('dispute', -dispute.amount, { disputeId }, dispute.fee)
    if (dispute.ends.endsWith('won')) say('dispute-won', dispute.amount, { disputeId })
    ends.set(disputeId, dispute.ends === 'won' ? 'won' : dispute.ends === 'open' ? 'open' : 'lost')
  }
  if (bounced !== null) say('gift-failed', -bounced, {}, 35n)
  return { told, ends }
}

/** As `decideRefund` and `approveRefund` leave it, whether the gift is there already or not. */
async function decide(poolId: string, donationId: string, id: string, amount: bigint): Promise<void> {
  const { operator, approver } = api.persons
  await api.owner.query("set session_replication_role = 'replica'")
  await api.owner.query(
    `insert into donations.refunds (organisation_id, id, donation_id, pool_id, amount, currency, decided_by, decided_at,
       approved_by, approved_at, asked_at, provider_refund_id) values ($1, $2, $3, $4, $5, 'EUR', $6, $8, $7, $8, $8, 're_1')`,
    [organisationId, id, donationId, poolId, amount, operator, approver, at],
  )
  await api.owner.query("set session_replication_role = 'origin'")
  const costsShare = (amount * COSTS + GIFT + COSTS - 1n) / (GIFT + COSTS)
  await inTransaction(deps.db, trx =>
    post(trx, organisationId, [
      movements.refundDecided({ poolId, refundId: id, amount, costsShare, currency: 'EUR', at }),
    ]),
  )
}

const learn = async () => void (await postTransactions(deps))
const rest = async () => {
  await makeAvailable(deps)
  await settleDisputes(deps, { all: true })
}

await t.test('money to decide about', async () => {
  for (const [index, poolId] of pools.entries())
    await inTransaction(deps.db, trx =>
      post(trx, organisationId, [
        movements.transferReceived({
          ...{
            poolId,
            bankEntry: `entry-${index}`,
            bankAccountId: 'bank',
            amount: 1_000_000n,
            currency: 'EUR',
            at,
          },
        }),
        movements.donationReceived({
          ...{ poolId, transactionId: `costs-${index}`, gift: 0n, costsShare: 100_000n, fee: 0n },
          ...{ feeBearer: 'pool', currency: 'EUR', at },
        }),
        movements.donationAvailable({
          ...{ poolId, transactionId: `costs-${index}`, gift: 0n, costsShare: 100_000n, fee: 0n },
          ...{ feeBearer: 'pool', currency: 'EUR', at },
        }),
      ]),
    )
})

await t.test('in any order, again and again, and late: the same ledger', async t => {
  const run = fc.asyncProperty(
    story,
    fc.infiniteStream(fc.nat(1_000)),
    async (its: Story, random: Iterator<number>) => {
      const dice = (sides: number) => (random.next().value ?? 0) % sides
      const [inOrder, anyhow] = [await tell(pools[0], its), await tell(pools[1], its)]
      gone = new Map([...gone, ...inOrder.ends])
      for (const each of inOrder.told) {
        shown.push(each)
        await learn()
        await rest()
      }
      const late = [...anyhow.told]
      // What is lost may be known before what was taken for it.
      if (dice(2) === 0) gone = new Map([...gone, ...anyhow.ends])
      while (late.length > 0) {
        for (let some = dice(3) + 1; some > 0; some -= 1) {
          const [next] = late.splice(dice(late.length || 1), 1)
          if (next) shown.splice(dice(shown.length + 1), 0, next)
        }
        await learn()
        if (dice(3) === 0) await learn()
        if (dice(2) === 0) await rest()
      }
      gone = new Map([...gone, ...anyhow.ends])
      await rest()
      shown.length = 0
      const [left, right] = await Promise.all(pools.map(id => poolTotals(deps.db, organisationId, id)))
      t.strictSame(
        right,
        left,
        JSON.stringify(its, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
      )
      const { rows } = await api.owner.query(
        'select id, parked from donations.provider_transactions where parked is not null',
      )
      t.strictSame(rows, [], 'nothing is left to a person')
    },
  )
  await fc.assert(run, { numRuns: 25, endOnFailure: true })
})

t.test('and each entry is what its transaction says', async t => {
  const { laws } = await verify(deps.db, { organisationId })
  const ofMoneyIn = laws.filter(
    ({ check, count }) => count > 0 && /argued|owed to donors|what goes back/.test(check),
  )
  t.strictSame(ofMoneyIn, [])
  const booked = laws.find(({ check }) => /^each transaction of the provider/.test(check))
  // Two movements of costs stand for the money that refunds were decided on.
  t.strictSame(
    booked?.details.filter(each => !/costs-/.test(each)),
    [],
  )
})
