/** Letters that still wait go unsent, because whoever they are to is no longer to be known: address and words are removed at once. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'

/** Answers how many waited. */
export async function dropLetters(
  trx: Transaction<DB>,
  { organisationId, clock }: Pick<Deps, 'organisationId' | 'clock'>,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0
  const { numUpdatedRows } = await trx
    .updateTable('mail.outbox')
    .set({ sealed: null, failedAt: clock.now(), error: 'erased' })
    .where('organisationId', '=', organisationId)
    .where('id', 'in', ids)
    .where('sealed', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}
