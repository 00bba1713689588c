/** A gift goes back: two people, one request, the provider's transaction, and every step to the cent. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import {
  approveRefund,
  askRefunds,
  decideRefund,
  donationById,
  refundById,
  withdrawRefund,
} from '../../src/donations/index.ts'
import { ProviderUnknown } from '../../src/donations/provider.ts'
import { poolTotals } from '../../src/ledger/index.ts'
import { verify } from '../../src/verify/index.ts'
import { actor } from '../disbursements/run.ts'
import { type TestApp, testApp } from '../support/app.ts'

t.setTimeout(120_000)

const key = () => ({ idempotencyKey: randomUUID() })
const decided = (api: TestApp, donationId: string, amount: bigint) =>
  decideRefund(api.deps, actor(api, 'operator'), { donationId, amount, reason: 'Gever belde', ...key() })
const approved = (api: TestApp, refundId: string) =>
  approveRefund(api.deps, actor(api, 'approver'), { refundId, ...key() })

async function broken(api: TestApp) {
  const { laws } = await verify(api.deps.db, { organisationId: api.organisationId })
  return laws.filter(law => law.count > 0)
}
const totals = (api: TestApp) => poolTotals(api.deps.db, api.organisationId, api.pools.open.id)
const stateOf = async (api: TestApp, id: string) =>
  (await donationById(api.deps.db, api.organisationId, id)).state
const sent = async (api: TestApp) =>
  (await api.deps.db.selectFrom('simulation.refunds').selectAll().execute()).length

await t.test('from decided to paid, in two parts', async t => {
  const api = await testApp(t)
  const gift = await api.give(api.pools.open.id, 10_000)
  await api.give(api.pools.open.id, 10_000)
  await t.rejects(decided(api, gift, 100n), { code: 'gift-not-available' })
  await api.liveTo('2027-03-05')
  const before = await totals(api)
  const first = await decided(api, gift, 4_000n)
  t.equal((await totals(api))['refunds-owed'], 4_000n)
  t.equal((await totals(api))['fund-available'], before['fund-available'] - 4_000n)
  await t.rejects(decided(api, gift, 6_001n), { code: 'refund-too-large' })
  await t.rejects(approveRefund(api.deps, actor(api, 'operator'), { refundId: first.id, ...key() }), {
    code: 'maker-is-approver',
  })
  t.equal(await askRefunds(api.deps), 0, 'nobody is asked before somebody else approved')
  t.equal((await approved(api, first.id)).state, 'approved')
  await t.rejects(approved(api, first.id), { code: 'refund-not-open' })
  await api.liveTo('2027-03-06')
  t.equal((await refundById(api.deps.db, api.organisationId, first.id)).state, 'paid')
  t.equal((await totals(api))['refunds-owed'], 0n)
  t.equal(await stateOf(api, gift), 'partly-refunded')
  await approved(api, (await decided(api, gift, 6_000n)).id)
  await api.liveTo('2027-03-07')
  t.equal(await stateOf(api, gift), 'refunded')
  await t.rejects(decided(api, gift, 1n), { code: 'refund-too-large' })
  t.strictSame(await broken(api), [])
})

await t.test('one that does not arrive is owed again, until somebody calls it off', async t => {
  const api = await testApp(t)
  const gift = await api.give(api.pools.open.id, 10_000)
  await api.give(api.pools.open.id, 10_000)
  await api.liveTo('2027-03-05')
  const before = await totals(api)
  const refund = await decided(api, gift, 666n)
  await approved(api, refund.id)
  await api.liveTo('2027-03-06')
  await t.rejects(
    withdrawRefund(api.deps, actor(api, 'treasurer'), { refundId: refund.id, reason: 'Toch niet', ...key() }),
    { code: 'refund-not-open' },
    'what was paid is not called off',
  )
  await api.liveTo('2027-03-09')
  t.equal((await refundById(api.deps.db, api.organisationId, refund.id)).state, 'failed')
  t.equal((await totals(api))['refunds-owed'], 666n)
  t.strictSame(await broken(api), [])
  await withdrawRefund(api.deps, actor(api, 'treasurer'), {
    ...{ refundId: refund.id, reason: 'Kaart bestaat niet meer' },
    ...key(),
  })
  t.strictSame(await totals(api), before)
  t.equal(await stateOf(api, gift), 'available')
  t.strictSame(await broken(api), [])
})

await t.test('a fund never goes below zero, and the refusal says what there is', async t => {
  const api = await testApp(t)
  const gift = await api.give(api.pools.open.id, 10_000)
  await api.liveTo('2027-03-05')
  const has = (await totals(api))['fund-available']
  t.ok(has < 10_000n, 'the fee is gone')
  await t.rejects(decided(api, gift, 10_000n), {
    code: 'fund-too-low',
    details: { field: 'amount', reason: { en: `In the pool €${Number(has) / 100} is available` } },
  })
  t.equal((await totals(api))['fund-available'], has)
  await decided(api, gift, has)
  t.strictSame(await broken(api), [])
})

await t.test('an answer that was lost is looked up, and nothing is paid twice', async t => {
  const api = await testApp(t)
  const gift = await api.give(api.pools.open.id, 10_000)
  await api.give(api.pools.open.id, 10_000)
  await api.liveTo('2027-03-05')
  const refund = await decided(api, gift, 1_000n)
  await approved(api, refund.id)
  const { provider } = api.deps
  const keys: string[] = []
  const lost = (reached: boolean) => ({
    ...api.deps,
    provider: {
      ...provider,
      refund: async (input: Parameters<typeof provider.refund>[0]) => {
        keys.push(input.refundId)
        if (reached) await provider.refund(input)
        throw new ProviderUnknown({ message: 'time-out' })
      },
    },
  })
  t.equal(await askRefunds(lost(false)), 0)
  t.equal((await refundById(api.deps.db, api.organisationId, refund.id)).state, 'approved')
  t.equal(await askRefunds(lost(true)), 0)
  t.equal(await askRefunds(lost(true)), 1, 'found, without asking again')
  t.strictSame(keys, [refund.id, refund.id], 'under one key')
  t.equal(await sent(api), 1)
  await api.liveTo('2027-03-06')
  t.equal((await refundById(api.deps.db, api.organisationId, refund.id)).state, 'paid')
  t.strictSame(await broken(api), [])
})

await t.test('eight at once give back what there is, once', async t => {
  const api = await testApp(t)
  const gift = await api.give(api.pools.open.id, 10_000)
  await api.give(api.pools.open.id, 10_000)
  await api.liveTo('2027-03-05')
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => decided(api, gift, 6_000n)))
  t.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
  const { rows } = await api.owner.query('select id from donations.refunds')
  const again = await Promise.allSettled(Array.from({ length: 8 }, () => approved(api, rows[0].id)))
  t.equal(again.filter(({ status }) => status === 'fulfilled').length, 1)
  await Promise.all(Array.from({ length: 8 }, () => askRefunds(api.deps)))
  t.equal(await sent(api), 1)
  t.strictSame(await broken(api), [])
})

await t.test('made in the provider’s own pages: the fund bears it, and no decision is needed', async t => {
  const api = await testApp(t)
  const gift = await api.give(api.pools.open.id, 10_000)
  await api.liveTo('2027-03-05')
  const charge = await api.deps.db.selectFrom('simulation.charges').select('id').executeTakeFirstOrThrow()
  const elsewhere = await api.deps.provider.refund({
    ...{ chargeId: charge.id, amount: 10_000n, refundId: randomUUID() },
    metadata: { organisationId: '1', donationId: '' },
  })
  t.equal(elsewhere.state, 'under-way')
  await api.liveTo('2027-03-06')
  t.equal(await stateOf(api, gift), 'refunded')
  t.ok((await totals(api)).shortfall > 0n, 'a fact is never refused: the fee is lacking now')
  t.strictSame(await broken(api), [])
})
