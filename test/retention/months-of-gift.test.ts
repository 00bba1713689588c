// What a gift did, from real gifts, enrolments, payment files and statements: the parts of all gifts are what was paid.

import t from 'tap'
import { donationById } from '../../src/donations/index.ts'
import { monthsOfGift } from '../../src/retention/index.ts'
import { approved, fund, recipient, sent } from '../disbursements/run.ts'
import { testApp } from '../support/app.ts'

const GOOD = 'NL35MEEN0000000004'

t.test('two gifts carry what the pool paid, month by month', async t => {
  const api = await testApp(t)
  const { open } = api.pools
  const first = await api.give(open.id, 300_000)
  const started = await api.ask<{ receiptToken: string; donation: { donationId: string } }>(
    `/v1/pools/${open.id}/donations`,
    { body: { amount: 2_500, currency: 'EUR' } },
  )
  await fund(api, 100_000)
  const second = (
    await api.owner.query<{ id: string }>('select id from donations.donations where amount = 100000')
  ).rows[0]?.id as string
  const of = async (id: string) =>
    monthsOfGift(api.deps, await donationById(api.deps.db, api.organisationId, id))
  t.strictSame(await of(started.body.donation.donationId), null, 'nothing came of it')
  t.strictSame((await of(first))?.months, [], 'nothing was paid yet')
  await recipient(api, GOOD)
  for (const month of ['2027-03', '2027-04'] as const) {
    await api.liveTo(`${month}-10`)
    await sent(api, await approved(api, month))
    await api.liveTo(`${month}-28`)
  }
  const works = [await of(first), await of(second)]
  for (const index of [0, 1]) {
    const parts = works.map(work => work?.months[index])
    const paid = parts[0]?.paid ?? 0n
    t.equal(paid, 10_000n, 'one income')
    const together = parts.reduce((sum, each) => sum + (each?.part ?? 0n), 0n)
    t.ok(
      together <= paid && paid - together <= 2n,
      `${together} of ${paid}: all but cents that were rounded down`,
    )
  }
  t.ok(
    (works[0]?.months[0]?.part ?? 0n) > 2n * (works[1]?.months[0]?.part ?? 0n),
    'the larger gift carries more',
  )
  const receipt = await api.ask<{ text: string }>(`/receipts/${started.body.receiptToken}`)
  t.notMatch(receipt.body.text, 'maand voor maand', 'nothing is told of what never came')
})
