/** Keys of programs: found by their hash, good until they end, and never for what needs a person. */
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { sha256 } from '../platform/id.ts'

export const KEY_PREFIX = 'meent_'

export interface Key {
  readonly id: string
  readonly scopes: readonly string[]
  /** Null: the whole organisation. */
  readonly poolId: string | null
}

/** The key behind a secret; null when there is none that is good now. */
export async function keyOfSecret({ db, organisationId }: Deps, secret: string): Promise<Key | null> {
  const key = await db
    .selectFrom('auth.keys')
    .select(['id', 'scopes', 'poolId', 'usedAt'])
    .where('organisationId', '=', organisationId)
    .where('keySha256', '=', sha256(secret))
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', new Date())
    .executeTakeFirst()
  if (!key) return null
  const { usedAt, ...known } = key
  if (!usedAt || Date.now() - usedAt.getTime() > 3_600_000) {
    await db
      .updateTable('auth.keys')
      .set({ usedAt: sql<Date>`clock_timestamp()` })
      .where('organisationId', '=', organisationId)
      .where('id', '=', key.id)
      .execute()
  }
  return known
}
