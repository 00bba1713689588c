/** The gifts to a pool of which something can still go back by the way that they came. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'

export interface GiftToGiveBack {
  readonly donationId: string
  /** With its share for costs. */
  readonly left: bigint
}

/** The oldest first. */
export async function giftsToGiveBack(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  poolId: string,
  limit: number,
): Promise<GiftToGiveBack[]> {
  const { rows } = await sql<GiftToGiveBack>`
    select d.id as donation_id, l.amount as left
      from donations.donations d
      cross join lateral donations.left_of(d.organisation_id, d.id) l(amount)
     where d.organisation_id = ${organisationId} and d.pool_id = ${poolId} and d.provider <> 'bank-transfer'
       and exists (select from donations.provider_transactions t
                    where t.organisation_id = d.organisation_id and t.donation_id = d.id and t.kind = 'gift'
                      and t.made_available_at is not null and t.parked is null)
       and l.amount > 0
     order by d.id limit ${limit}`.execute(db)
  return rows
}
