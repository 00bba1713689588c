/**
 * What a refund or a dispute at the provider means for the ledger. Facts: they are posted whatever the fund holds. A refund
 * that we decided pays what is owed; one that somebody made in the provider's own pages takes it from the fund at once.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { type Movement, movements } from '../ledger/index.ts'
import { isUuid } from '../platform/id.ts'
import { costsPart } from './costs-part.ts'
import { type KnownDonation, notOf, type Posting, parkedPosting } from './posting.ts'
import type { ProviderTransaction } from './provider.ts'

interface OurRefund {
  readonly id: string
  readonly donationId: string
  readonly amount: bigint
}
interface Argued {
  taken: bigint
  reinstated: bigint
  readonly lost: bigint
}

/** Read once for a page; `disputes` goes along with what is posted of it. */
export interface KnownBack {
  /** Ours that are owed or were paid: not those that were withdrawn. */
  readonly refunds: ReadonlyMap<string, OurRefund>
  readonly disputes: Map<string, Argued>
}

export async function knownBack(
  trx: Transaction<DB>,
  organisationId: number,
  transactions: readonly ProviderTransaction[],
): Promise<KnownBack> {
  const refundIds = transactions.flatMap(each => each.checkoutMetadata?.refundId ?? []).filter(isUuid)
  const disputeIds = transactions.flatMap(each => each.disputeId ?? [])
  const refunds =
    refundIds.length === 0
      ? []
      : await trx
          .selectFrom('donations.refunds')
          .select(['id', 'donationId', 'amount'])
          .where('organisationId', '=', organisationId)
          .where('id', 'in', refundIds)
          .where('withdrawnAt', 'is', null)
          .orderBy('id')
          .forNoKeyUpdate()
          .execute()
  const disputes =
    disputeIds.length === 0
      ? []
      : await trx
          .selectFrom('donations.disputes as d')
          .leftJoin('donations.providerTransactions as t', join =>
            join
              .onRef('t.organisationId', '=', 'd.organisationId')
              .onRef('t.donationId', '=', 'd.donationId')
              .onRef('t.disputeId', '=', 'd.id')
              .on('t.kind', 'in', ['dispute', 'dispute-won']),
          )
          .select(['d.id', 'd.lost', 't.kind', 't.amount'])
          .where('d.organisationId', '=', organisationId)
          .where('d.id', 'in', disputeIds)
          .execute()
  const argued = new Map<string, Argued>()
  for (const { id, lost, kind, amount } of disputes) {
    const dispute = argued.get(id) ?? { taken: 0n, reinstated: 0n, lost }
    if (kind === 'dispute') dispute.taken -= amount ?? 0n
    else dispute.reinstated += amount ?? 0n
    argued.set(id, dispute)
  }
  return { refunds: new Map(refunds.map(each => [each.id, each])), disputes: argued }
}

export function backPosting(
  transaction: ProviderTransaction,
  donation: KnownDonation | undefined,
  known: KnownBack,
): Posting {
  const { kind, id: transactionId, currency, createdAt: at, fee } = transaction
  const reason = notOf(transaction, donation)
  if (!donation || reason) return parkedPosting(transaction, reason ?? '')
  const isBack = kind === 'refund' || kind === 'dispute'
  const amount = isBack ? -transaction.amount : transaction.amount
  if (amount < 0n) return parkedPosting(transaction, 'the wrong sign')
  const { id: donationId, poolId, feeBearer } = donation
  const shared = {
    ...{ poolId, transactionId, currency, at, fee, feeBearer },
    ...{ amount, costsShare: costsPart(amount, donation) },
  }
  const of = (movement: Movement, back: Pick<Posting, 'refundId' | 'disputeId'>): Posting => ({
    ...{ transaction, donationId, poolId, parked: null, ...back },
    movements: movement.postings.length > 0 ? [movement] : [],
  })
  if (kind === 'refund' || kind === 'refund-failed') {
    const ours = ourRefund(transaction, donationId, amount, known)
    if (ours)
      return of(isBack ? movements.refundPaid(shared) : movements.refundFailed(shared), { refundId: ours.id })
    return of(isBack ? movements.refundMadeOutside(shared) : movements.refundMadeOutsideFailed(shared), {})
  }
  const { disputeId } = transaction
  if (!disputeId) return parkedPosting(transaction, 'of no dispute')
  const held = arguedBy(known, disputeId, isBack, amount)
  const movement = isBack
    ? movements.disputeOpened({ ...shared, held })
    : movements.disputeWon({ ...shared, held: -held })
  return of(movement, { disputeId })
}

function ourRefund(
  { checkoutMetadata }: ProviderTransaction,
  donationId: string,
  amount: bigint,
  { refunds }: KnownBack,
): OurRefund | undefined {
  const refund = refunds.get(checkoutMetadata?.refundId ?? '')
  return refund?.donationId === donationId && refund.amount === amount ? refund : undefined
}

/** What is argued about: taken, not reinstated, not given up. By how much this transaction changes it, whichever came first. */
function arguedBy({ disputes }: KnownBack, id: string, isTaken: boolean, amount: bigint): bigint {
  const dispute = disputes.get(id) ?? { taken: 0n, reinstated: 0n, lost: 0n }
  const open = () => max(0n, dispute.taken - dispute.reinstated - dispute.lost)
  const before = open()
  if (isTaken) dispute.taken += amount
  else dispute.reinstated += amount
  disputes.set(id, dispute)
  return open() - before
}

const max = (left: bigint, right: bigint): bigint => (left > right ? left : right)
