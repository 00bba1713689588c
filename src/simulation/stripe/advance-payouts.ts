/** What time does to the balance: pending money becomes available, all that is available goes to the bank. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { localDate } from '../../platform/calendar/index.ts'
import type { AdvanceOptions } from './advance.ts'
import { readBalance } from './balance.ts'
import { newId } from './ids.ts'
import { balanceObject, payoutObject } from './objects/balance.ts'
import { payoutArrives } from './rates.ts'
import { recordEvents } from './record-events.ts'

/** The moment at which the latest of it became available; null when nothing did. */
export async function makeAvailable(trx: Transaction<DB>, until: Date): Promise<Date | null> {
  const rows = await trx
    .updateTable('simulation.balance_transactions')
    .set({ status: 'available' })
    .where('status', '=', 'pending')
    .where('availableOn', '<=', until)
    .returning('availableOn')
    .execute()
  const latest = rows.reduce<Date | null>(
    (max, { availableOn }) => (max && max > availableOn ? max : availableOn),
    null,
  )
  if (latest !== null) {
    const object = balanceObject(await readBalance(trx))
    await recordEvents(trx, [{ type: 'balance.available', object, at: latest }])
  }
  return latest
}

/** Sends the whole available balance, and marks which movements it consists of. Nothing when the balance is not positive. */
export async function payOut(
  trx: Transaction<DB>,
  at: Date,
  onPayout: AdvanceOptions['onPayout'],
): Promise<void> {
  const payoutId = newId('po')
  const carried = await trx
    .selectFrom('simulation.balance_transactions')
    .select(sql<bigint>`coalesce(sum(amount - fee), 0)::bigint`.as('net'))
    .where('status', '=', 'available')
    .where('payoutId', 'is', null)
    .executeTakeFirstOrThrow()
  const amount = carried.net
  if (amount <= 0n) return
  await trx
    .updateTable('simulation.balance_transactions')
    .set({ payoutId })
    .where('status', '=', 'available')
    .where('payoutId', 'is', null)
    .execute()
  const transactionId = newId('txn')
  await trx
    .insertInto('simulation.balance_transactions')
    .values({
      id: transactionId,
      type: 'payout',
      reportingCategory: 'payout',
      amount: -amount,
      fee: 0n,
      currency: 'eur',
      status: 'available',
      sourceId: payoutId,
      description: 'STRIPE PAYOUT',
      payoutId,
      createdAt: at,
      availableOn: at,
    })
    .execute()
  const payout = await trx
    .insertInto('simulation.payouts')
    .values({
      id: payoutId,
      amount,
      currency: 'eur',
      status: 'in_transit',
      balanceTransactionId: transactionId,
      failureBalanceTransactionId: null,
      // A bank's reference holds few signs; the id's own letters and digits are among them.
      reference: `STRIPE ${payoutId.slice(3, 19).toUpperCase()}`,
      arrivesAt: payoutArrives(at),
      createdAt: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(trx, [{ type: 'payout.created', object: payoutObject(payout), at }])
  const arrivesOn = localDate(payout.arrivesAt)
  await onPayout?.({ payoutId, amount, arrivesOn, reference: payout.reference }, trx)
}

/** payout.paid says that the money should be there by now. Only the bank's own statement says that it is. */
export async function announceArrivals(trx: Transaction<DB>, until: Date): Promise<void> {
  const arrived = await trx
    .updateTable('simulation.payouts')
    .set({ status: 'paid' })
    .where('status', '=', 'in_transit')
    .where('arrivesAt', '<=', until)
    .returningAll()
    .execute()
  await recordEvents(
    trx,
    arrived.map(payout => ({ type: 'payout.paid', object: payoutObject(payout), at: payout.arrivesAt })),
  )
}
