/** Reading donations. What became of one is derived from the ledger and the provider's transactions, never stored. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { isUuid, sha256 } from '../platform/id.ts'
import { DomainError } from '../refusals.ts'

/**
 * awaiting-payment: nothing moved yet. received: at the provider, pending. available: the pool can use it.
 * failed: the bank took it back after all. partly-refunded, refunded: we gave it back. disputed: the donor's bank took it and
 * may give it back. charged-back: it did not.
 */
export const donationStates = [
  'awaiting-payment',
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
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: Currency
  readonly createdAt: Date
  readonly checkoutUrl: string | null
  readonly state: DonationState
  readonly fee: bigint | null
  /** By the pool's terms when it was given. */
  readonly feeBearer: 'pool' | 'costs'
  /** Key of its first ledger entry; `<key>:available` is the second. */
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
  return db
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
    .where('d.organisationId', '=', organisationId)
    .select(['d.id', 'd.poolId', 'd.amount', 'd.costsShare', 'd.currency', 'd.createdAt', 'd.checkoutUrl'])
    .select('d.feeBearer')
    .select(['t.fee', 't.id as transactionId', 't.availableOn', 't.madeAvailableAt'])
    .select(sql<boolean>`f.id is not null`.as('failed'))
}

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

function donationOf({ failed, taken, ...row }: Row): Donation {
  const chargedBack = taken - row.disputed
  return { ...row, chargedBack, state: stateOf({ ...row, failed, chargedBack }) }
}

type StateFacts = Pick<
  Donation,
  'amount' | 'costsShare' | 'transactionId' | 'madeAvailableAt' | 'refunded' | 'disputed' | 'chargedBack'
> & { readonly failed: boolean }

export function stateOf(facts: StateFacts): DonationState {
  const { amount, costsShare, refunded, disputed, chargedBack } = facts
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
      or([eb('d.amount', '=', amount), eb(sql<bigint>`d.amount + d.costs_share`, '=', amount)]),
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
      union all select id::text, decided_at from donations.refunds
                 where organisation_id = ${organisationId} and donation_id = ${donationId}
      union all select id::text || ':withdrawn', withdrawn_at from donations.refunds
                 where organisation_id = ${organisationId} and donation_id = ${donationId} and withdrawn_at is not null
      union all select id || ':lost', 'infinity' from donations.disputes
                 where organisation_id = ${organisationId} and donation_id = ${donationId} and lost > 0
    ) k order by at, key`.execute(db)
  return rows.map(({ key }) => key)
}
