/** Roles given and ended. A grant is never changed: another takes its place, so the trail stays readable. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { newId } from '../platform/id.ts'
import type { Role } from './permissions.ts'

export interface NewGrant {
  readonly personId: string
  readonly role: Role
  /** Null: the whole organisation. */
  readonly poolId?: string | null | undefined
  /** YYYY-MM-DD, of a stand-in. */
  readonly lastDay?: string | null | undefined
  readonly standInFor?: string | null | undefined
  /** Null: the command line, or signing up. */
  readonly grantedBy: string | null
  /** Of a role that approves: the change that two people made. */
  readonly changeId?: string | null | undefined
}

/** Answers the grant's id. The caller records the act. */
export async function grantRole(
  trx: Transaction<DB>,
  organisationId: number,
  grant: NewGrant,
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('auth.grants')
    .values({
      organisationId,
      id,
      personId: grant.personId,
      role: grant.role,
      poolId: grant.poolId ?? null,
      lastDay: grant.lastDay ?? null,
      standInFor: grant.standInFor ?? null,
      grantedBy: grant.grantedBy,
      changeId: grant.changeId ?? null,
      endedBy: null,
      endedAt: null,
    })
    .execute()
  return id
}

/** Answers whether there was such a role to end. */
export async function endGrant(
  trx: Transaction<DB>,
  organisationId: number,
  grantId: string,
  endedBy: string,
): Promise<{ personId: string; role: Role } | null> {
  const ended = await trx
    .updateTable('auth.grants')
    .set({ endedBy, endedAt: new Date() })
    .where('organisationId', '=', organisationId)
    .where('id', '=', grantId)
    .where('endedAt', 'is', null)
    .returning(['personId', 'role'])
    .executeTakeFirst()
  return ended ?? null
}
