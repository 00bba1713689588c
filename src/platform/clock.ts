/**
 * What time it is. In demonstration mode the clock can be moved forward; the offset is a row in the database, so
 * that all processes see the same day. What was *recorded* when is always stamped by Postgres, in real time.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { joined } from './joined.ts'

export interface Clock {
  now(): Date
  /** Reads the offset again: at the start of each request and job, since another process may have moved it. */
  refresh(): Promise<void>
}

interface InstallationTable {
  singleton: boolean
  mode: 'demonstration' | 'real'
  clockOffsetMs: bigint
  seededAt: Date | null
}
export interface PlatformTables {
  'platform.installation': InstallationTable
  'platform.idempotencyKeys': {
    organisationId: number
    operation: string
    key: string
    fingerprint: Buffer
    resourceId: string
  }
}

type HasInstallation = Pick<PlatformTables, 'platform.installation'>

export function databaseClock(db: Kysely<HasInstallation>): Clock {
  let offsetMs = 0
  // Whoever asks while a question is under way joins the next one: never an answer from before it was asked.
  const refresh = joined<undefined, undefined>(async waiting => {
    const row = await db.selectFrom('platform.installation').select('clockOffsetMs').executeTakeFirst()
    offsetMs = Number(row?.clockOffsetMs ?? 0n)
    return waiting.map(() => undefined)
  })
  return {
    now: () => new Date(Date.now() + offsetMs),
    refresh: () => refresh(undefined),
  }
}

/** Moves the demonstration clock to `to`; it never goes back (a trigger refuses that, too). */
export async function moveClock(trx: Transaction<HasInstallation>, to: Date): Promise<void> {
  const offset = BigInt(Math.max(0, to.getTime() - Date.now()))
  await trx
    .updateTable('platform.installation')
    .set({ clockOffsetMs: sql<bigint>`greatest(clock_offset_ms, ${offset.toString()}::bigint)` })
    .where('mode', '=', 'demonstration')
    .execute()
}

/** Says once what this database is for; answers what it was said to be the first time. */
export async function claimInstallation(
  db: Kysely<HasInstallation>,
  mode: 'demonstration' | 'real',
): Promise<'demonstration' | 'real'> {
  await db
    .insertInto('platform.installation')
    .values({ singleton: true, mode, clockOffsetMs: 0n, seededAt: null })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('platform.installation').select('mode').executeTakeFirstOrThrow()
  return row.mode
}
