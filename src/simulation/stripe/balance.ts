/** The simulated account's balance: what the ledger's Stripe accounts must equal, to the cent. */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../../database.ts'

export async function readBalance(db: Kysely<DB>): Promise<{ available: bigint; pending: bigint }> {
  const rows = await db
    .selectFrom('simulation.balance_transactions')
    .select(['status', sql<bigint>`sum(amount - fee)::bigint`.as('net')])
    .groupBy('status')
    .execute()
  const sumOf = (status: string): bigint => rows.find(row => row.status === status)?.net ?? 0n
  return { available: sumOf('available'), pending: sumOf('pending') }
}
