/**
 * What a provider's transaction means for the ledger. What cannot be told for sure is parked with the reason, for
 * a person to look at; it is never posted by guess.
 */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type Movement, movements } from '../ledger/index.ts'
import { isCurrency } from '../money/index.ts'
import { isUuid } from '../platform/id.ts'
import { costsPart } from './costs-part.ts'
import { backPosting, knownBack } from './movements-back.ts'
import { type KnownDonation, notOf, type Posting, parkedPosting } from './posting.ts'
import type { ProviderTransaction } from './provider.ts'

export async function movementsOf(
  trx: Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
): Promise<Posting[]> {
  const donations = await donationsOf(trx, organisationId, transactions)
  const known = await knownBack(trx, organisationId, transactions)
  return transactions.map(transaction => {
    const donation = donations.get(transaction.checkoutMetadata?.donationId ?? '')
    switch (transaction.kind) {
      case 'gift':
      case 'gift-failed':
        return giftPosting(transaction, donation)
      case 'refund':
      case 'refund-failed':
      case 'dispute':
      case 'dispute-won':
        return backPosting(transaction, donation, known)
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
  const reason = notOf(transaction, donation)
  if (!donation || reason) return parkedPosting(transaction, reason ?? '')
  const { poolId, amount, feeBearer, settled } = donation
  // A debit of which a part was given back before may fail for the rest.
  const wrong = failed ? transaction.amount >= 0n : transaction.amount !== amount + donation.costsShare
  if (wrong) return parkedPosting(transaction, 'another amount than the donation')
  const back = failed ? -transaction.amount : transaction.amount
  const costsShare = costsPart(back, donation)
  const shared = {
    ...{ poolId, transactionId, currency, at, fee, feeBearer },
    ...{ gift: back - costsShare, costsShare },
  }
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
    .where('d.id', '=', sql<string>`any (${`{${ids.join(',')}}`}::uuid[])`)
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}
