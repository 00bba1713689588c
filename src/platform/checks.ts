/**
 * What a check is: a law, asked of what is stored. Each slice keeps its own in `checks.ts`; `verify` runs them all on
 * one snapshot. A check is a query that answers what breaks its law, one detail a row, with ids and never a name.
 */
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'

/** The law in words, and the query that finds what breaks it in one organisation. */
export type Checks = Readonly<Record<string, (organisationId: number) => RawBuilder<Detail>>>

interface Detail {
  readonly detail: string
}

/** How often a law is broken, and the first few places. */
export interface Broken {
  readonly check: string
  readonly count: number
  readonly details: readonly string[]
}

/** More would not be read. */
export const DETAILS = 20

/** Null when the law holds. */
export async function askCheck(
  trx: QueryExecutorProvider,
  check: string,
  query: RawBuilder<Detail>,
): Promise<Broken | null> {
  const { rows } = await sql<Detail & { count: bigint }>`
    select f.detail, count(*) over () as count from (${query}) f limit ${DETAILS}`.execute(trx)
  const [first] = rows
  return first ? { check, count: Number(first.count), details: rows.map(row => row.detail) } : null
}

/** How the planner is to go about it, until the transaction ends or is told otherwise. */
export async function settle(
  trx: QueryExecutorProvider,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const each = Object.entries(settings).map(([name, value]) => sql`set_config(${name}, ${value}, true)`)
  await sql`select ${sql.join(each)}`.execute(trx)
}
