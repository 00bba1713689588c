/**
 * What a provider's transaction means for the ledger. What cannot be told for sure is parked with the reason, for
 * a person to look at; it is never posted by guess.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type Movement, movements } from '../ledger/index.ts'
import { isUuid } from '../platform/id.ts'
import type { ProviderTransaction } from './provider.ts'

export interface Posting {
  readonly transaction: ProviderTransaction
  readonly donationId: string | null
  readonly poolId: string | null
  readonly parked: string | null
  readonly movements: readonly Movement[]
}

interface KnownDonation {
  readonly id: string
  readonly poolId: string
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: string
  readonly feeBearer: 'pool' | 'costs'
}

export async function movementsOf(
  trx: Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
): Promise<Posting[]> {
  const donations = await donationsOf(trx, organisationId, transactions)
  return transactions.map(transaction => {
    if (transaction.kind === 'gift') {
      return giftPosting(transaction, donations.get(transaction.checkoutMetadata?.donationId ?? ''))
    }
    const movement = cashMovement(transaction)
    const parked = movement ? null : `${transaction.kind}: not posted automatically`
    return { transaction, donationId: null, poolId: null, parked, movements: movement ? [movement] : [] }
  })
}

function giftPosting(transaction: ProviderTransaction, donation: KnownDonation | undefined): Posting {
  const park = (parked: string): Posting => ({
    transaction,
    donationId: null,
    poolId: null,
    parked,
    movements: [],
  })
  if (!donation) return park('gift: no such donation')
  if (transaction.currency !== donation.currency) return park('gift: another currency than the donation')
  if (transaction.amount !== donation.amount + donation.costsShare)
    return park('gift: another amount than the donation')
  const shared = {
    poolId: donation.poolId,
    transactionId: transaction.id,
    currency: transaction.currency,
    gift: donation.amount,
    costsShare: donation.costsShare,
    fee: transaction.fee,
    feeBearer: donation.feeBearer,
  }
  const received = movements.donationReceived({ ...shared, at: transaction.createdAt })
  const available = movements.donationAvailable({ ...shared, at: transaction.availableOn })
  return {
    transaction,
    donationId: donation.id,
    poolId: donation.poolId,
    parked: null,
    movements: transaction.status === 'available' ? [received, available] : [received],
  }
}

function cashMovement({ kind, id, net, currency, createdAt }: ProviderTransaction): Movement | undefined {
  const shared = { transactionId: id, currency, at: createdAt }
  if (kind === 'provider-payout') return movements.providerPaidOut({ ...shared, amount: -net })
  if (kind === 'provider-payout-failed') return movements.providerPayoutFailed({ ...shared, amount: net })
  if (kind === 'provider-fee') return movements.providerFeeCharged({ ...shared, amount: -net })
  return undefined
}

async function donationsOf(
  trx: Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
): Promise<Map<string, KnownDonation>> {
  const ids = transactions
    .flatMap(({ checkoutMetadata }) => checkoutMetadata?.donationId ?? [])
    .filter(isUuid)
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('donations.donations as d')
    .innerJoin('pools.pools as p', join =>
      join.onRef('p.organisationId', '=', 'd.organisationId').onRef('p.id', '=', 'd.poolId'),
    )
    .select(['d.id', 'd.poolId', 'd.amount', 'd.costsShare', 'd.currency', 'p.feeBearer'])
    .where('d.organisationId', '=', organisationId)
    .where('d.id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}
