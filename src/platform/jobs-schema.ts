/** Installs or upgrades pg-boss's own tables in schema `jobs`, as the owner; the service itself may not alter them. */
import type pg from 'pg'
import { getConstructionPlans, getMigrationPlans } from 'pg-boss'

export const JOBS_SCHEMA = 'jobs'

export async function installJobs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ installed: string | null }>(
    `select to_regclass('${JOBS_SCHEMA}.version')::text as installed`,
  )
  if (!rows[0]?.installed) {
    await client.query(withoutTransaction(getConstructionPlans(JOBS_SCHEMA)))
  } else {
    const { rows } = await client.query<{ version: number }>(`select version from ${JOBS_SCHEMA}.version`)
    const plans = pendingPlans(rows[0]?.version)
    if (plans) await client.query(withoutTransaction(plans))
  }
  await client.query(`
    grant usage on schema ${JOBS_SCHEMA} to meent_app;
    grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to meent_app;
    grant usage, select on all sequences in schema ${JOBS_SCHEMA} to meent_app;
    grant execute on all functions in schema ${JOBS_SCHEMA} to meent_app`)
}

/** pg-boss throws "Version N not found" where nothing follows the installed version. */
function pendingPlans(version: number | undefined): string | null {
  try {
    return getMigrationPlans(JOBS_SCHEMA, version)
  } catch (error) {
    if (error instanceof Error && /not found/.test(error.message)) return null
    throw error
  }
}

/** pg-boss wraps its plans in a transaction of their own; ours is already open. */
function withoutTransaction(plans: string): string {
  return plans.replace(/^\s*(BEGIN|COMMIT)\s*;/gim, '')
}
