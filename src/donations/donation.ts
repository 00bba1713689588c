/** Reading donations. What became of one is derived from the ledger and the provider's transactions, never stored. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Currency } from '../money/index.ts'
import { sha256 } from '../platform/id.ts'
import { withPersonalData } from '../platform/personal.ts'
import { DomainError } from '../refusals.ts'

/**
 * awaiting-payment, awaiting-transfer: nothing moved yet. received: at the provider, pending. available: the pool can use it.
 * failed: the bank took it back after all.
 */
export type DonationState = 'awaiting-payment' | 'awaiting-transfer' | 'received' | 'available' | 'failed'

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
  /** Key of its first ledger entry; `<key>:available` is the second. */
  readonly transactionId: string | null
  readonly availableOn: Date | null
}

type Reader = Kysely<DB> | Transaction<DB>

function donations(db: Reader, organisationId: number) {
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
            .as('b'),
        join => join.onTrue(),
      )
      .where('d.organisationId', '=', organisationId)
      .select(['d.id', 'd.poolId', 'd.currency', 'd.createdAt', 'd.checkoutUrl'])
      .select(['d.feeBearer', 'd.provider'])
      .select([
        sql<bigint>`case when b.gift > 0 then b.gift else d.amount end`.as('amount'),
        sql<bigint>`case when b.gift > 0 then b.costs else d.costs_share end`.as('costsShare'),
      ])
      .select(['t.id as transactionId', 't.availableOn'])
      // Our bank takes nothing of a transfer that comes in.
      .select(sql<bigint | null>`case when b.gift is null then t.fee else 0 end::bigint`.as('fee'))
      .select(
        sql<DonationState>`case when b.gift > 0 then 'available' when b.gift is not null then 'failed'
        when d.provider = 'bank-transfer' then 'awaiting-transfer'
        when t.id is null then 'awaiting-payment' when f.id is not null then 'failed'
        when t.made_available_at is null then 'received' else 'available' end`.as('state'),
      )
  )
}

export async function donationById(db: Reader, organisationId: number, id: string): Promise<Donation> {
  const donation = await donations(db, organisationId).where('d.id', '=', id).executeTakeFirst()
  if (!donation) throw new DomainError('not-found', { field: 'donationId' })
  return donation
}

export async function donationByReceipt(
  db: Reader,
  organisationId: number,
  token: string,
): Promise<Donation> {
  const donation = await donations(db, organisationId)
    .where('d.receiptTokenSha256', '=', sha256(token))
    .executeTakeFirst()
  if (!donation) throw new DomainError('not-found', { field: 'receipt' })
  return donation
}

export interface PublicGift {
  readonly amount: bigint
  readonly currency: Currency
  readonly at: Date
  readonly nickname: string | null
  readonly message: string | null
}

/** The latest gifts that were really received, with what their donors chose to show. */
export async function recentGifts(
  db: Kysely<DB>,
  organisationId: number,
  poolId: string,
  limit: number,
): Promise<PublicGift[]> {
  const gifts = await donations(db, organisationId)
    .where('d.poolId', '=', poolId)
    .where(({ and, eb, or }) =>
      or([eb('b.gift', '>', 0n), and([eb('t.id', 'is not', null), eb('f.id', 'is', null)])]),
    )
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

/** Gifts received since the beginning, without contributions to costs and without those that were taken back. */
export async function givenInTotal(db: Reader, organisationId: number): Promise<bigint> {
  const row = await donations(db, organisationId)
    .clearSelect()
    .select(({ fn }) => fn.sum<string | null>('d.amount').as('total'))
    .where('t.id', 'is not', null)
    .where('f.id', 'is', null)
    .executeTakeFirst()
  const transferred = await db
    .selectFrom('donations.transfers')
    .select(({ fn }) => fn.sum<string | null>('gift').as('total'))
    .where('organisationId', '=', organisationId)
    .executeTakeFirst()
  return BigInt(row?.total ?? 0) + BigInt(transferred?.total ?? 0)
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
