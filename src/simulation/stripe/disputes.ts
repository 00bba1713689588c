/**
 * Disputes: the donor's bank takes a payment back, and gives it again or not. A payment of € 66.61 is disputed after two days
 * and lost a week later, one of € 66.62 is won, of € 66.63 half is lost; any other when `openDispute` says so.
 */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { notFound, SimulatedApiError } from './api-error.ts'
import { book, lockCharge } from './book.ts'
import { newId } from './ids.ts'
import { disputeObject } from './objects/dispute.ts'
import { recordEvents } from './record-events.ts'
import type { ChargeRow, DisputeRow } from './tables.ts'

export type DisputeEnd = 'won' | 'lost'

const DISPUTED: Readonly<Record<string, { part: bigint; ends: DisputeEnd }>> = {
  6661: { part: 1n, ends: 'lost' },
  6662: { part: 1n, ends: 'won' },
  6663: { part: 2n, ends: 'lost' },
}
const OPENS_AFTER_MS = 2 * 86_400_000
const LASTS_MS = 7 * 86_400_000
/** What a dispute costs, won or lost: € 20. */
export const DISPUTE_FEE = 2_000n

/** Of some amounts it is known when they are paid that they will be disputed. */
export async function planDispute(trx: Transaction<DB>, charge: ChargeRow): Promise<void> {
  const planned = DISPUTED[String(charge.amount)]
  if (!planned) return
  await trx
    .insertInto('simulation.disputes_to_come')
    .values({
      chargeId: charge.id,
      amount: charge.amount / planned.part,
      ends: planned.ends,
      opensAt: new Date(charge.createdAt.getTime() + OPENS_AFTER_MS),
    })
    .execute()
}

/** Answers its id. Throws SimulatedApiError when there is no such payment, or it was disputed before. */
export async function openDispute(
  db: Kysely<DB>,
  input: { chargeId: string; amount?: bigint; ends: DisputeEnd; now: Date },
): Promise<string> {
  return await db.transaction().execute(trx => openWithin(trx, input))
}

async function openWithin(
  trx: Transaction<DB>,
  { chargeId, amount, ends, now }: { chargeId: string; amount?: bigint; ends: DisputeEnd; now: Date },
): Promise<string> {
  const charge = await lockCharge(trx, chargeId)
  if (charge === undefined) throw notFound('charge', chargeId)
  if (charge.status !== 'succeeded') throw new SimulatedApiError('This charge did not succeed.')
  const id = newId('du')
  const disputed = amount ?? charge.amount
  await book(trx, charge, {
    ...{ type: 'adjustment', reportingCategory: 'dispute' },
    ...{ amount: -disputed, fee: DISPUTE_FEE, sourceId: id, now },
  })
  const dispute = await trx
    .insertInto('simulation.disputes')
    .values({
      ...{ id, chargeId, amount: disputed, currency: charge.currency, status: 'needs_response' as const },
      ...{ ends, endsAt: new Date(now.getTime() + LASTS_MS), createdAt: now },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tell(trx, ['charge.dispute.created', 'charge.dispute.funds_withdrawn'], dispute, now)
  return id
}

/** As it was going to end, now. */
export async function endDispute(db: Kysely<DB>, input: { id: string; now: Date }): Promise<void> {
  await db.transaction().execute(trx => endWithin(trx, input.id, input.now))
}

async function endWithin(trx: Transaction<DB>, id: string, now: Date): Promise<void> {
  const dispute = await trx
    .selectFrom('simulation.disputes')
    .selectAll()
    .where('id', '=', id)
    .where('endsAt', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  const charge = dispute && (await lockCharge(trx, dispute.chargeId))
  if (!dispute || !charge) throw notFound('dispute', id)
  if (dispute.ends === 'won') {
    await book(trx, charge, {
      ...{ type: 'adjustment', reportingCategory: 'dispute_reversal' },
      ...{ amount: dispute.amount, sourceId: id, now },
    })
  }
  const ended = await trx
    .updateTable('simulation.disputes')
    .set({ status: dispute.ends, endsAt: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const reinstated = dispute.ends === 'won' ? ['charge.dispute.funds_reinstated'] : []
  await tell(trx, ['charge.dispute.closed', ...reinstated], ended, now)
}

const tell = (trx: Transaction<DB>, types: readonly string[], dispute: DisputeRow, at: Date) =>
  recordEvents(
    trx,
    types.map(type => ({ type, object: disputeObject(dispute), at })),
  )

/** What time does: those that were planned begin, those that are open end. */
export async function advanceDisputes(trx: Transaction<DB>, until: Date): Promise<void> {
  const due = await trx
    .deleteFrom('simulation.disputes_to_come')
    .where('opensAt', '<=', until)
    .returningAll()
    .execute()
  for (const { chargeId, amount, ends, opensAt } of due) {
    const charge = await lockCharge(trx, chargeId)
    if (charge?.status === 'succeeded') await openWithin(trx, { chargeId, amount, ends, now: opensAt })
  }
  const ending = await trx
    .selectFrom('simulation.disputes')
    .select(['id', 'endsAt'])
    .where('endsAt', '<=', until)
    .orderBy('endsAt')
    .execute()
  for (const { id, endsAt } of ending) await endWithin(trx, id, endsAt ?? until)
}

export async function readDispute(db: Kysely<DB>, id: string) {
  const row = await db.selectFrom('simulation.disputes').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('dispute', id)
  return disputeObject(row)
}
