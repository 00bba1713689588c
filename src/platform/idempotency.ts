/**
 * Idempotency keys of requests: claimed in the transaction of the effect, so that a request that was answered
 * never has its effect twice, and a request that died left nothing behind.
 */
import type { Transaction } from 'kysely'
import { DomainError } from '../refusals.ts'
import type { PlatformTables } from './clock.ts'
import type { Vault } from './vault.ts'

export interface Claim {
  readonly organisationId: number
  readonly operation: string
  readonly key: string
  /** All that the caller asked for; only a keyed hash of it is stored. */
  readonly request: Readonly<Record<string, string | number | boolean | bigint | null | undefined>>
  /** Id that the effect gets if this is the first time. */
  readonly resourceId: string
}

/** Answers the resource id of the first request under this key, and whether this is that first one. */
export async function claimKey(
  trx: Transaction<Pick<PlatformTables, 'platform.idempotencyKeys'>>,
  vault: Vault,
  claim: Claim,
): Promise<{ resourceId: string; first: boolean }> {
  const { organisationId, operation, key, resourceId } = claim
  const request = canonical(claim.request)
  const fingerprint = vault.fingerprint(request)
  const inserted = await trx
    .insertInto('platform.idempotencyKeys')
    .values({ organisationId, operation, key, fingerprint, resourceId })
    .onConflict(conflict => conflict.doNothing())
    .returning('resourceId')
    .executeTakeFirst()
  if (inserted) return { resourceId, first: true }
  const known = await trx
    .selectFrom('platform.idempotencyKeys')
    .select(['fingerprint', 'resourceId'])
    .where('organisationId', '=', organisationId)
    .where('operation', '=', operation)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (!vault.fingerprints(request).some(each => each.equals(known.fingerprint)))
    throw new DomainError('idempotency-key-reused')
  return { resourceId: known.resourceId, first: false }
}

function canonical(request: Claim['request']): string {
  const sorted = Object.entries(request).filter(([, value]) => value != null)
  sorted.sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(sorted.map(([name, value]) => [name, String(value)]))
}
