/**
 * Sealing anew under the current secret, in portions: each is one transaction, so that a crash leaves every row readable
 * under one secret or the other, and the next run goes on where this one stopped.
 */
import type { Kysely, Transaction } from 'kysely'
import { inTransaction } from './transaction.ts'

export const PORTION = 200

/**
 * Works on the rows after an id, in the order of ids; answers how many were sealed anew, and the last id that was looked at,
 * null when there are no more.
 */
export type ResealPortion<DB> = (
  trx: Transaction<DB>,
  after: string,
) => Promise<{ resealed: number; last: string | null }>

/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000'

export async function resealAll<DB>(db: Kysely<DB>, portion: ResealPortion<DB>): Promise<number> {
  let total = 0
  for (let after: string | null = FIRST; after !== null; ) {
    const from: string = after
    const { resealed, last } = await inTransaction(db, trx => portion(trx, from))
    total += resealed
    after = last
  }
  return total
}
