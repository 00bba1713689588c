/**
 * Whatever becomes of monthly gifts at the provider, and in whatever order, how often and how late we learn of it: the same instalments,
 * the same state and the same ledger as when everything is learnt at once.
 */
import fc from 'fast-check'
import t from 'tap'
import { makeAvailable, postTransactions, readMonthlyGifts } from '../../src/donations/index.ts'
import type { ProviderMonthlyGift } from '../../src/donations/monthly/provider.ts'
import type { ProviderTransaction } from '../../src/donations/provider.ts'
import { poolTotals } from '../../src/ledger/index.ts'
import { instalments, startMonthly } from '../donations/monthly-run.ts'
import { testApp } from '../support/app.ts'

t.setTimeout(240_000)

const api = await testApp(t)
const { deps, organisationId } = api
const pools = [api.pools.open.id, api.pools.other.id] as const
const at = (day: number) => new Date(Date.UTC(2027, 2, day, 9))

/** What the provider shows at this moment. */
const shown: ProviderTransaction[] = []
const gifts = new Map<string, ProviderMonthlyGift>()
const events: { id: string; at: Date }[] = []
const paidFor = new Map<string, { gift: string; amount: bigint; costsShare: bigint; invoice: string }>()
Object.assign(deps.provider, {
  listTransactions: async () => ({ transactions: shown.toReversed(), nextCursor: null }),
  getInstalment: async (paymentId: string) => {
    const { gift = '', invoice = '', ...amounts } = paidFor.get(paymentId) ?? {}
    const its = gifts.get(gift)
    if (!its || !('amount' in amounts)) return null
    const { subscriptionId, monthlyGiftId } = its
    return {
      subscriptionId,
      invoiceId: invoice,
      monthlyGiftId,
      organisationId: String(organisationId),
      amounts,
    }
  },
  getMonthlyGift: async (id: string) => gifts.get(id) ?? null,
  changedMonthlyGifts: async () => new Map(events.map(event => [event.id, event.at])),
})

const month = fc.record({
  amount: fc.bigInt({ min: 100n, max: 9_000n }),
  costsShare: fc.bigInt({ min: 0n, max: 300n }),
  /** How often it was tried and taken back before it worked, or was given up. */
  bounces: fc.nat(2),
  works: fc.boolean(),
})
const story = fc.record({
  months: fc.array(month, { minLength: 1, maxLength: 3 }),
  state: fc.constantFrom('active', 'paused', 'payment-failing', 'stopped'),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

let count = 0
/** Its transactions in order; the subscription is as it ends. */
async function tell(poolId: string, { months, state }: Story) {
  count += 1
  const { id } = await startMonthly(
    { ...api, pools: { ...api.pools, open: { ...api.pools.open, id: poolId } } },
    {
      email: `gever-${count}@thuis.example`,
    },
  )
  const subscriptionId = `sub_${count}`
  const last = months.at(-1)
  gifts.set(subscriptionId, {
    ...{
      subscriptionId,
      customerId: `cus_${count}`,
      monthlyGiftId: id,
      organisationId: String(organisationId),
      state,
    },
    amounts: { amount: last?.amount ?? 0n, costsShare: last?.costsShare ?? 0n },
    ...{ giftItemId: 'si_1', costsItemId: null, nextAt: null, method: 'sepa_debit', methodId: 'pm_1' },
  })
  const told: ProviderTransaction[] = []
  for (const [index, { amount, costsShare, bounces, works }] of months.entries()) {
    const paymentId = `pi_${count}_${index}`
    paidFor.set(paymentId, { gift: subscriptionId, amount, costsShare, invoice: `in_${count}_${index}` })
    for (let attempt = 0; attempt <= bounces; attempt += 1) {
      const total = amount + costsShare
      const say = (kind: 'gift' | 'gift-failed', sum: bigint, fee: bigint) =>
        told.push({
          ...{
            id: `txn_${count}_${index}_${attempt}_${kind}`,
            kind,
            amount: sum,
            fee,
            net: sum - fee,
            currency: 'EUR',
          },
          ...{
            status: 'available',
            createdAt: at(1 + index),
            availableOn: at(1 + index),
            method: 'sepa_debit',
          },
          ...{ chargeId: `py_${count}_${index}_${attempt}`, paymentId },
        })
      say('gift', total, 35n)
      if (attempt < bounces || !works) say('gift-failed', -total, 0n)
    }
  }
  return { id, subscriptionId, told }
}

const learn = async () => {
  await postTransactions(deps)
  await makeAvailable(deps)
}
const stateOf = async (id: string) =>
  (
    await api.owner.query('select state, amount, costs_share from donations.monthly_gifts where id = $1', [
      id,
    ])
  ).rows

await t.test('in any order, again and again, and late: the same', async t => {
  const run = fc.asyncProperty(
    story,
    fc.infiniteStream(fc.nat(1_000)),
    async (its: Story, random: Iterator<number>) => {
      const dice = (sides: number) => (random.next().value ?? 0) % sides
      const [inOrder, anyhow] = [await tell(pools[0], its), await tell(pools[1], its)]
      shown.push(...inOrder.told)
      await learn()
      events.push({ id: inOrder.subscriptionId, at: deps.clock.now() })
      await readMonthlyGifts(deps)
      const late = [...anyhow.told]
      while (late.length > 0) {
        for (let some = dice(3) + 1; some > 0; some -= 1) {
          const [next] = late.splice(dice(late.length || 1), 1)
          if (next) shown.splice(dice(shown.length + 1), 0, next)
        }
        if (dice(2) === 0) events.push({ id: anyhow.subscriptionId, at: deps.clock.now() })
        if (dice(2) === 0) await readMonthlyGifts(deps)
        await (dice(3) === 0 ? Promise.all([postTransactions(deps), postTransactions(deps)]) : learn())
      }
      events.push({ id: anyhow.subscriptionId, at: deps.clock.now() })
      await readMonthlyGifts(deps)
      await learn()
      const [left, right] = await Promise.all([inOrder, anyhow].map(({ id }) => instalments(api, id)))
      t.strictSame(right?.toSorted(), left?.toSorted(), 'instalments')
      t.strictSame(await stateOf(anyhow.id), await stateOf(inOrder.id), 'what the provider says')
      const totals = await Promise.all(pools.map(id => poolTotals(deps.db, organisationId, id)))
      t.strictSame(totals[1], totals[0], 'the ledger')
      const { rows } = await api.owner.query(
        'select id, parked from donations.provider_transactions where parked is not null',
      )
      t.strictSame(rows, [], 'nothing is left to a person')
      shown.length = 0
      events.length = 0
    },
  )
  await fc.assert(run, { numRuns: 15, endOnFailure: true })
})
