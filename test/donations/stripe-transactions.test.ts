/** Stripe's balance transactions in the contract's words; what is not understood is "other", never a guess. */
import t from 'tap'
import type { ProviderTransaction } from '../../src/donations/provider.ts'
import { toProviderTransaction } from '../../src/donations/stripe/transactions.ts'
import { advance, failSession, paySession } from '../../src/simulation/stripe/index.ts'
import { checkoutInput, simulatedStripe } from '../simulation/stripe-setup.ts'

type StripeTransaction = Parameters<typeof toProviderTransaction>[0]

const transaction = (changes: Partial<StripeTransaction>): StripeTransaction => ({
  id: 'txn_1',
  object: 'balance_transaction',
  amount: -500,
  available_on: 1_793_664_000,
  balance_type: 'payments',
  created: 1_793_612_000,
  currency: 'eur',
  description: null,
  exchange_rate: null,
  fee: 0,
  fee_details: [],
  net: -500,
  reporting_category: 'charge',
  source: null,
  status: 'available',
  type: 'charge',
  ...changes,
})

t.test('the reporting category decides what a transaction is', async t => {
  const kinds = {
    charge: 'gift',
    charge_failure: 'gift-failed',
    refund: 'refund',
    refund_failure: 'refund-failed',
    dispute: 'dispute',
    dispute_reversal: 'dispute-won',
    fee: 'provider-fee',
    payout: 'provider-payout',
    payout_reversal: 'provider-payout-failed',
    topup: 'other',
    constructor: 'other',
    something_new: 'other',
  }
  for (const [reporting_category, kind] of Object.entries(kinds)) {
    t.equal(toProviderTransaction(transaction({ reporting_category })).kind, kind, reporting_category)
  }
  t.equal(toProviderTransaction(transaction({ balance_type: 'issuing' })).kind, 'other', 'another balance')
  t.equal(toProviderTransaction(transaction({ status: 'something new' })).status, 'pending')
})

t.test('a source that was not expanded still tells its id', async t => {
  t.match(toProviderTransaction(transaction({ source: 'py_1' })), { chargeId: 'py_1' })
  t.match(toProviderTransaction(transaction({ source: 'po_1' })), { payoutId: 'po_1' })
  t.notHas(toProviderTransaction(transaction({ source: 're_1' })), { chargeId: 're_1' })
})

t.test('a gift comes with its donation, method and fee', async t => {
  const { db, clock, provider, openSession } = await simulatedStripe(t)
  await paySession(db, { id: await openSession(), method: 'ideal', now: clock.now })
  const { transactions, nextCursor } = await provider.listTransactions({ createdFrom: clock.now })
  t.equal(nextCursor, null)
  const [gift] = transactions
  const input = checkoutInput()
  t.match(gift, {
    kind: 'gift',
    amount: 2_650n,
    fee: 29n,
    net: 2_621n,
    currency: 'EUR',
    status: 'pending',
    createdAt: clock.now,
    availableOn: new Date('2026-11-04T00:00:00Z'),
    chargeStatus: 'succeeded',
    method: 'ideal',
    checkoutMetadata: { ...input.metadata, donationId: input.donationId },
  })
  t.strictSame(await provider.getTransaction(gift?.id ?? ''), gift, 'one by one it is the same')
})

t.test('a debit is there before it is certain, and is taken back when it fails', async t => {
  const { db, clock, provider, openSession } = await simulatedStripe(t)
  const id = await openSession({ costsShare: 0n })
  await paySession(db, { id, method: 'sepa_debit', now: clock.now })
  const read = async () => (await provider.listTransactions({ createdFrom: new Date(0) })).transactions
  t.match(await read(), [{ kind: 'gift', chargeStatus: 'pending', method: 'sepa_debit' }])

  clock.now = new Date('2026-11-05T10:00:00Z')
  await failSession(db, { id, method: 'sepa_debit', now: clock.now })
  t.match(await read(), [
    { kind: 'gift-failed', amount: -2_500n, chargeStatus: 'failed' },
    { kind: 'gift', amount: 2_500n, chargeStatus: 'failed' },
  ])
})

t.test('a list of more than a page is read whole, each once, newest first', async t => {
  const { db, clock, provider, openSession } = await simulatedStripe(t)
  for (let index = 0; index < 205; index += 1) {
    clock.now = new Date(clock.now.getTime() + (index % 3) * 400)
    await paySession(db, { id: await openSession(), method: 'card', now: clock.now })
  }
  const pages: ProviderTransaction[][] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof provider.listTransactions>> = await provider.listTransactions({
      createdFrom: new Date(0),
      ...(cursor === null ? {} : { cursor }),
    })
    pages.push(page.transactions)
    cursor = page.nextCursor
  } while (cursor !== null)
  t.strictSame(
    pages.map(page => page.length),
    [100, 100, 5],
  )
  const all = pages.flat()
  t.equal(new Set(all.map(each => each.id)).size, 205)
  t.ok(all.every((each, index) => index === 0 || each.createdAt <= (all[index - 1]?.createdAt ?? clock.now)))
})

t.test('a payout tells what the bank will print; the window is to the second', async t => {
  const { db, clock, provider, openSession } = await simulatedStripe(t)
  await paySession(db, { id: await openSession(), method: 'ideal', now: clock.now })
  const references: string[] = []
  await advance(db, new Date('2026-11-04T09:00:00Z'), {
    onPayout: async payout => void references.push(payout.reference),
  })
  const createdFrom = new Date('2026-11-04T00:00:00Z')
  const { transactions } = await provider.listTransactions({ createdFrom, createdTo: createdFrom })
  t.match(transactions, [
    {
      kind: 'provider-payout',
      amount: -2_621n,
      fee: 0n,
      status: 'available',
      payoutReference: references[0],
    },
  ])
  t.match(transactions[0]?.payoutId, /^po_/)
})
