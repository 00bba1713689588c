/** What arrived by bank transfer: finding the gift of a reference, dividing what came, writing it down, reading it. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { giftsCame } from '../../donors/index.ts'
import type { Currency } from '../../money/index.ts'
import type { DonationTables } from '../tables.ts'

/** A gift that a transfer with this reference pays. */
export interface AwaitedTransfer {
  readonly donationId: string
  readonly poolId: string
  readonly poolIsClosed: boolean
  readonly currency: Currency
  /** As the donor announced them. */
  readonly gift: bigint
  readonly costsShare: bigint
  readonly openUntil: string
  /** What came for it before, and was not taken back. */
  readonly arrived: bigint
}

/** By reference. The gifts stay locked, so that two statements never divide as if each were the first. */
export async function awaitedTransfers(
  trx: Transaction<DB>,
  organisationId: number,
  references: readonly string[],
): Promise<Map<string, AwaitedTransfer>> {
  if (references.length === 0) return new Map()
  const rows = await trx
    .selectFrom('donations.transferReferences as r')
    .innerJoin('donations.donations as d', join =>
      join.onRef('d.organisationId', '=', 'r.organisationId').onRef('d.id', '=', 'r.donationId'),
    )
    .innerJoin('pools.pools as p', join =>
      join.onRef('p.organisationId', '=', 'd.organisationId').onRef('p.id', '=', 'd.poolId'),
    )
    .select(['r.reference', 'r.openUntil', 'd.id as donationId', 'd.poolId', 'd.currency'])
    .select(['d.amount as gift', 'd.costsShare', 'p.state'])
    .where('r.organisationId', '=', organisationId)
    .where('r.reference', 'in', references)
    .orderBy('d.id')
    .forNoKeyUpdate('d')
    .execute()
  const arrived = await arrivedFor(
    trx,
    organisationId,
    rows.map(row => row.donationId),
  )
  return new Map(
    rows.map(({ reference, state, ...row }) => [
      reference,
      { ...row, poolIsClosed: state === 'closed', arrived: arrived.get(row.donationId) ?? 0n },
    ]),
  )
}

async function arrivedFor(trx: Transaction<DB>, organisationId: number, donationIds: readonly string[]) {
  if (donationIds.length === 0) return new Map<string, bigint>()
  const rows = await trx
    .selectFrom('donations.transfers')
    .select(['donationId', sql<bigint>`sum(gift + costs_share)::bigint`.as('total')])
    .where('organisationId', '=', organisationId)
    .where('donationId', 'in', donationIds)
    .groupBy('donationId')
    .execute()
  return new Map(rows.map(({ donationId, total }) => [donationId, total]))
}

/**
 * How much of an amount is the share for costs. The gift comes first, then the share that the donor chose, and all that
 * is more goes to the pool: so a smaller amount is all for the pool, and a second transfer too. Below zero it goes back
 * the same way.
 */
export function costsShareOf(
  { gift, costsShare, arrived }: Pick<AwaitedTransfer, 'gift' | 'costsShare' | 'arrived'>,
  amount: bigint,
): bigint {
  const until = (total: bigint) => {
    const beyond = total > gift ? total - gift : 0n
    return beyond < costsShare ? beyond : costsShare
  }
  return until(arrived + amount) - until(arrived)
}

/** Beside the entry of the bank, in its transaction. */
export async function recordTransfers(
  trx: Transaction<DB>,
  transfers: readonly DonationTables['donations.transfers'][],
): Promise<void> {
  if (transfers.length === 0) return
  await trx
    .insertInto('donations.transfers')
    .values([...transfers])
    .execute()
  const came = transfers.filter(({ gift, costsShare }) => gift + costsShare > 0n)
  const [first] = came
  const ids = came.map(({ donationId }) => donationId)
  if (first) await giftsCame(trx, first.organisationId, ids, first.receivedAt)
}

export interface TransferOfDonation {
  readonly reference: string
  readonly iban: string
  readonly holder: string
  /** The last day on which it may be booked. */
  readonly openUntil: string
}

/** Null for a gift that is paid otherwise. */
export async function transferOfDonation(
  db: Kysely<DB>,
  organisationId: number,
  donationId: string,
): Promise<TransferOfDonation | null> {
  const asked = await db
    .selectFrom('donations.transferReferences as r')
    .innerJoin('organisations.bankAccounts as a', join =>
      join.onRef('a.organisationId', '=', 'r.organisationId').onRef('a.id', '=', 'r.bankAccountId'),
    )
    .select(['r.reference', 'r.openUntil', 'a.iban', 'a.holder'])
    .where('r.organisationId', '=', organisationId)
    .where('r.donationId', '=', donationId)
    .executeTakeFirst()
  return asked ?? null
}
