/**
 * The second factor was shown now: the session may do more, and gets another token. Whoever had the old one, by having planted
 * or read it, holds nothing from then on.
 */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import { newToken, sha256 } from '../../platform/id.ts'
import { DomainError } from '../../refusals.ts'

/** Answers the new token, shown once. Throws `not-signed-in` when the session ended meanwhile. */
export async function secondFactorShown(
  trx: Transaction<DB>,
  organisationId: number,
  sessionId: string,
): Promise<string> {
  const token = newToken()
  const risen = await trx
    .updateTable('auth.sessions')
    .set({
      tokenSha256: sha256(token),
      secondFactorAt: sql<Date>`clock_timestamp()`,
      wrongCodes: 0,
    })
    .where('organisationId', '=', organisationId)
    .where('id', '=', sessionId)
    .executeTakeFirst()
  if (risen.numUpdatedRows === 0n) throw new DomainError('not-signed-in')
  return token
}
