/**
 * The ledger's laws, asked of what is stored. `verify` asks them of a whole installation, with the checks of the slices;
 * the database should make each of them impossible to fail.
 */
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely'
import type { DB } from '../database.ts'
import { askCheck, type Broken, settle } from '../platform/checks.ts'
import { accountChecks } from './checks/accounts.ts'
import { journalLaws, portionsOf, walkPortion, walkSettings } from './checks/journal.ts'

export { accountChecks } from './checks/accounts.ts'
export {
  journalLaws,
  type Portion,
  portionsOf,
  type Walked,
  walkPortion,
  walkSettings,
} from './checks/journal.ts'

export const checkNames: readonly string[] = [...Object.values(journalLaws), ...Object.keys(accountChecks)]

export interface Finding {
  readonly check: string
  readonly detail: string
}

/**
 * All checks of the ledger alone, of one organisation or of all, on one snapshot; an empty answer means that every law
 * holds.
 */
export async function checkLedger(db: Kysely<DB>, organisationId?: number): Promise<Finding[]> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async trx => {
      await settle(trx, walkSettings)
      const organisations = organisationId === undefined ? await organisationsIn(trx) : [organisationId]
      const broken: Broken[] = []
      for (const each of organisations) broken.push(...(await brokenIn(trx, each)))
      return broken.flatMap(({ check, details }) => details.map(detail => ({ check, detail })))
    })
}

async function brokenIn(trx: QueryExecutorProvider, organisationId: number): Promise<Broken[]> {
  const broken: (Broken | null)[] = []
  let postings = 0
  for (const portion of await portionsOf(trx, organisationId)) {
    const walked = await walkPortion(trx, organisationId, portion)
    postings += walked.postings
    broken.push(...walked.broken)
  }
  broken.push(await miscounted(trx, organisationId, postings))
  for (const [name, query] of Object.entries(accountChecks))
    broken.push(await askCheck(trx, name, query(organisationId)))
  return broken.filter(each => each !== null)
}

/** Versions count postings: a posting too many or too few shows even where no other law is broken. */
export async function miscounted(
  trx: QueryExecutorProvider,
  organisationId: number,
  postings: number,
): Promise<Broken | null> {
  return askCheck(
    trx,
    journalLaws.gap,
    sql`select 'organisation ' || ${organisationId}::int || ' has ' || ${postings}::bigint || ' postings, its accounts count '
               || coalesce(sum(version), 0) as detail
          from ledger.accounts where organisation_id = ${organisationId}
        having coalesce(sum(version), 0) <> ${postings}::bigint`,
  )
}

/** Whoever has an account, an entry or a posting; each found by one step in its primary key. */
export async function organisationsIn(trx: QueryExecutorProvider): Promise<number[]> {
  const found = new Set<number>()
  for (const table of ['ledger.accounts', 'ledger.entries', 'ledger.postings']) {
    const { rows } = await sql<{ id: number }>`
      with recursive each as (
        select min(organisation_id) as id from ${sql.table(table)}
        union all
        select (select min(organisation_id) from ${sql.table(table)} where organisation_id > each.id)
          from each where each.id is not null
      ) select id from each where id is not null`.execute(trx)
    for (const { id } of rows) found.add(id)
  }
  return [...found].sort((a, b) => a - b)
}
