/** Gifts together: the latest with what their donors chose to show, what was given in total, and what can still be taken back. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../database.ts'
import { shownWith } from '../donors/index.ts'
import type { Currency } from '../money/index.ts'
import { backKinds, donations, type Reader, wentBack } from './donation.ts'

export interface PublicGift {
  readonly amount: bigint
  readonly currency: Currency
  readonly at: Date
  readonly nickname: string | null
  readonly message: string | null
  readonly asOrganisation: boolean
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
    .where(({ and, eb, or }) =>
      or([
        eb('came.gift', '>', 0n),
        and([
          eb('t.id', 'is not', null),
          eb('f.id', 'is', null),
          sql<boolean>`d.amount + d.costs_share > ${wentBack('refund%')} + ${wentBack('dispute%')}`,
        ]),
      ]),
    )
    .orderBy('d.id', 'desc')
    .limit(limit)
    .execute()
  const ids = gifts.map(gift => gift.id)
  const shown = await db.transaction().execute(trx => shownWith(trx, organisationId, ids))
  return gifts.map(({ id, amount, currency, createdAt }) => ({
    amount,
    currency,
    at: createdAt,
    nickname: shown.get(id)?.nickname ?? null,
    message: shown.get(id)?.message ?? null,
    asOrganisation: shown.get(id)?.asOrganisation ?? false,
  }))
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
  const transferred = await db
    .selectFrom('donations.transfers')
    .select(({ fn }) => fn.sum<string | null>('gift').as('total'))
    .where('organisationId', '=', organisationId)
    .executeTakeFirst()
  return BigInt(row?.total ?? 0) - (rows[0]?.back ?? 0n) + BigInt(transferred?.total ?? 0)
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
