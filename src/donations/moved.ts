/** What moved for some gifts in a time: what came and what went back, each on its day. */
import { sql } from 'kysely'
import type { Currency } from '../money/index.ts'
import type { Reader } from './donation.ts'

/** gift: it came. back: it went back, by refund, dispute or failed debit. again: what went back came once more. */
export const movedKinds = ['gift', 'back', 'again'] as const

export interface Moved {
  readonly donationId: string
  /** As it was called when it was given. */
  readonly poolName: string
  readonly at: Date
  readonly what: (typeof movedKinds)[number]
  /** With its share for costs; below zero what went back. */
  readonly amount: bigint
  readonly costsShare: bigint
  readonly currency: Currency
}

/** From `from`, before `to`; the oldest first. */
export async function movedFor(
  db: Reader,
  organisationId: number,
  donationIds: readonly string[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<Moved[]> {
  if (donationIds.length === 0) return []
  const { rows } = await sql<Moved>`
    select d.id as donation_id, d.pool_name, moved.at, moved.what, moved.amount, moved.costs_share, d.currency
      from donations.donations d
      cross join lateral (
        select created_at as at, case when t.kind = 'gift' then 'gift' when t.amount < 0 then 'back' else 'again' end as what,
               t.amount, donations.costs_part(t.amount, d.amount, d.costs_share) as costs_share
          from donations.provider_transactions t
         where t.organisation_id = d.organisation_id and t.donation_id = d.id and t.parked is null
           and t.kind in ('gift', 'gift-failed', 'refund', 'refund-failed', 'dispute', 'dispute-won')
        union all
        select received_at, case when gift + costs_share > 0 then 'gift' else 'back' end, gift + costs_share, costs_share
          from donations.transfers t where t.organisation_id = d.organisation_id and t.donation_id = d.id
      ) moved
     where d.organisation_id = ${organisationId} and d.id = any (${donationIds}) and moved.at >= ${from} and moved.at < ${to}
     order by moved.at, d.id`.execute(db)
  return rows
}
