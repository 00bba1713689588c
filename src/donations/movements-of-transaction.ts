/**
 * What a provider's transaction means for the ledger. What cannot be told for sure is parked with the reason, for
 * a person to look at; it is never posted by guess.
 */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type Movement, movements } from '../ledger/index.ts'
import { isCurrency } from '../money/index.ts'
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
  /** Whether its gift was posted as available already. */
  readonly settled: boolean
}

export async function movementsOf(
  trx: Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
): Promise<Posting[]> {
  const donations = await donationsOf(trx, organisationId, transactions)
  return transactions.map(transaction => {
    if (transaction.kind === 'gift' || transaction.kind === 'gift-failed') {
      return giftPosting(transaction, donations.get(transaction.checkoutMetadata?.donationId ?? ''))
    }
    const movement = isCurrency(transaction.currency) ? cashMovement(transaction) : undefined
    const parked = movement
      ? null
      : `${transaction.kind} in ${transaction.currency}: not posted automatically`
    return { transaction, donationId: null, poolId: null, parked, movements: movement ? [movement] : [] }
  })
}

/** A gift, or a gift that was taken back before it was certain. That it is available is posted later, and apart. */
function giftPosting(transaction: ProviderTransaction, donation: KnownDonation | undefined): Posting {
  const { kind, id: transactionId, currency, createdAt: at, fee } = transaction
  const failed = kind === 'gift-failed'
  const park = (reason: string): Posting => ({
    transaction,
    donationId: null,
    poolId: null,
    parked: `${kind}: ${reason}`,
    movements: [],
  })
  if (!donation) return park('no such donation')
  if (currency !== donation.currency) return park('another currency than the donation')
  const { poolId, amount: gift, costsShare, feeBearer, settled } = donation
  if (transaction.amount !== (failed ? -(gift + costsShare) : gift + costsShare)) {
    return park('another amount than the donation')
  }
  const shared = { poolId, transactionId, currency, at, gift, costsShare, fee, feeBearer }
  const movement = failed
    ? movements.donationFailedLate({ ...shared, settled })
    : movements.donationReceived(shared)
  return { transaction, donationId: donation.id, poolId, parked: null, movements: [movement] }
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
    .leftJoin('donations.providerTransactions as t', join =>
      join
        .onRef('t.organisationId', '=', 'd.organisationId')
        .onRef('t.donationId', '=', 'd.id')
        .on('t.kind', '=', 'gift')
        .on('t.madeAvailableAt', 'is not', null),
    )
    .select(['d.id', 'd.poolId', 'd.amount', 'd.costsShare', 'd.currency', 'd.feeBearer'])
    .select(sql<boolean>`t.id is not null`.as('settled'))
    .where('d.organisationId', '=', organisationId)
    .where('d.id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}
