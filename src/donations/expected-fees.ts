/**
 * What the provider will charge, before anybody pays: a line through what it charged for the latest gifts, by method.
 * So it follows our own account and its latest prices, and nobody has to keep a price list.
 */
import { sql } from 'kysely'
import type { Reader } from './donation.ts'
import type { PaymentMethod } from './provider.ts'

export interface ExpectedFee {
  readonly method: Exclude<PaymentMethod, 'other'>
  /** Minor units, rounded up to a whole cent. */
  readonly fee: bigint
}

const LATEST = 1000
/** Fewer say too little. */
const FEWEST = 3

/** Of one payment of `total` minor units. A method is left out while too few gifts came by it. */
export async function expectedFees(
  db: Reader,
  organisationId: number,
  total: bigint,
): Promise<ExpectedFee[]> {
  const { rows } = await sql<{ method: ExpectedFee['method']; fee: bigint }>`
    select method, greatest(0, ceil(coalesce(
             regr_intercept(fee, amount) + regr_slope(fee, amount) * ${total}::float8,
             avg(fee)) - 0.001))::bigint as fee
      from (select method, amount::float8, fee::float8 from donations.provider_transactions
             where organisation_id = ${organisationId} and kind = 'gift'
             order by created_at desc limit ${LATEST}) latest
     where method in ('ideal', 'card', 'sepa_debit', 'bancontact')
     group by method having count(*) >= ${FEWEST}
     order by fee, method`.execute(db)
  return rows
}
