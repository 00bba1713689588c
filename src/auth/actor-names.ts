/** Names beside acts: the work names of colleagues and the names of keys. Never an address, and none of a recipient. */
import type { Kysely } from 'kysely'
import type { DB } from '../database.ts'
import { isUuid } from '../platform/id.ts'

/** By id; whoever has no work name, or is not known here, is left out. */
export async function actorNames(
  db: Kysely<DB>,
  organisationId: number,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const known = ids.filter(isUuid)
  if (known.length === 0) return new Map()
  const named = (table: 'auth.persons' | 'auth.keys') =>
    db
      .selectFrom(table)
      .select(['id', 'name'])
      .where('organisationId', '=', organisationId)
      .where('id', 'in', known)
      .where('name', '!=', '')
  const rows = await named('auth.persons').unionAll(named('auth.keys')).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
