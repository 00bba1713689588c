/** What becomes of one transaction of the provider, and of which donation it can be. */
import type { Movement } from '../ledger/index.ts'
import type { ProviderTransaction } from './provider.ts'

/** A transaction, whose it is, and what is posted for it; or why it is parked. */
export interface Posting {
  readonly transaction: ProviderTransaction
  readonly donationId: string | null
  readonly poolId: string | null
  readonly parked: string | null
  readonly movements: readonly Movement[]
  /** Ours that it pays. */
  readonly refundId?: string
  readonly disputeId?: string
}

export interface KnownDonation {
  readonly id: string
  readonly poolId: string
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: string
  readonly feeBearer: 'pool' | 'costs'
  /** Whether its gift was posted as available already. */
  readonly settled: boolean
}

export function parkedPosting(transaction: ProviderTransaction, reason: string): Posting {
  const parked = `${transaction.kind}: ${reason}`
  return { transaction, donationId: null, poolId: null, parked, movements: [] }
}

/** Why this is not of that donation, as far as currency and amount tell. */
export function notOf(
  { amount, currency }: ProviderTransaction,
  donation: KnownDonation | undefined,
): string | null {
  if (!donation) return 'no such donation'
  if (currency !== donation.currency) return 'another currency than the donation'
  const size = amount < 0n ? -amount : amount
  return size > donation.amount + donation.costsShare ? 'more than the donation' : null
}
