/** Money that changes place between provider, bank, costs and pools without a donor or a recipient. */
import { bank, costsAvailable, fundAvailable, inTransit, lossReserve, stripeAvailable } from '../chart.ts'
import { credit, debit, decision, fact, type Movement, type Occasion } from './movement.ts'

/** The provider sends € 500 to our bank: in-transit ⟷ stripe-available. Not yet at the bank. */
export function providerPaidOut(m: Occasion & { transactionId: string; amount: bigint }): Movement {
  return fact('provider-paid-out', m.transactionId, m, [
    debit(inTransit, m.amount),
    credit(stripeAvailable, m.amount),
  ])
}

/** It is on the statement: bank ⟷ in-transit. */
export function providerPayoutArrived(
  m: Occasion & { bankEntry: string; bankAccountId: string; amount: bigint },
): Movement {
  return fact('provider-payout-arrived', m.bankEntry, m, [
    debit(bank(m.bankAccountId), m.amount),
    credit(inTransit, m.amount),
  ])
}

/** It did not arrive and is back at the provider: stripe-available ⟷ in-transit. */
export function providerPayoutFailed(m: Occasion & { transactionId: string; amount: bigint }): Movement {
  return fact('provider-payout-failed', m.transactionId, m, [
    debit(stripeAvailable, m.amount),
    credit(inTransit, m.amount),
  ])
}

/** A fee of the provider that belongs to no gift: costs-available ⟷ stripe-available. */
export function providerFeeCharged(m: Occasion & { transactionId: string; amount: bigint }): Movement {
  return fact('provider-fee-charged', m.transactionId, m, [
    debit(costsAvailable, m.amount),
    credit(stripeAvailable, m.amount),
  ])
}

/** The bank's charges, or a bill of the organisation paid from the bank: costs-available ⟷ bank. */
export function costPaid(
  m: Occasion & { bankEntry: string; bankAccountId: string; amount: bigint },
): Movement {
  return fact('cost-paid', m.bankEntry, m, [
    debit(costsAvailable, m.amount),
    credit(bank(m.bankAccountId), m.amount),
  ])
}

/** A grant pool matches gifts, or a campaign that was not reached moves on: fund ⟷ fund. */
export function fundMoved(
  m: Occasion & { fromPoolId: string; toPoolId: string; sourceId: string; amount: bigint },
): Movement {
  return decision('fund-moved', m.sourceId, m, [
    debit(fundAvailable(m.fromPoolId), m.amount),
    credit(fundAvailable(m.toPoolId), m.amount),
  ])
}

/** Costs at hand become a reserve against losses: costs-available ⟷ loss-reserve. */
export function lossReserveBuilt(m: Occasion & { decisionId: string; amount: bigint }): Movement {
  return decision('loss-reserve-built', m.decisionId, m, [
    debit(costsAvailable, m.amount),
    credit(lossReserve, m.amount),
  ])
}

/** The reserve covers a pool's loss: loss-reserve ⟷ the fund, whose shortfall it repays first. */
export function lossCovered(m: Occasion & { poolId: string; decisionId: string; amount: bigint }): Movement {
  return decision('loss-covered', m.decisionId, m, [
    debit(lossReserve, m.amount),
    credit(fundAvailable(m.poolId), m.amount),
  ])
}
