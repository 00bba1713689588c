/** Reading donations. What became of one is derived from the ledger and the provider's transactions, never stored. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { isUuid, sha256 } from '../platform/id.ts'
import { withPersonalData } from '../platform/personal.ts'
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

type Reader = Kysely<DB> | Transaction<DB>

function donations(db: Reader, organisationId: number) {
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

const backKinds = sql`('refund', 'refund-failed', 'dispute', 'dispute-won')`
/** What went out again for a donation `d`, by refunds and by disputes. */
const wentBack = (of: 'refund%' | 'dispute%') => sql<bigint>`(
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

export interface PublicGift {
  readonly amount: bigint
  readonly currency: Currency
  readonly at: Date
  readonly nickname: string | null
  readonly message: string | null
}

/** The latest gifts that were really received and did not go back whole, with what their donors chose to show. */
export async function recentGifts(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
  limit: number,
): Promise<PublicGift[]> {
  const gifts = await donations(db, organisationId)
    .where('d.poolId', '=', poolId)
    .where('t.id', 'is not', null)
    .where('f.id', 'is', null)
    .where(sql<boolean>`d.amount + d.costs_share > ${wentBack('refund%')} + ${wentBack('dispute%')}`)
    .orderBy('d.id', 'desc')
    .limit(limit)
    .execute()
  const shown = await shownByDonors(
    db,
    organisationId,
    gifts.map(gift => gift.id),
  )
  return gifts.map(({ id, amount, currency, createdAt }) => ({
    amount,
    currency,
    at: createdAt,
    nickname: shown.get(id)?.nickname ?? null,
    message: shown.get(id)?.message ?? null,
  }))
}

async function shownByDonors(db: Kysely<DB>, organisationId: number, ids: string[]) {
  if (ids.length === 0) return new Map<string, { nickname: string | null; message: string | null }>()
  const rows = await db
    .transaction()
    .execute(trx =>
      withPersonalData(trx, () =>
        trx
          .selectFrom('donors.gifts')
          .select(['donationId', 'nickname', 'message'])
          .where('organisationId', '=', organisationId)
          .where('donationId', 'in', ids)
          .execute(),
      ),
    )
  return new Map(rows.map(row => [row.donationId, row]))
}

/** Gifts received since the beginning, without contributions to costs and without what went back. */
export async function givenInTotal(db: Reader, organisationId: number): Promise<bigint> {
  const row = await donations(db, organisationId)
    .clearSelect()
    .select(({ fn }) => fn.sum<string | null>('d.amount').as('total'))
    .where('t.id', 'is not', null)
    .where('f.id', 'is', null)
    .executeTakeFirst()
  const { rows } = await sql<{ back: bigint }>`
    select coalesce(-sum(b.amount - donations.costs_part(b.amount, d.amount, d.costs_share)), 0)::bigint as back
      from donations.provider_transactions b
      join donations.donations d on d.organisation_id = b.organisation_id and d.id = b.donation_id
     where b.organisation_id = ${organisationId} and b.parked is null and b.kind in ${backKinds}
       and not exists (select from donations.provider_transactions f where f.organisation_id = d.organisation_id
                          and f.donation_id = d.id and f.kind = 'gift-failed')`.execute(db)
  return BigInt(row?.total ?? 0) - (rows[0]?.back ?? 0n)
}

/** A SEPA Core debit can be taken back without a reason for eight weeks (SEPA Core Rulebook, 4.3.4). */
export const SEPA_REFUND_DAYS = 56
const DAY_MS = 86_400_000

/** Gifts to the pool by SEPA debit that can still be taken back: they carry no promise yet. */
export async function revocableDebits(
  db: Reader,
  organisationId: number,
  poolId: string,
  now: Date,
): Promise<bigint> {
  const row = await db
    .selectFrom('donations.providerTransactions as t')
    .innerJoin('donations.donations as d', join =>
      join.onRef('d.organisationId', '=', 't.organisationId').onRef('d.id', '=', 't.donationId'),
    )
    .select(({ fn }) => fn.sum<string | null>('d.amount').as('total'))
    .where('t.organisationId', '=', organisationId)
    .where('t.poolId', '=', poolId)
    .where('t.method', '=', 'sepa_debit')
    .where('t.kind', '=', 'gift')
    .where('t.madeAvailableAt', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('donations.providerTransactions as f')
            .select('f.id')
            .whereRef('f.organisationId', '=', 't.organisationId')
            .whereRef('f.donationId', '=', 't.donationId')
            .where('f.kind', '=', 'gift-failed'),
        ),
      ),
    )
    .where('t.createdAt', '>', new Date(now.getTime() - SEPA_REFUND_DAYS * DAY_MS))
    .executeTakeFirst()
  return BigInt(row?.total ?? 0)
}
