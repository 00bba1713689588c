/** Ends a key at once: from the next request on it opens nothing. Its row stays, since acts name it. */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'

/** `reason`: 3 to 500 characters. Throws `not-found` or `key-ended`. */
export async function endKey(
  deps: Deps,
  actor: PersonActor,
  { keyId, reason }: { readonly keyId: string; readonly reason: string },
): Promise<void> {
  const { organisationId, clock } = deps
  if (reason.trim().length < 3 || reason.length > 500) {
    throw new DomainError('invalid-request', {
      field: 'reason',
      reason: { nl: 'Schrijf op waarom', en: 'Say why' },
    })
  }
  await inTransaction(deps.db, async trx => {
    await lockGoodKey(trx, organisationId, keyId)
    await trx
      .updateTable('auth.keys')
      .set({ endedBy: actor.id, endedAt: sql<Date>`clock_timestamp()` })
      .where('organisationId', '=', organisationId)
      .where('id', '=', keyId)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'key.end',
      subject: { kind: 'key', id: keyId },
      reason,
    })
  })
}

/** One that neither was ended nor ran out; nobody else changes it until the transaction ends. */
export async function lockGoodKey(trx: Transaction<DB>, organisationId: number, keyId: string) {
  const key = await trx
    .selectFrom('auth.keys')
    .select(['name', 'scopes', 'poolId', 'endedAt', sql<boolean>`expires_at > now()`.as('lasts')])
    .where('organisationId', '=', organisationId)
    .where('id', '=', keyId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!key) throw new DomainError('not-found', { field: 'keyId' })
  if (key.endedAt || !key.lasts) throw new DomainError('key-ended', { field: 'keyId' })
  return key
}
