/** Reading donations. What became of one is derived from the ledger and the provider's transactions, never stored. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { isUuid, sha256 } from '../platform/id.ts'
import { DomainError } from '../refusals.ts'

/**
 * awaiting-payment, awaiting-transfer: nothing moved yet. received: at the provider, pending. available: the pool can use it.
 * failed: the bank took it back after all. partly-refunded, refunded: we gave it back. disputed: the donor's bank took it and
 * may give it back. charged-back: it did not.
 */
export const donationStates = [
  'awaiting-payment',
  'awaiting-transfer',
  'received',
  'available',
  'failed',
  'partly-refunded',
  'refunded',
  'disputed',
  'charged-back',
] as const
export type DonationState = (typeof donationStates)[number]

export interface Donation {
  readonly id: string
  readonly poolId: string
  /** As the donor meant it; by bank transfer, once something came, what came. */
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: Currency
  readonly createdAt: Date
  readonly provider: 'stripe' | 'simulated' | 'bank-transfer'
  readonly checkoutUrl: string | null
  readonly state: DonationState
  readonly fee: bigint | null
  /** By the pool's terms when it was given. */
  readonly feeBearer: 'pool' | 'costs'
  /** The provider's, that paid it. */
  readonly transactionId: string | null
  readonly availableOn: Date | null
  readonly madeAvailableAt: Date | null
  /** What went back to the donor. */
  readonly refunded: bigint
  /** What we decided to give back, and has not been paid back yet. */
  readonly refundOwed: bigint
  /** What the donor's bank took and may give back. */
  readonly disputed: bigint
  /** What it took for good. */
  readonly chargedBack: bigint
}

export type Reader = Kysely<DB> | Transaction<DB>

export function donations(db: Reader, organisationId: number) {
  return (
    db
      .selectFrom('donations.donations as d')
      .leftJoin('donations.providerTransactions as t', join =>
        join
          .onRef('t.organisationId', '=', 'd.organisationId')
          .onRef('t.donationId', '=', 'd.id')
          .on('t.kind', '=', 'gift')
          .on('t.parked', 'is', null),
      )
      .leftJoin('donations.providerTransactions as f', join =>
        join
          .onRef('f.organisationId', '=', 'd.organisationId')
          .onRef('f.donationId', '=', 'd.id')
          .on('f.kind', '=', 'gift-failed'),
      )
      .leftJoinLateral(
        eb =>
          eb
            .selectFrom('donations.transfers')
            .select([
              sql<bigint | null>`sum(gift)::bigint`.as('gift'),
              sql<bigint | null>`sum(costs_share)::bigint`.as('costs'),
            ])
            .whereRef('donations.transfers.organisationId', '=', 'd.organisationId')
            .whereRef('donations.transfers.donationId', '=', 'd.id')
            .where(sql<boolean>`d.provider = 'bank-transfer'`) // of all others it looks nowhere
            .as('came'),
        join => join.onTrue(),
      )
      .where('d.organisationId', '=', organisationId)
      .select(['d.id', 'd.poolId', 'd.currency', 'd.createdAt', 'd.checkoutUrl'])
      .select(['d.feeBearer', 'd.provider'])
      .select([amountOf.as('amount'), costsShareOf.as('costsShare')])
      .select(['t.id as transactionId', 't.availableOn', 't.madeAvailableAt', 'came.gift as arrived'])
      // Our bank takes nothing of a transfer that comes in.
      .select(sql<bigint | null>`case when came.gift is null then t.fee else 0 end::bigint`.as('fee'))
      .select(sql<boolean>`f.id is not null`.as('failed'))
  )
}

const amountOf = sql<bigint>`case when came.gift > 0 then came.gift else d.amount end`
const costsShareOf = sql<bigint>`case when came.gift > 0 then came.costs else d.costs_share end`

export const backKinds = sql`('refund', 'refund-failed', 'dispute', 'dispute-won')`
/** What went out again for a donation `d`, by refunds and by disputes. */
export const wentBack = (of: 'refund%' | 'dispute%') => sql<bigint>`(
  select coalesce(-sum(b.amount), 0)::bigint from donations.provider_transactions b
   where b.organisation_id = d.organisation_id and b.donation_id = d.id and b.parked is null and b.kind in ${backKinds}
     and b.kind like ${of})`

const wholeDonations = (db: Reader, organisationId: number) =>
  donations(db, organisationId)
    .select([wentBack('refund%').as('refunded'), wentBack('dispute%').as('taken')])
    .select(
      sql<bigint>`(select coalesce(sum(donations.open_of_dispute(x.organisation_id, x.id)), 0)::bigint from donations.disputes x
        where x.organisation_id = d.organisation_id and x.donation_id = d.id)`.as('disputed'),
    )
    .select(
      sql<bigint>`(select coalesce(sum(r.amount + coalesce((
          select sum(b.amount) from donations.provider_transactions b
           where b.organisation_id = r.organisation_id and b.donation_id = r.donation_id and b.refund_id = r.id
             and b.parked is null and b.kind in ${backKinds}), 0)), 0)::bigint
        from donations.refunds r
       where r.organisation_id = d.organisation_id and r.donation_id = d.id and r.withdrawn_at is null)`.as(
        'refundOwed',
      ),
    )

type Row = Awaited<ReturnType<ReturnType<typeof wholeDonations>['executeTakeFirstOrThrow']>>

function donationOf({ failed, taken, arrived, ...row }: Row): Donation {
  const chargedBack = taken - row.disputed
  return { ...row, chargedBack, state: stateOf({ ...row, failed, arrived, chargedBack }) }
}

type StateFacts = Pick<
  Donation,
  | 'amount'
  | 'costsShare'
  | 'provider'
  | 'transactionId'
  | 'madeAvailableAt'
  | 'refunded'
  | 'disputed'
  | 'chargedBack'
> & {
  readonly failed: boolean
  /** Of a gift by transfer: what the bank booked for it, less what it took back. */
  readonly arrived: bigint | null
}

export function stateOf(facts: StateFacts): DonationState {
  const { amount, costsShare, arrived, refunded, disputed, chargedBack } = facts
  if (facts.provider === 'bank-transfer') {
    if (arrived === null) return 'awaiting-transfer'
    return arrived > 0n ? 'available' : 'failed'
  }
  if (!facts.transactionId) return 'awaiting-payment'
  if (facts.failed) return 'failed'
  if (disputed > 0n) return 'disputed'
  if (refunded >= amount + costsShare) return 'refunded'
  if (chargedBack > 0n) return 'charged-back'
  if (refunded > 0n) return 'partly-refunded'
  return facts.madeAvailableAt ? 'available' : 'received'
}

export async function donationById(db: Reader, organisationId: number, id: string): Promise<Donation> {
  const row = await wholeDonations(db, organisationId).where('d.id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'donationId' })
  return donationOf(row)
}

/** Those of these ids, the newest first. */
export async function donationsByIds(
  db: Reader,
  organisationId: number,
  ids: readonly string[],
): Promise<Donation[]> {
  if (ids.length === 0) return []
  const rows = await wholeDonations(db, organisationId)
    .where('d.id', 'in', ids)
    .orderBy('d.id', 'desc')
    .execute()
  return rows.map(donationOf)
}

export async function donationByReceipt(
  db: Reader,
  organisationId: number,
  token: string,
): Promise<Donation> {
  const row = await wholeDonations(db, organisationId)
    .where('d.receiptTokenSha256', '=', sha256(token))
    .executeTakeFirst()
  if (!row) throw new DomainError('not-found', { field: 'receipt' })
  return donationOf(row)
}

export interface DonationFilter {
  /** The id of a donation, or the last part of a receipt's address. */
  readonly reference?: string | undefined
  /** The gift, with or without its share for costs. */
  readonly amount?: bigint | undefined
  /** Older than this one. */
  readonly before?: string | undefined
  readonly limit: number
}

/** The donations to a pool, newest first, without anything that their donors wrote. */
export async function donationsOf(
  db: Reader,
  organisationId: number,
  poolId: string,
  { reference, amount, before, limit }: DonationFilter,
): Promise<Donation[]> {
  let query = wholeDonations(db, organisationId).where('d.poolId', '=', poolId)
  if (reference !== undefined) {
    query = isUuid(reference)
      ? query.where('d.id', '=', reference.toLowerCase())
      : query.where('d.receiptTokenSha256', '=', sha256(reference))
  }
  if (amount !== undefined) {
    query = query.where(({ or, eb }) =>
      or([eb(amountOf, '=', amount), eb(sql<bigint>`${amountOf} + ${costsShareOf}`, '=', amount)]),
    )
  }
  if (before !== undefined) query = query.where('d.id', '<', before)
  return (await query.orderBy('d.id', 'desc').limit(limit).execute()).map(donationOf)
}

/** Keys of a donation's entries in the ledger, in the order in which they came about. */
export async function ledgerKeysOf(
  db: Reader,
  organisationId: number,
  donationId: string,
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    with moved as (
      select id, kind, created_at, made_available_at, available_on from donations.provider_transactions
       where organisation_id = ${organisationId} and donation_id = ${donationId} and parked is null)
    select key from (
      select id as key, created_at as at from moved
      union all select id || ':available', available_on from moved where kind = 'gift' and made_available_at is not null
      union all select ledger_key, received_at from donations.transfers
                 where organisation_id = ${organisationId} and donation_id = ${donationId}
      union all select id::text, decided_at from donations.refunds
                 where organisation_id = ${organisationId} and donation_id = ${donationId}
      union all select id::text || ':withdrawn', withdrawn_at from donations.refunds
                 where organisation_id = ${organisationId} and donation_id = ${donationId} and withdrawn_at is not null
      union all select id || ':lost', 'infinity' from donations.disputes
                 where organisation_id = ${organisationId} and donation_id = ${donationId} and lost > 0
    ) k order by at, key`.execute(db)
  return rows.map(({ key }) => key)
}
