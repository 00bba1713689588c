/**
 * Every way money comes in and goes back to donors. Cash accounts move only on a provider's balance transaction
 * (its id is the key) or a booked bank entry; decisions move only funds and debts. A fact that a fund cannot
 * bear goes on to that fund's shortfall: the database sees to it.
 */
import {
  bank,
  costsAvailable,
  costsPending,
  disputeReceivable,
  fundAvailable,
  fundDisputed,
  fundPending,
  refundsOwed,
  stripeAvailable,
  stripePending,
  suspense,
} from '../chart.ts'
import { credit, debit, decision, fact, type Movement, type Occasion } from './movement.ts'

export type FeeBearer = 'pool' | 'costs'

interface ByTransaction extends Occasion {
  readonly poolId: string
  readonly transactionId: string
}
interface Gift extends ByTransaction {
  readonly gift: bigint
  readonly costsShare: bigint
}
interface WithFee {
  readonly fee: bigint
  readonly feeBearer: FeeBearer
}

/**
 * A gift reached the provider and is pending there.
 * € 25 for the pool + € 1 for costs, fee € 0.29 borne by the pool: stripe-pending 25.71, fund-pending 0.29 ⟷
 * fund-pending 25.00, costs-pending 1.00.
 */
export function donationReceived(m: Gift & WithFee): Movement {
  return fact('donation-received', m.transactionId, m, [
    debit(stripePending(m.poolId), m.gift + m.costsShare - m.fee),
    credit(fundPending(m.poolId), m.gift),
    credit(costsPending, m.costsShare),
    // The fee of a gift that is still pending is borne by pending money of the pool, or by the costs at hand.
    debit(m.feeBearer === 'pool' ? fundPending(m.poolId) : costsAvailable, m.fee),
  ])
}

/** The provider lets us use it. The gift above: stripe-available 25.71, fund-pending 24.71, costs-pending 1.00 ⟷ the same three, available. */
export function donationAvailable(m: Gift & WithFee): Movement {
  const toFund = m.feeBearer === 'pool' ? m.gift - m.fee : m.gift
  const cash = m.gift + m.costsShare - m.fee
  return fact('donation-available', `${m.transactionId}:available`, m, [
    debit(stripeAvailable, cash),
    debit(fundPending(m.poolId), toFund),
    debit(costsPending, m.costsShare),
    credit(stripePending(m.poolId), cash),
    credit(fundAvailable(m.poolId), toFund),
    credit(costsAvailable, m.costsShare),
  ])
}

/**
 * A SEPA debit failed after all. € 25 and its share of € 1 for costs leave the accounts they are in (`settled`: the
 * available ones), the bank's fee of € 3 its bearer. What is left of an unsettled gift, its fee, becomes available
 * as a gift of nothing.
 */
export function donationFailedLate(m: Gift & WithFee & { settled: boolean }): Movement {
  const fund = m.settled ? fundAvailable(m.poolId) : fundPending(m.poolId)
  return fact('donation-failed-late', m.transactionId, m, [
    debit(fund, m.gift),
    debit(m.settled ? costsAvailable : costsPending, m.costsShare),
    debit(m.feeBearer === 'pool' ? fund : costsAvailable, m.fee),
    credit(m.settled ? stripeAvailable : stripePending(m.poolId), m.gift + m.costsShare + m.fee),
  ])
}

/** Money that goes back to a donor, in whole or in part; `costsShare`: of it, what was given for costs. */
interface GoingBack {
  readonly amount: bigint
  readonly costsShare?: bigint
}
/** Out of the accounts that a gift ended in, or back into them. */
const takenFrom = (poolId: string, { amount, costsShare = 0n }: GoingBack) => [
  debit(fundAvailable(poolId), amount - costsShare),
  debit(costsAvailable, costsShare),
]
const givenBackTo = (poolId: string, { amount, costsShare = 0n }: GoingBack) => [
  credit(fundAvailable(poolId), amount - costsShare),
  credit(costsAvailable, costsShare),
]
const borneBy = (poolId: string, { fee, feeBearer }: WithFee) =>
  debit(feeBearer === 'pool' ? fundAvailable(poolId) : costsAvailable, fee)
const noFee: WithFee = { fee: 0n, feeBearer: 'pool' }

type OfRefund = Occasion & GoingBack & { readonly poolId: string; readonly refundId: string }
type ByProvider = ByTransaction & GoingBack & Partial<WithFee>

/** We decided to give € 25 back: fund-available ⟷ refunds-owed. Of the contribution to costs: costs-available. */
export function refundDecided(m: OfRefund): Movement {
  return decision('refund-decided', m.refundId, m, [
    ...takenFrom(m.poolId, m),
    credit(refundsOwed(m.poolId), m.amount),
  ])
}

/** It is not given back after all: what was owed returns to where it came from. */
export function refundWithdrawn(m: OfRefund): Movement {
  return decision('refund-withdrawn', `${m.refundId}:withdrawn`, m, [
    debit(refundsOwed(m.poolId), m.amount),
    ...givenBackTo(m.poolId, m),
  ])
}

/** The provider paid it back: refunds-owed ⟷ stripe-available; a fee for that, to its bearer. */
export function refundPaid(m: ByProvider): Movement {
  const fee = { ...noFee, ...m }
  return fact('refund-paid', m.transactionId, m, [
    debit(refundsOwed(m.poolId), m.amount),
    borneBy(m.poolId, fee),
    credit(stripeAvailable, m.amount + fee.fee),
  ])
}

/** We paid it back from the bank: refunds-owed ⟷ bank. */
export function refundPaidFromBank(
  m: Occasion & { poolId: string; bankEntry: string; bankAccountId: string; amount: bigint },
): Movement {
  return fact('refund-paid-from-bank', m.bankEntry, m, [
    debit(refundsOwed(m.poolId), m.amount),
    credit(bank(m.bankAccountId), m.amount),
  ])
}

/** The refund did not arrive: the money is back at the provider and owed again. */
export function refundFailed(m: ByProvider): Movement {
  const fee = { ...noFee, ...m }
  return fact('refund-failed', m.transactionId, m, [
    debit(stripeAvailable, m.amount - fee.fee),
    borneBy(m.poolId, fee),
    credit(refundsOwed(m.poolId), m.amount),
  ])
}

/** Somebody refunded in the provider's own pages: nothing was owed, so the fund bears it at once. */
export function refundMadeOutside(m: ByProvider): Movement {
  const fee = { ...noFee, ...m }
  return fact('refund-made-outside', m.transactionId, m, [
    ...takenFrom(m.poolId, m),
    borneBy(m.poolId, fee),
    credit(stripeAvailable, m.amount + fee.fee),
  ])
}

/** And that one did not arrive: it is the fund's again. */
export function refundMadeOutsideFailed(m: ByProvider): Movement {
  const fee = { ...noFee, ...m }
  return fact('refund-made-outside-failed', m.transactionId, m, [
    debit(stripeAvailable, m.amount - fee.fee),
    borneBy(m.poolId, fee),
    ...givenBackTo(m.poolId, m),
  ])
}

/** `held`: by how much this changes what is still argued about; all of it when left out. */
interface Held {
  readonly held?: bigint
}

/** A donor's bank disputes € 25 (fee € 20): the provider takes € 45; € 25 may still come back. */
export function disputeOpened(m: ByTransaction & GoingBack & WithFee & Held): Movement {
  const { held = m.amount } = m
  return fact('dispute-opened', m.transactionId, m, [
    debit(disputeReceivable(m.poolId), held),
    ...takenFrom(m.poolId, m),
    borneBy(m.poolId, m),
    credit(stripeAvailable, m.amount + m.fee),
    credit(fundDisputed(m.poolId), held),
  ])
}

/** Lost: nothing comes back. fund-disputed ⟷ dispute-receivable. `lostBefore`: of this dispute, when it was lost once already. */
export function disputeLost(
  m: Occasion & { poolId: string; disputeId: string; amount: bigint; lostBefore?: bigint },
): Movement {
  const again = m.lostBefore ? `:${m.lostBefore}` : ''
  return fact('dispute-lost', `${m.disputeId}:lost${again}`, m, [
    debit(fundDisputed(m.poolId), m.amount),
    credit(disputeReceivable(m.poolId), m.amount),
  ])
}

/** Won: the money is back at the provider and in the fund, whose shortfall it repays first. A fee given back is below zero. */
export function disputeWon(m: ByProvider & Held): Movement {
  const { held = m.amount } = m
  const fee = { ...noFee, ...m }
  return fact('dispute-won', m.transactionId, m, [
    debit(stripeAvailable, m.amount - fee.fee),
    debit(fundDisputed(m.poolId), held),
    borneBy(m.poolId, fee),
    credit(disputeReceivable(m.poolId), held),
    ...givenBackTo(m.poolId, m),
  ])
}

/** An amount that comes in at once, with the share of it that is for costs. */
interface Whole extends Occasion {
  readonly poolId: string
  readonly amount: bigint
  readonly costsShare?: bigint
}

const toPool = ({ poolId, amount, costsShare = 0n }: Whole) => [
  credit(fundAvailable(poolId), amount - costsShare),
  credit(costsAvailable, costsShare),
]

/** A donor's own transfer of € 26 was recognised on the statement: bank 26 ⟷ fund-available 25, costs-available 1. */
export function transferReceived(m: Whole & { bankEntry: string; bankAccountId: string }): Movement {
  return fact('transfer-received', m.bankEntry, m, [debit(bank(m.bankAccountId), m.amount), ...toPool(m)])
}

/** A municipality's grant of € 12,000: bank ⟷ fund-available. */
export function grantReceived(
  m: Occasion & { poolId: string; bankEntry: string; bankAccountId: string; amount: bigint },
): Movement {
  return { ...transferReceived(m), kind: 'grant-received' }
}

/** € 40 that nobody recognises: bank ⟷ suspense; a debit nobody recognises goes the other way. */
export function unrecognisedEntry(
  m: Occasion & { bankEntry: string; bankAccountId: string; amount: bigint },
): Movement {
  return fact('unrecognised-entry', m.bankEntry, m, [
    debit(bank(m.bankAccountId), m.amount),
    credit(suspense, m.amount),
  ])
}

/**
 * Somebody found out what it was: suspense ⟷ the pool it was meant for. Below zero it is what the bank took back, and
 * leaves the pool.
 */
export function suspenseResolved(m: Whole & { decisionId: string }): Movement {
  return decision('suspense-resolved', m.decisionId, m, [debit(suspense, m.amount), ...toPool(m)])
}
