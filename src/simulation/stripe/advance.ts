/**
 * Lets the provider's time pass: sessions expire, debits become certain, monthly gifts fall due, refunds fail, disputes begin and end, money becomes available and is paid out to
 * the bank every day, payouts are said to have arrived. A jump of a month happens day by day, in order; each
 * day is one transaction, so a crash leaves whole days and the next call goes on from there.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { expireSessions, settleDebits } from './advance-payments.ts'
import { announceArrivals, makeAvailable, payOut } from './advance-payouts.ts'
import { advanceDisputes } from './disputes.ts'
import { collectAgain, renewSubscriptions } from './monthly/renew.ts'
import { failRefunds } from './refunds.ts'

export interface SimulatedPayout {
  payoutId: string
  amount: bigint
  /** 'YYYY-MM-DD', a bank business day. */
  arrivesOn: string
  /** What the bank will print with the credit. */
  reference: string
}

export interface AdvanceOptions {
  /** Called within the payout's own transaction, so that the bank's side is written with it or not at all. */
  onPayout?: (payout: SimulatedPayout, trx: Transaction<DB>) => Promise<void>
}

export async function advance(db: Kysely<DB>, now: Date, options: AdvanceOptions = {}): Promise<void> {
  let more = true
  while (more) more = await db.transaction().execute(trx => advanceOneDay(trx, now, options))
}

/** false when nothing is left to happen up to now. */
async function advanceOneDay(trx: Transaction<DB>, now: Date, options: AdvanceOptions): Promise<boolean> {
  // Whoever holds this row is the only one moving the clock.
  await trx
    .selectFrom('simulation.stripe_account')
    .select('id')
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const next = await nextMoment(trx)
  if (next === null || next > now) return false

  const until = earlier(endOfDay(next), now)
  await expireSessions(trx, until)
  await settleDebits(trx, until)
  await renewSubscriptions(trx, until)
  await collectAgain(trx, until)
  await failRefunds(trx, until)
  await advanceDisputes(trx, until)
  const availableAt = await makeAvailable(trx, until)
  if (availableAt !== null) await payOut(trx, availableAt, options.onPayout)
  await announceArrivals(trx, until)
  await trx.updateTable('simulation.stripe_account').set({ advancedTo: until }).where('id', '=', 1).execute()
  return true
}

async function nextMoment(trx: Transaction<DB>): Promise<Date | null> {
  const { rows } = await sql<{ next: Date | null }>`
    select least(
      (select min(expires_at) from simulation.checkout_sessions where status = 'open'),
      (select min(settles_at) from simulation.charges where status = 'pending'),
      (select min(period_end) from simulation.subscriptions where status <> 'canceled'),
      (select min(next_attempt_at) from simulation.invoices),
      (select min(fails_at) from simulation.refunds),
      (select min(opens_at) from simulation.disputes_to_come),
      (select min(ends_at) from simulation.disputes),
      (select min(available_on) from simulation.balance_transactions where status = 'pending'),
      (select min(arrives_at) from simulation.payouts where status = 'in_transit')
    ) as next`.execute(trx)
  return rows[0]?.next ?? null
}

const earlier = (left: Date, right: Date): Date => (left < right ? left : right)

/** The last moment of the UTC day: Stripe counts its days so. */
const endOfDay = (at: Date): Date => new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000 + 86_399_999)
