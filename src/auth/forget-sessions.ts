/** Sessions that are over, and links and challenges that nobody can use any more, are forgotten; the trail keeps what was done. */
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Rows of one statement: small enough to be in nobody's way. */
const PORTION = 1000

/** Answers how many of each. Safe to repeat, and beside others. */
export async function forgetSessions({
  db,
  organisationId,
}: Pick<Deps, 'db' | 'organisationId'>): Promise<{ sessions: number; verifications: number }> {
  return {
    sessions: await inPortions(async () => {
      const { numDeletedRows } = await db
        .deleteFrom('auth.sessions')
        .where('organisationId', '=', organisationId)
        .where('id', 'in', eb =>
          eb
            .selectFrom('auth.sessions')
            .select('id')
            .where('organisationId', '=', organisationId)
            .where('expiresAt', '<', sql<Date>`clock_timestamp()`)
            .limit(PORTION),
        )
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    }),
    verifications: await inPortions(async () => {
      const { numDeletedRows } = await db
        .deleteFrom('auth.verifications')
        .where('organisationId', '=', organisationId)
        .where('id', 'in', eb =>
          eb
            .selectFrom('auth.verifications')
            .select('id')
            .where('organisationId', '=', organisationId)
            .where('expiresAt', '<', sql<Date>`clock_timestamp()`)
            .limit(PORTION),
        )
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    }),
  }
}

async function inPortions(portion: () => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const deleted = await portion()
    total += deleted
    if (deleted < PORTION) return total
  }
}
