/** A donor's bank takes a gift back: through the real service, with events twice and out of order, each way it can end. */
import t from 'tap'
import { donationById, settleDisputes } from '../../src/donations/index.ts'
import { poolTotals } from '../../src/ledger/index.ts'
import { deliverEvents } from '../../src/simulation/stripe/index.ts'
import { verify } from '../../src/verify/index.ts'
import { type TestApp, testApp, WEBHOOK_SECRET } from '../support/app.ts'

t.setTimeout(120_000)

async function broken(api: TestApp) {
  const { laws } = await verify(api.deps.db, { organisationId: api.organisationId })
  return laws.filter(law => law.count > 0)
}
const totals = (api: TestApp) => poolTotals(api.deps.db, api.organisationId, api.pools.open.id)
const gift = (api: TestApp, id: string) => donationById(api.deps.db, api.organisationId, id)

/** The events of this day come backwards, each three times, before anything else looks. */
async function disorder(api: TestApp): Promise<void> {
  await deliverEvents(
    api.deps.db,
    { now: api.deps.clock.now(), webhookSecret: WEBHOOK_SECRET, deliver: api.world.deliver },
    { duplicates: 2, shuffle: events => events.reverse() },
  )
}

/** Three days later it is disputed, eleven days later that has ended. */
async function disputed(api: TestApp, amount: number): Promise<string> {
  await api.give(api.pools.open.id, 100_000)
  const id = await api.give(api.pools.open.id, amount)
  for (const day of ['2027-03-02', '2027-03-03', '2027-03-04']) {
    await disorder(api)
    await api.liveTo(day)
  }
  return id
}
const ended = async (api: TestApp) => {
  for (const day of ['2027-03-08', '2027-03-10', '2027-03-11', '2027-03-12']) {
    await api.liveTo(day)
    await disorder(api)
  }
  await api.liveTo('2027-03-13')
}

await t.test('lost: the money is gone, with the fee of the dispute', async t => {
  const api = await testApp(t)
  const id = await disputed(api, 6_661)
  t.match(await gift(api, id), { state: 'disputed', disputed: 6_661n, chargedBack: 0n })
  t.match(await totals(api), { 'fund-disputed': 6_661n, 'dispute-receivable': 6_661n })
  t.strictSame(await broken(api), [])
  await ended(api)
  t.match(await gift(api, id), { state: 'charged-back', disputed: 0n, chargedBack: 6_661n })
  const left = await totals(api)
  t.match(left, { 'fund-disputed': 0n, 'dispute-receivable': 0n })
  // Two bank payments of € 0.29, and € 20 for the dispute.
  t.equal(left['fund-available'], 100_000n - 2n * 29n - 2_000n)
  t.strictSame(await broken(api), [])
  const { rows } = await api.owner.query(
    "select count(*)::int as n from ledger.entries where kind like 'dispute-%'",
  )
  t.equal(rows[0].n, 2, 'opened once and lost once')
})

await t.test('won: it is the pool’s again, but for the fee', async t => {
  const api = await testApp(t)
  const id = await disputed(api, 6_662)
  t.equal((await gift(api, id)).state, 'disputed')
  await ended(api)
  t.match(await gift(api, id), { state: 'available', disputed: 0n, chargedBack: 0n })
  t.equal((await totals(api))['fund-available'], 106_662n - 2n * 29n - 2_000n)
  t.strictSame(await broken(api), [])
})

await t.test('in part: what was not disputed stays, and can be given back', async t => {
  const api = await testApp(t)
  const id = await disputed(api, 6_663)
  t.match(await gift(api, id), { state: 'disputed', disputed: 3_331n })
  await ended(api)
  t.match(await gift(api, id), { state: 'charged-back', chargedBack: 3_331n })
  const asked = (amount: number) => ({ as: 'operator' as const, body: { amount, reason: 'Gever belde' } })
  t.match(await api.ask(`/v1/donations/${id}/refunds`, asked(3_333)), {
    status: 409,
    body: { type: '/problems/refund-too-large', detail: 'Of this gift €33.32 can still be given back' },
  })
  t.equal((await api.ask(`/v1/donations/${id}/refunds`, asked(3_332))).status, 201)
  t.strictSame(await broken(api), [])
})

await t.test('an event that never came is made up for every night', async t => {
  const api = await testApp(t)
  const id = await disputed(api, 6_661)
  await api.owner.query(
    "update simulation.events set next_attempt_at = null where type like 'charge.dispute%'",
  )
  await api.owner.query("update simulation.disputes set status = 'lost', ends_at = null")
  t.equal(await settleDisputes(api.deps), 0, 'nothing said that there is anything to see')
  t.equal(await settleDisputes(api.deps, { all: true }), 1)
  t.equal((await gift(api, id)).state, 'charged-back')
  t.equal(await settleDisputes(api.deps, { all: true }), 0)
  t.strictSame(await broken(api), [])
})

await t.test('the ledger is what the provider holds, and a difference is found and stays', async t => {
  const api = await testApp(t)
  await disputed(api, 6_661)
  const { rows } = await api.owner.query(`
    select provider_pending + provider_available as there, ledger_pending + ledger_available as here
      from donations.balance_readings order by id`)
  t.ok(rows.length > 2 && rows.some(({ there }) => there > 0), 'read every day, and not always of nothing')
  t.ok(
    rows.every(({ there, here }) => there === here),
    JSON.stringify(rows),
  )
  await api.owner.query("update simulation.balance_transactions set fee = fee + 1 where type = 'payout'")
  await api.liveTo('2027-03-05')
  const found = await broken(api)
  t.strictSame(
    found.map(({ check }) => check),
    ['the ledger is what the provider said that it holds, to the cent'],
  )
  const page = await api.app.inject({
    url: '/en/admin/reconciliation',
    headers: { authorization: `Bearer ${await api.token('treasurer')}` },
  })
  t.match(page.body, /Difference €0\.01/)
  t.strictSame(
    (await broken(api)).map(({ check }) => check),
    found.map(({ check }) => check),
    'nobody mended it',
  )
})
