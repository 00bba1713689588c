/**
 * Erases who a donor is: address, what they showed with their gifts, what they were told and had stopped. The row stays, empty,
 * since annual overviews hang on it; donations and ledger never knew who it was.
 */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { dropLetters } from '../mail/index.ts'
import { withPersonalData } from '../platform/personal.ts'

/** The caller records the act. */
export async function eraseDonor(trx: Transaction<DB>, deps: Deps, donorId: string): Promise<void> {
  const { organisationId, clock } = deps
  const letterIds = await withPersonalData(trx, async () => {
    await trx
      .updateTable('donors.donors')
      .set({ emailSealed: null, emailFingerprint: null, erasedAt: clock.now() })
      .where('organisationId', '=', organisationId)
      .where('id', '=', donorId)
      .execute()
    const told = await trx
      .deleteFrom('donors.letters')
      .where('organisationId', '=', organisationId)
      .where('donorId', '=', donorId)
      .returning('letterId')
      .execute()
    for (const table of ['donors.stops', 'donors.gifts'] as const)
      await trx
        .deleteFrom(table)
        .where('organisationId', '=', organisationId)
        .where('donorId', '=', donorId)
        .execute()
    return told.flatMap(({ letterId }) => letterId ?? [])
  })
  await dropLetters(trx, deps, letterIds)
}
