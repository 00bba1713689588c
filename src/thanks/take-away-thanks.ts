/** Taking a thank-you away, whatever became of it: its words are erased, and an empty row stays. */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'

/** One's own. Once more changes nothing. Throws `not-found` for somebody else's. */
export async function takeAwayThanks(
  { db, organisationId, clock }: Deps,
  actor: PersonActor,
  { enrolmentId, thanksId }: { readonly enrolmentId: string; readonly thanksId: string },
): Promise<void> {
  await inTransaction(db, async trx => {
    const its = await trx
      .selectFrom('thanks.thanks')
      .select('state')
      .where('organisationId', '=', organisationId)
      .where('enrolmentId', '=', enrolmentId)
      .where('id', '=', thanksId)
      .forUpdate()
      .executeTakeFirst()
    if (!its) throw new DomainError('not-found', { field: 'thanksId' })
    if (its.state === 'taken-away') return
    await erased(trx, organisationId, enrolmentId).where('id', '=', thanksId).execute()
    const subject = { kind: 'enrolment', id: enrolmentId }
    await recordAct(trx, organisationId, actor, { at: clock.now(), action: 'thanks.take-away', subject })
  })
}

/** All of an enrolment, when its person is erased: whoever does that records it. Answers how many had words. */
export async function eraseThanks(
  trx: Transaction<DB>,
  organisationId: number,
  enrolmentId: string,
): Promise<number> {
  const gone = await erased(trx, organisationId, enrolmentId).executeTakeFirst()
  return Number(gone.numUpdatedRows)
}

/** The database clears the words with the state. */
const erased = (trx: Transaction<DB>, organisationId: number, enrolmentId: string) =>
  trx
    .updateTable('thanks.thanks')
    .set({ state: 'taken-away' })
    .where('organisationId', '=', organisationId)
    .where('enrolmentId', '=', enrolmentId)
    .where('state', '<>', 'taken-away')
