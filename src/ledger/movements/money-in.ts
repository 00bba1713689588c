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

/** We decided to give € 25 back: fund-available ⟷ refunds-owed. */
export function refundDecided(m: Occasion & { poolId: string; refundId: string; amount: bigint }): Movement {
  return decision('refund-decided', m.refundId, m, [
    debit(fundAvailable(m.poolId), m.amount),
    credit(refundsOwed(m.poolId), m.amount),
  ])
}

/** The provider paid it back: refunds-owed ⟷ stripe-available. */
export function refundPaid(m: ByTransaction & { amount: bigint }): Movement {
  return fact('refund-paid', m.transactionId, m, [
    debit(refundsOwed(m.poolId), m.amount),
    credit(stripeAvailable, m.amount),
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
export function refundFailed(m: ByTransaction & { amount: bigint }): Movement {
  return fact('refund-failed', m.transactionId, m, [
    debit(stripeAvailable, m.amount),
    credit(refundsOwed(m.poolId), m.amount),
  ])
}

/** A donor's bank disputes € 25 (fee € 20): the provider takes € 45; € 25 may still come back. */
export function disputeOpened(m: ByTransaction & WithFee & { amount: bigint }): Movement {
  return fact('dispute-opened', m.transactionId, m, [
    debit(disputeReceivable(m.poolId), m.amount),
    debit(fundAvailable(m.poolId), m.amount),
    debit(m.feeBearer === 'pool' ? fundAvailable(m.poolId) : costsAvailable, m.fee),
    credit(stripeAvailable, m.amount + m.fee),
    credit(fundDisputed(m.poolId), m.amount),
  ])
}

/** Lost: nothing comes back. fund-disputed ⟷ dispute-receivable. */
export function disputeLost(m: Occasion & { poolId: string; disputeId: string; amount: bigint }): Movement {
  return fact('dispute-lost', `${m.disputeId}:lost`, m, [
    debit(fundDisputed(m.poolId), m.amount),
    credit(disputeReceivable(m.poolId), m.amount),
  ])
}

/** Won: the money is back at the provider and in the fund, whose shortfall it repays first. */
export function disputeWon(m: ByTransaction & { amount: bigint }): Movement {
  return fact('dispute-won', m.transactionId, m, [
    debit(stripeAvailable, m.amount),
    debit(fundDisputed(m.poolId), m.amount),
    credit(disputeReceivable(m.poolId), m.amount),
    credit(fundAvailable(m.poolId), m.amount),
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
