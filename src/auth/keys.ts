/** Keys of programs: found by their hash, good until they end, and never for what needs a person. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { sha256 } from '../platform/id.ts'
import { isKeySecret } from './key-secret.ts'
import { allows, type Permission, ruleOf, staffRoles } from './permissions.ts'
import { persons } from './persons.ts'

export interface Key {
  readonly id: string
  readonly scopes: readonly string[]
  /** Null: the whole organisation. */
  readonly poolId: string | null
}

/** A key belongs to the organisation, but of somebody who has left it every key is dead, whoever knows its secret. */
const makerIsHere = (today: string) => sql<boolean>`exists (
  select from auth.grants g
   where g.organisation_id = k.organisation_id and g.person_id = k.created_by and g.ended_at is null
     and g.role = any (${[...staffRoles]}) and coalesce(g.last_day >= ${today}::date, true))`

/** The key behind a secret; null when there is none that is good now. */
export async function keyOfSecret(deps: Deps, secret: string): Promise<Key | null> {
  if (!isKeySecret(secret)) return null
  const { db, organisationId, clock } = deps
  const key = await db
    .selectFrom('auth.keys as k')
    .select(['k.id', 'k.scopes', 'k.poolId', 'k.usedAt'])
    .where('k.organisationId', '=', organisationId)
    .where('k.keySha256', '=', sha256(secret))
    .where('k.endedAt', 'is', null)
    .where('k.expiresAt', '>', sql<Date>`clock_timestamp()`)
    .where(makerIsHere(localDate(clock.now())))
    .executeTakeFirst()
  if (!key) return null
  const { usedAt, ...known } = key
  if (!usedAt || Date.now() - usedAt.getTime() > 3_600_000) {
    await db
      .updateTable('auth.keys')
      .set({ usedAt: sql<Date>`clock_timestamp()` })
      .where('organisationId', '=', organisationId)
      .where('id', '=', key.id)
      .where('endedAt', 'is', null)
      .execute()
  }
  return known
}

export interface ListedKey {
  readonly id: string
  readonly name: string
  /** The first characters of its secret. */
  readonly start: string
  readonly scopes: readonly Permission[]
  readonly poolId: string | null
  readonly createdBy: string
  readonly makerName: string
  readonly createdAt: Date
  readonly expiresAt: Date
  /** To the hour; null: never. */
  readonly usedAt: Date | null
  readonly endedAt: Date | null
  readonly replaces: string | null
  readonly state: 'good' | 'expired' | 'ended' | 'maker-left'
  /** False: whoever made it could not make it today, so somebody should look whether it is still wanted. */
  readonly makerStillMay: boolean
}

type Reader = Kysely<DB> | Transaction<DB>

/** Every key, the newest first; of one maker when asked, which is for whoever takes leave of that person. */
export async function keysOf(
  db: Reader,
  organisationId: number,
  today: string,
  of: { readonly madeBy?: string; readonly id?: string } = {},
): Promise<ListedKey[]> {
  const rows = await db
    .selectFrom('auth.keys as k')
    .innerJoin(persons(db, organisationId, today).as('m'), 'm.id', 'k.createdBy')
    .where('k.organisationId', '=', organisationId)
    .$if(of.madeBy !== undefined, query => query.where('k.createdBy', '=', of.madeBy ?? ''))
    .$if(of.id !== undefined, query => query.where('k.id', '=', of.id ?? ''))
    .select(['k.id', 'k.name', 'k.start', 'k.scopes', 'k.poolId', 'k.createdBy', 'k.createdAt'])
    .select(['k.expiresAt', 'k.usedAt', 'k.endedAt', 'k.replaces', 'm.name as makerName', 'm.grants'])
    .select(makerIsHere(today).as('makerIsHere'))
    .orderBy('k.createdAt', 'desc')
    .orderBy('k.id', 'desc')
    .execute()
  return rows.map(({ grants, makerIsHere: isHere, scopes, ...row }) => {
    const known = scopes as Permission[]
    const may = (permission: Permission) => allows(permission, grants, row.poolId)
    return {
      ...row,
      scopes: known,
      state: row.endedAt
        ? 'ended'
        : row.expiresAt.getTime() <= Date.now()
          ? 'expired'
          : isHere
            ? 'good'
            : 'maker-left',
      makerStillMay: isHere && allows('keys.manage', grants) && known.every(may),
    }
  })
}

/** What a key may be made for: nothing that makes, approves or reads personal data stands in the table as such. */
export const isKeyScope = (permission: Permission): boolean => ruleOf(permission).keys === true
