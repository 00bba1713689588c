/** Writes one movement of the simulated balance; answers its id. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { newId } from './ids.ts'
import type { ChargeRow } from './tables.ts'

export interface Booking {
  readonly type: string
  readonly reportingCategory: string
  readonly amount: bigint
  readonly fee?: bigint
  readonly sourceId: string
  readonly now: Date
}

/** While what it takes from is not available, it waits with it: so the balance never shows money that is gone. */
export async function book(
  trx: Transaction<DB>,
  charge: ChargeRow,
  { type, reportingCategory, amount, fee = 0n, sourceId, now }: Booking,
): Promise<string> {
  const original = await trx
    .selectFrom('simulation.balance_transactions')
    .select(['availableOn', 'status'])
    .where('id', '=', charge.balanceTransactionId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { id } = await trx
    .insertInto('simulation.balance_transactions')
    .values({
      ...{ id: newId('txn'), type, reportingCategory, amount, fee, currency: charge.currency, sourceId },
      ...{ status: original.status, description: null, payoutId: null, createdAt: now },
      availableOn: original.status === 'available' ? now : original.availableOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The charge, and nobody else takes from it until the transaction ends. */
export async function lockCharge(trx: Transaction<DB>, id: string): Promise<ChargeRow | undefined> {
  return trx.selectFrom('simulation.charges').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}
