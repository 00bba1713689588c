/** Every night: words of what was refused go after a while. The database knows for how long, and removes nothing else. */
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Answers how many. Safe to repeat. */
export async function forgetThanks({
  db,
  organisationId,
}: Pick<Deps, 'db' | 'organisationId'>): Promise<number> {
  const { rows } = await sql<{
    forgotten: bigint
  }>`select thanks.forget(${organisationId}) as forgotten`.execute(db)
  return Number(rows[0]?.forgotten ?? 0)
}
