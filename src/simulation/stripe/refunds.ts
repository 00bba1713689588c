/**
 * Refunds: asked for over the API, at most once per key; paid from the balance at once; one of € 6.66 turns out not to arrive
 * after two days, and any other when `failRefund` says so.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { DB } from '../../database.ts'
import { notFound, SimulatedApiError } from './api-error.ts'
import { book, lockCharge } from './book.ts'
import { type Form, parseForm } from './form.ts'
import { newId } from './ids.ts'
import { chargeObject } from './objects/charge.ts'
import { refundObject } from './objects/refund.ts'
import { type OnceAnswer, type OnceInput, once } from './once.ts'
import { recordEvents } from './record-events.ts'
import type { ChargeRow, RefundRow } from './tables.ts'

/** The refund that fails, in cents. */
export const FAILING_REFUND = 666n
const FAILS_AFTER_MS = 2 * 86_400_000

const refundRequest = z.strictObject({
  charge: z.string().max(255),
  amount: z
    .string()
    .regex(/^[1-9]\d{0,11}$/)
    .transform(BigInt)
    .optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: z.record(z.string().max(40), z.string().max(500)).default({}),
})

export async function createRefund(db: Kysely<DB>, input: OnceInput): Promise<OnceAnswer> {
  return await once(db, input, async trx => {
    const parsed = refundRequest.safeParse(parseForm(input.body))
    if (!parsed.success)
      throw new SimulatedApiError(z.prettifyError(parsed.error), { code: 'parameter_invalid' })
    const charge = await lockCharge(trx, parsed.data.charge)
    if (charge === undefined) throw notFound('charge', parsed.data.charge)
    const left = await leftOf(trx, charge)
    const amount = parsed.data.amount ?? left
    refuse(charge, left, amount)
    const now = input.now
    const id = newId('re')
    const isCard = charge.method === 'card'
    const refund = await trx
      .insertInto('simulation.refunds')
      .values({
        ...{ id, chargeId: charge.id, amount, currency: charge.currency, status: 'succeeded' as const },
        metadata: JSON.stringify(parsed.data.metadata),
        reason: parsed.data.reason ?? null,
        balanceTransactionId: await book(trx, charge, {
          ...{ type: isCard ? 'refund' : 'payment_refund', reportingCategory: 'refund' },
          ...{ amount: -amount, sourceId: id, now },
        }),
        failureBalanceTransactionId: null,
        failsAt: amount === FAILING_REFUND ? new Date(now.getTime() + FAILS_AFTER_MS) : null,
        createdAt: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const refunded = charge.amount - left + amount
    await recordEvents(trx, [
      { type: 'refund.created', object: refundObject(refund), at: now },
      { type: 'charge.refunded', object: chargeObject(charge, { refunded }), at: now },
    ])
    return refundObject(refund)
  })
}

function refuse(charge: ChargeRow, left: bigint, amount: bigint): void {
  if (charge.status !== 'succeeded') {
    throw new SimulatedApiError('This charge did not succeed.', { code: 'charge_not_refundable' })
  }
  if (left <= 0n)
    throw new SimulatedApiError('This charge was refunded already.', { code: 'charge_already_refunded' })
  if (amount > left) {
    throw new SimulatedApiError('More than what is left of the charge.', {
      code: 'amount_too_large',
      param: 'amount',
    })
  }
}

/** What was neither refunded nor disputed; a lost dispute stays. */
async function leftOf(trx: Transaction<DB>, charge: ChargeRow): Promise<bigint> {
  const { rows } = await sql<{ gone: bigint }>`
    select (select coalesce(sum(amount), 0) from simulation.refunds where charge_id = ${charge.id} and status = 'succeeded')
         + (select coalesce(sum(amount), 0) from simulation.disputes where charge_id = ${charge.id} and status <> 'won')
           ::bigint as gone`.execute(trx)
  return charge.amount - BigInt(rows[0]?.gone ?? 0)
}

/** The donor's bank sends it back. */
export async function failRefund(db: Kysely<DB>, input: { id: string; now: Date }): Promise<void> {
  await db.transaction().execute(trx => failWithin(trx, input.id, input.now))
}

/** Those whose time has come. */
export async function failRefunds(trx: Transaction<DB>, until: Date): Promise<void> {
  const due = await trx
    .selectFrom('simulation.refunds')
    .select(['id', 'failsAt'])
    .where('failsAt', '<=', until)
    .execute()
  for (const { id, failsAt } of due) await failWithin(trx, id, failsAt ?? until)
}

async function failWithin(trx: Transaction<DB>, id: string, now: Date): Promise<void> {
  const refund = await trx
    .selectFrom('simulation.refunds')
    .selectAll()
    .where('id', '=', id)
    .where('status', '=', 'succeeded')
    .forUpdate()
    .executeTakeFirst()
  const charge = refund && (await lockCharge(trx, refund.chargeId))
  if (!refund || !charge) throw notFound('refund', id)
  const failed = await trx
    .updateTable('simulation.refunds')
    .set({
      status: 'failed',
      failsAt: null,
      failureBalanceTransactionId: await book(trx, charge, {
        ...{ type: 'refund_failure', reportingCategory: 'refund_failure' },
        ...{ amount: refund.amount, sourceId: refund.id, now },
      }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(trx, [{ type: 'refund.failed', object: refundObject(failed), at: now }])
}

/** GET /v1/refunds: those of one charge, newest first, all on one page. */
export async function listRefunds(db: Kysely<DB>, query: Form) {
  const charge = typeof query.charge === 'string' ? query.charge : ''
  const rows: RefundRow[] = await db
    .selectFrom('simulation.refunds')
    .selectAll()
    .where('chargeId', '=', charge)
    .orderBy('createdAt', 'desc')
    .execute()
  return { object: 'list', data: rows.map(refundObject), has_more: false, url: '/v1/refunds' }
}
