/**
 * Writes events to the outbox in the transaction of the change that they tell of: a crash leaves either both or
 * neither. The body is made once, so that every repetition of an event is the same bytes.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { newId } from './ids.ts'
import { unixSeconds } from './objects/values.ts'

/** The version whose shapes ./objects has; a real endpoint has it as a setting. */
export const API_VERSION = '2026-10-28.endive'

export interface SimulatedEvent {
  type: string
  object: object
  at: Date
}

/** Rows of one INSERT, well below the limit of its parameters. */
const CHUNK = 1_000

export async function recordEvents(trx: Transaction<DB>, events: readonly SimulatedEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += CHUNK) {
    const rows = events.slice(start, start + CHUNK).map(toRow)
    await trx.insertInto('simulation.events').values(rows).execute()
  }
}

function toRow({ type, object, at }: SimulatedEvent) {
  const id = newId('evt')
  const body = {
    id,
    object: 'event',
    api_version: API_VERSION,
    created: unixSeconds(at),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  }
  // Stripe indents what it sends; a receiver that parses and serialises before it verifies is then found out.
  return {
    id,
    type,
    body: JSON.stringify(body, null, 2),
    nextAttemptAt: at,
    deliveredAt: null,
    createdAt: at,
  }
}
