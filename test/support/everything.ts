// All that a database holds, as one number and one digest a table: what is refused must leave it as it was.

import type pg from 'pg'

/** By table: how many rows, and a digest that changes with any of their values. The tables of the job queue are left out. */
export async function everything(owner: pg.Client): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema', 'migrations', 'jobs')`,
  )
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as held from ${name} t`,
  )
  const { rows } = await owner.query<{ name: string; held: string }>(each.join(' union all '))
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]))
}
