// A donor transfers the money: from the form over the page with the reference to the bank's statement, and what becomes
// of money that does not look as it should.

import t, { type Test } from 'tap'
import { givenInTotal, recentGifts } from '../../src/donations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { closePool } from '../../src/pools/index.ts'
import { credit } from '../../src/simulation/bank/index.ts'
import { verify } from '../../src/verify/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'

t.setTimeout(120_000)

interface Started {
  readonly checkoutUrl: string
  readonly receiptToken: string
  readonly donation: Receipt
}
interface Receipt {
  readonly donationId: string
  readonly amount: number
  readonly costsShare: number
  readonly fee: number | null
  readonly state: string
  readonly ledgerKeys: string[]
  readonly transfer: {
    reference: string
    iban: string
    holder: string
    openUntil: string
    epc: string | null
  }
}
interface Suspense {
  readonly entries: { entryKey: string; amount: number; reason: string | null }[]
}

const started = async (api: TestApp, more: Record<string, unknown> = {}, poolId = api.pools.open.id) => {
  const { status, body } = await api.ask<Started>(`/v1/pools/${poolId}/donations`, {
    body: { amount: 2_500, currency: 'EUR', costsShare: 100, method: 'bank-transfer', ...more },
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return { ...body, reference: body.donation.transfer.reference }
}
const receipt = async (api: TestApp, token: string) => (await api.ask<Receipt>(`/v1/receipts/${token}`)).body
const suspense = async (api: TestApp) =>
  (await api.ask<Suspense>('/v1/suspense-entries', { as: 'treasurer' })).body.entries

/** The bank books it today. */
async function booked(api: TestApp, remittance: string, amount: bigint): Promise<string> {
  const now = api.deps.clock.now()
  const bookedOn = now.toISOString().slice(0, 10)
  await inTransaction(api.deps.db, trx =>
    credit(trx, { iban: OWN_IBAN, amount, bookedOn, counterparty: { name: 'Iemand' }, remittance, now }),
  )
  return bookedOn
}

/** The bank books it today and gives its statement. */
async function transfer(api: TestApp, remittance: string, amount: bigint): Promise<void> {
  await api.liveTo(await booked(api, remittance, amount))
}

async function balances(api: TestApp): Promise<Record<string, number>> {
  const { rows } = await api.owner.query(
    `select kind || case when pool_id = $2 then '' else coalesce(' ' || pool_id::text, '') end as name, -balance as amount
       from ledger.accounts where organisation_id = $1 and balance <> 0 and kind <> 'bank'`,
    [api.organisationId, api.pools.open.id],
  )
  return Object.fromEntries(rows.map(({ name, amount }) => [name, Number(amount)]))
}

async function allAgrees(t: Test, api: TestApp): Promise<void> {
  const { laws } = await verify(api.deps.db, { organisationId: api.organisationId })
  t.strictSame(
    laws.filter(law => law.count > 0),
    [],
    'verify finds nothing',
  )
}

t.test('a transfer as it was asked', async t => {
  const api = await testApp(t)
  const gift = await started(api)
  t.match(gift.reference, /^RF\d{11}$/)
  t.equal(gift.donation.transfer.iban, OWN_IBAN)
  t.equal(gift.donation.transfer.openUntil, '2027-03-31')
  t.match(gift.donation.transfer.epc, `\n${OWN_IBAN}\nEUR26.00\n\n${gift.reference}`)
  t.equal(gift.donation.state, 'awaiting-transfer')
  t.match(gift.checkoutUrl, gift.receiptToken)
  await started(api) // whose transfer never comes
  await transfer(api, `bedankt! ${gift.reference.toLowerCase().replace(/(....)/g, '$1 ')}`, 2_600n)
  const after = await receipt(api, gift.receiptToken)
  t.match(after, { state: 'available', amount: 2_500, costsShare: 100, fee: 0, transfer: { epc: null } })
  t.equal(after.ledgerKeys.length, 1)
  t.strictSame(await balances(api), { 'fund-available': 2_500, 'costs-available': 100 })
  t.strictSame(await suspense(api), [])
  const { db } = api.deps
  t.equal(await givenInTotal(db, api.organisationId), 2_500n)
  const shown = await recentGifts(db, api.organisationId, api.pools.open.id, 5)
  t.match(shown, [{ amount: 2_500n, nickname: null }], 'on the page of the pool')
  t.equal(shown.length, 1)
  await allAgrees(t, api)
})

t.test('another amount, and more than one transfer', async t => {
  const api = await testApp(t)
  const gift = await started(api)
  await transfer(api, gift.reference, 1_000n)
  t.match(await receipt(api, gift.receiptToken), { state: 'available', amount: 1_000, costsShare: 0 })
  await transfer(api, gift.reference, 1_550n)
  t.match(await receipt(api, gift.receiptToken), { amount: 2_500, costsShare: 50 })
  await transfer(api, `nog eens ${gift.reference}`, 2_600n)
  const after = await receipt(api, gift.receiptToken)
  t.match(after, { amount: 5_050, costsShare: 100 }, 'what is more than was meant is for the pool')
  t.equal(after.ledgerKeys.length, 3)
  t.strictSame(await balances(api), { 'fund-available': 5_050, 'costs-available': 100 })
  await allAgrees(t, api)
})

t.test('a second transfer that is all for costs touches no account of the pool, and no law', async t => {
  const api = await testApp(t)
  const { reference, receiptToken } = await started(api)
  await transfer(api, reference, 2_500n)
  await transfer(api, reference, 100n)
  t.match(await receipt(api, receiptToken), { state: 'available', amount: 2_500, costsShare: 100 })
  t.match(await balances(api), { 'fund-available': 2_500, 'costs-available': 100 })
  await allAgrees(t, api)
})

t.test('two transfers of one gift on one statement', async t => {
  const api = await testApp(t)
  const gift = await started(api)
  await booked(api, gift.reference, 2_600n)
  await transfer(api, gift.reference, 2_600n)
  t.match(await receipt(api, gift.receiptToken), { amount: 5_100, costsShare: 100 })
  t.strictSame(await balances(api), { 'fund-available': 5_100, 'costs-available': 100 })
  await allAgrees(t, api)
})

t.test('a transfer does not wait for the provider’s keys', async t => {
  const api = await testApp(t)
  Object.assign(api.deps.providerKeys, { areAccepted: async () => false })
  const body = { amount: 2_500, currency: 'EUR' }
  const path = `/v1/pools/${api.pools.open.id}/donations`
  t.equal((await api.ask(path, { body })).status, 503)
  t.equal((await api.ask(path, { body: { ...body, method: 'bank-transfer' } })).status, 201)
  const closed = `/v1/pools/${api.pools.closed.id}/donations`
  t.equal((await api.ask(closed, { body: { ...body, method: 'bank-transfer' } })).status, 409)
})

t.test('what is not sure waits in suspense, with the reason', async t => {
  const api = await testApp(t)
  const [gift, other] = [await started(api), await started(api)]
  const { reference } = gift
  const mistyped = `${reference.slice(0, -1)}${(Number(reference.at(-1)) + 1) % 10}`
  await transfer(api, 'voor het goede doel', 1n)
  await transfer(api, mistyped, 2n)
  await transfer(api, 'RF18539007547034', 3n)
  await transfer(api, 'RF74000000001 of zo', 4n)
  await transfer(api, `${reference} en ${other.reference}`, 5n)
  const inOther = await started(api, {}, api.pools.other.id)
  await inTransaction(api.deps.db, trx =>
    closePool(
      trx,
      api.organisationId,
      { kind: 'person', id: api.persons.administrator },
      api.deps.clock.now(),
      {
        poolId: api.pools.other.id,
        reason: 'Vol',
      },
    ),
  )
  await transfer(api, inOther.reference, 6n)
  await api.liveTo('2027-04-01')
  await transfer(api, reference, 7n)
  const reasons = Object.fromEntries((await suspense(api)).map(({ amount, reason }) => [amount, reason]))
  t.strictSame(reasons, {
    ...{ 1: null, 2: 'check-digits', 3: 'check-digits', 4: 'unknown-reference', 5: 'several-references' },
    ...{ 6: 'pool-closed', 7: 'expired' },
  })
  t.equal((await receipt(api, gift.receiptToken)).state, 'awaiting-transfer')
  t.strictSame(await balances(api), { suspense: 28 })
  await allAgrees(t, api)
})

t.test('the treasurer says what it was', async t => {
  const api = await testApp(t)
  const gift = await started(api)
  const resolve = (body: Record<string, unknown>, as: 'treasurer' | 'operator' = 'treasurer', key?: string) =>
    api.ask<{ type: string; ledgerKey: string }>('/v1/suspense-resolutions', {
      as,
      body,
      ...(key ? { key } : {}),
    })
  await transfer(api, 'kenmerk vergeten', 2_600n)
  const [entry] = await suspense(api)
  const reason = 'De gever belde'
  const body = { entryKey: entry?.entryKey, transferReference: gift.reference, reason }
  t.equal((await resolve(body, 'operator')).status, 403)
  t.equal((await resolve({ ...body, poolId: api.pools.open.id })).status, 400, 'one of the two')
  t.equal((await resolve({ entryKey: entry?.entryKey, reason })).status, 400)
  t.equal((await resolve({ ...body, transferReference: 'RF74000000001' })).status, 404)
  t.equal((await resolve({ ...body, reason: '' })).status, 400)
  const first = await resolve(body, 'treasurer', 'the-same-key')
  t.equal(first.status, 201)
  t.strictSame((await resolve(body, 'treasurer', 'the-same-key')).body, first.body)
  t.equal((await resolve(body)).status, 409, 'once')
  t.match(await receipt(api, gift.receiptToken), { state: 'available', amount: 2_500, costsShare: 100 })
  t.strictSame(await balances(api), { 'fund-available': 2_500, 'costs-available': 100 })

  await transfer(api, 'zomaar', 500n)
  const [second] = await suspense(api)
  t.equal((await resolve({ entryKey: second?.entryKey, poolId: api.pools.closed.id, reason })).status, 201)
  t.strictSame(await suspense(api), [])
  const { rows } = await api.owner.query(
    `select reason, actor_id from acts.acts where action = 'suspense.resolve'`,
  )
  t.strictSame(rows, Array(2).fill({ reason, actor_id: api.persons.treasurer }))
  await allAgrees(t, api)
})

t.test('two treasurers at once: one of them', async t => {
  const api = await testApp(t)
  await transfer(api, 'zomaar', 500n)
  const [entry] = await suspense(api)
  const body = { entryKey: entry?.entryKey, poolId: api.pools.open.id, reason: 'Gebeld' }
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => api.ask('/v1/suspense-resolutions', { as: 'treasurer', body })),
  )
  t.strictSame(answers.map(each => each.status).sort(), [201, 409, 409, 409])
  t.strictSame(await balances(api), { 'fund-available': 500 })
})

t.test('the same request answers the same reference', async t => {
  const api = await testApp(t)
  const ask = (method: string) =>
    api.ask<Started>(`/v1/pools/${api.pools.open.id}/donations`, {
      body: { amount: 2_500, currency: 'EUR', method },
      key: 'one-and-the-same',
    })
  const [first, again] = await Promise.all([ask('bank-transfer'), ask('bank-transfer')])
  t.equal(first.status, 201)
  t.strictSame(again.body, first.body)
  t.equal((await ask('checkout')).status, 422, 'another way to pay is another request')
  api.setClock(new Date('2027-03-05T10:00:00Z'))
  t.strictSame((await ask('bank-transfer')).body, first.body, 'also days later')
})
