// Two months in which everything happens that the product knows: gifts of every method, one that bounces, costs, a payment
// that comes back, a donor's own transfer, money that nobody recognises or that somebody does later. After each step, what was told so far is handed to `look`.

import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { makePaymentFile } from '../../src/disbursements/index.ts'
import { approveRefund, decideRefund } from '../../src/donations/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { resolveSuspense } from '../../src/reconciliation/index.ts'
import { credit, returnPaymentsTo } from '../../src/simulation/bank/index.ts'
import { failSession } from '../../src/simulation/stripe/index.ts'
import { actor, approved, cycleOf, fund, recipient, sent } from '../disbursements/run.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { OWN_IBAN } from '../support/app-seed.ts'

const CLOSED = 'NL08MEEN0000000005'

export async function tellStory(
  t: Test,
  look: (api: TestApp, step: string) => Promise<void>,
  feeBearer: 'pool' | 'costs' = 'pool',
): Promise<TestApp> {
  const api = await testApp(t, { terms: { feeBearer } })
  await look(api, 'nothing happened yet')
  await giveWithCosts(api)
  const bounced = await api.give(api.pools.other.id, 3_000, 'sepa_debit')
  await api.give(api.pools.open.id, 4_000, 'sepa_debit')
  await fund(api, 500_000)
  await look(api, 'gifts are pending, available and at the bank')
  await failSession(api.deps.db, {
    id: await sessionOf(api, bounced),
    method: 'sepa_debit',
    now: api.deps.clock.now(),
  })
  await api.liveTo('2027-03-08')
  await look(api, 'a debit bounced')
  await recipient(api, 'NL35MEEN0000000004')
  await recipient(api, CLOSED)
  await inTransaction(api.deps.db, trx => returnPaymentsTo(trx, CLOSED))
  const march = await approved(api, '2027-03')
  await look(api, 'two terms are reserved and a month is owed')
  await sent(api, march)
  await look(api, 'a file is at the bank')
  for (const day of ['2027-03-24', '2027-03-25', '2027-03-26']) {
    await api.liveTo(day)
    await look(api, `the bank's statement of ${day}`)
  }
  const gift = await transferAnnounced(api)
  await arrives(api, 'ONBEKEND', 4_000n, 'dank')
  await arrives(api, 'KENMERK', 2_700n, `van mij ${gift}`)
  await arrives(api, 'VERGETEN', 1_000n, 'kenmerk vergeten')
  await api.liveTo('2027-04-06')
  await look(api, 'somebody transferred, and somebody sent money that nobody recognises')
  const later = await transferAnnounced(api)
  await resolveSuspense(api.deps, actor(api, 'treasurer'), {
    ...{ entryKey: `${api.bankAccountId}/VERGETEN`, transferReference: later, reason: 'De gever belde' },
    idempotencyKey: randomUUID(),
  })
  await look(api, 'the treasurer found out whose it was')
  const april = await approved(api, '2027-04')
  await makePaymentFile(api.deps, actor(api, 'operator'), { cycleId: april, idempotencyKey: randomUUID() })
  await api.give(api.pools.open.id, 2_500)
  await api.liveTo('2027-04-07')
  await cycleOf(api, '2027-05')
  await look(api, 'a second month is on its way, and a gift is pending')
  await giveBack(api)
  await look(api, 'a refund is paid, one did not arrive, one waits; a gift is disputed, another pending')
  return api
}

async function giveBack(api: TestApp): Promise<void> {
  const { rows } = await api.owner.query(
    "select donation_id from donations.provider_transactions where kind = 'gift' and amount = 4000",
  )
  await api.give(api.pools.open.id, 6_661, 'card')
  for (const amount of [700n, 666n, 50n]) {
    const { id } = await decideRefund(api.deps, actor(api, 'operator'), {
      ...{ donationId: rows[0].donation_id, amount, reason: 'Gever belde', idempotencyKey: randomUUID() },
    })
    if (amount === 50n) continue
    await approveRefund(api.deps, actor(api, 'approver'), { refundId: id, idempotencyKey: randomUUID() })
  }
  for (const day of ['2027-04-08', '2027-04-09']) await api.liveTo(day)
  await api.give(api.pools.open.id, 2_500)
  await api.liveTo('2027-04-12')
}

/** Answers its reference. */
async function transferAnnounced(api: TestApp): Promise<string> {
  const { body } = await api.ask<{ donation: { transfer: { reference: string } } }>(
    `/v1/pools/${api.pools.open.id}/donations`,
    { body: { amount: 2_500, costsShare: 100, currency: 'EUR', method: 'bank-transfer' } },
  )
  return body.donation.transfer.reference
}

/** Money from elsewhere, on the bank's next statement. */
async function arrives(api: TestApp, reference: string, amount: bigint, remittance: string): Promise<void> {
  const transfer = { iban: OWN_IBAN, bookedOn: '2027-03-29', counterparty: { name: 'Onbekend' } } as const
  await inTransaction(api.deps.db, trx =>
    credit(trx, { ...transfer, reference, amount, remittance, now: api.deps.clock.now() }),
  )
}

async function giveWithCosts(api: TestApp): Promise<void> {
  const { body } = await api.ask<{ checkoutUrl: string }>(`/v1/pools/${api.pools.open.id}/donations`, {
    body: { amount: 2_500, costsShare: 100, currency: 'EUR' },
  })
  await api.app.inject({
    method: 'POST',
    url: new URL(body.checkoutUrl).pathname,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'outcome=pay&method=card',
  })
}

async function sessionOf(api: TestApp, donationId: string): Promise<string> {
  const { rows } = await api.owner.query(
    'select provider_checkout_id as id from donations.donations where id = $1',
    [donationId],
  )
  return rows[0].id
}
