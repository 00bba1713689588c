/**
 * Gives a program a new key before the old one ends: both work for some days, then the old one ends by itself, so that no
 * hour has to be agreed in which the program is down.
 */
import { sql } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { type MadeKey, makeKey } from './create-key.ts'
import { lockGoodKey } from './end-key.ts'
import type { Permission } from './permissions.ts'

export const LONGEST_OVERLAP_DAYS = 30
export const USUAL_OVERLAP_DAYS = 7

export interface Rotation {
  readonly keyId: string
  /** 0 to 30: how long the old key still works, if it does not end sooner. */
  readonly overlapDays: number
  /** 1 to 400: how long the new key works. */
  readonly days: number
  readonly reason: string
}

/** The successor has the same name, scopes and pool. Throws as `createKey`, `key-ended` or `key-rotated`. */
export async function rotateKey(
  deps: Deps,
  actor: PersonActor,
  { keyId, overlapDays, days, reason }: Rotation,
): Promise<MadeKey> {
  const { organisationId, clock } = deps
  if (!Number.isInteger(overlapDays) || overlapDays < 0 || overlapDays > LONGEST_OVERLAP_DAYS) {
    throw new DomainError('invalid-request', {
      field: 'overlapDays',
      reason: {
        nl: `Kies 0 tot ${LONGEST_OVERLAP_DAYS} dagen`,
        en: `Choose 0 to ${LONGEST_OVERLAP_DAYS} days`,
      },
    })
  }
  return inTransaction(deps.db, async trx => {
    const { name, scopes, poolId } = await lockGoodKey(trx, organisationId, keyId)
    const successor = await trx
      .selectFrom('auth.keys')
      .select('id')
      .where('organisationId', '=', organisationId)
      .where('replaces', '=', keyId)
      .where('endedAt', 'is', null)
      .where('expiresAt', '>', sql<Date>`now()`)
      .executeTakeFirst()
    if (successor) throw new DomainError('key-rotated', { field: 'keyId' })
    const key = { name, scopes: scopes as Permission[], poolId, days, reason }
    const made = await makeKey(trx, deps, actor, key, keyId)
    await trx
      .updateTable('auth.keys')
      .set({
        expiresAt: sql<Date>`least(expires_at, now() + make_interval(hours => ${overlapDays * 24}::int))`,
      })
      .where('organisationId', '=', organisationId)
      .where('id', '=', keyId)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'key.rotate',
      subject: { kind: 'key', id: keyId },
      reason,
      detail: { successor: made.id, overlapDays },
    })
    return made
  })
}
