/** Every night: what was only kept for a while goes. The database knows for how long, and removes nothing else. */
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Answers how many places, reports and refused wishes were forgotten. Safe to repeat. */
export async function forgetWishes({
  db,
  organisationId,
}: Pick<Deps, 'db' | 'organisationId'>): Promise<number> {
  const { rows } = await sql<{
    forgotten: bigint
  }>`select wishes.forget(${organisationId}) as forgotten`.execute(db)
  return Number(rows[0]?.forgotten ?? 0)
}
