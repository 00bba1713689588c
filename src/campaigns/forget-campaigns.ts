/** Every night: drafts that nobody goes on with go, with what they tell of people. The database knows after how long. */
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Answers how many. Safe to repeat. */
export async function forgetCampaigns({
  db,
  organisationId,
}: Pick<Deps, 'db' | 'organisationId'>): Promise<number> {
  const { rows } = await sql<{
    forgotten: bigint
  }>`select campaigns.forget(${organisationId}) as forgotten`.execute(db)
  return Number(rows[0]?.forgotten ?? 0)
}
