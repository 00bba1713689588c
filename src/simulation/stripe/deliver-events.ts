/**
 * Sends events that are due to the webhook until it answers 2xx: at least once, in no promised order. Several
 * instances may do it at once; one that dies in between leaves its events due again when their lease ends.
 */
import { type Kysely, sql } from 'kysely'
import type { DB } from '../../database.ts'
import { signPayload } from './sign.ts'

export interface Delivery {
  now: Date
  webhookSecret: string
  /** Answers the HTTP status; throwing means that nobody answered. */
  deliver: (rawBody: string, signature: string) => Promise<number>
}

/** What real deliveries do of themselves and tests want on demand. */
export interface Disorder {
  /** How many extra times each event is sent. */
  duplicates?: number
  /** Puts the events that are due into another order. */
  shuffle?: <T>(events: T[]) => T[]
  /** At most so many events in this call. */
  limit?: number
}

interface DueEvent {
  id: string
  body: string
  attempts: number
  position: bigint
}

const LEASE_MS = 60_000
const AT_ONCE = 8
/** Waits of 10 s, 20 s, 40 s ... at most 12 hours: about three days in all, as long as Stripe keeps trying. */
const MAX_ATTEMPTS = 18
const backOffMs = (attempts: number): number => Math.min(10_000 * 2 ** (attempts - 1), 12 * 3_600_000)

export async function deliverEvents(
  db: Kysely<DB>,
  delivery: Delivery,
  disorder: Disorder = {},
): Promise<{ delivered: number; failed: number }> {
  const due = await claimDue(db, delivery.now, disorder.limit ?? 500)
  const events = disorder.shuffle?.(due) ?? due
  const outcome = { delivered: 0, failed: 0 }
  for (let start = 0; start < events.length; start += AT_ONCE) {
    const accepted = await Promise.all(
      events.slice(start, start + AT_ONCE).map(event => send(db, delivery, event, disorder.duplicates ?? 0)),
    )
    for (const each of accepted) outcome[each ? 'delivered' : 'failed'] += 1
  }
  return outcome
}

async function claimDue(db: Kysely<DB>, now: Date, limit: number): Promise<DueEvent[]> {
  const claimed = await db
    .with('due', cte =>
      cte
        .selectFrom('simulation.events')
        .select('id')
        .where('nextAttemptAt', '<=', now)
        .orderBy('position')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('simulation.events')
    .from('due')
    .set({ attempts: sql`attempts + 1`, nextAttemptAt: new Date(now.getTime() + LEASE_MS) })
    .whereRef('simulation.events.id', '=', 'due.id')
    .returning([
      'simulation.events.id',
      'simulation.events.body',
      'simulation.events.attempts',
      'simulation.events.position',
    ])
    .execute()
  return claimed.sort((left, right) => Number(left.position - right.position))
}

async function send(
  db: Kysely<DB>,
  delivery: Delivery,
  event: DueEvent,
  duplicates: number,
): Promise<boolean> {
  const signature = signPayload(event.body, delivery.webhookSecret, delivery.now)
  let accepted = false
  for (let copy = 0; copy <= duplicates; copy += 1) {
    const statusCode = await delivery.deliver(event.body, signature).catch(() => null)
    accepted = statusCode !== null && statusCode >= 200 && statusCode < 300
    await db
      .insertInto('simulation.event_deliveries')
      .values({ eventId: event.id, statusCode, attemptedAt: delivery.now })
      .execute()
  }
  const retryAt = new Date(delivery.now.getTime() + backOffMs(event.attempts))
  await db
    .updateTable('simulation.events')
    .set(
      accepted
        ? { deliveredAt: delivery.now, nextAttemptAt: null }
        : { nextAttemptAt: event.attempts >= MAX_ATTEMPTS ? null : retryAt },
    )
    .where('id', '=', event.id)
    .execute()
  return accepted
}
