/** Stops acting for a recipient. What had ended by itself already is no act. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'

/** Answers the enrolment that was helped; null when none was. */
export async function stopHelping(deps: Deps, actor: PersonActor): Promise<string | null> {
  const { organisationId, clock } = deps
  const { onBehalfOf, session } = actor
  if (!onBehalfOf || !session) return null
  return inTransaction(deps.db, async trx => {
    const stopped = await trx
      .updateTable('auth.sessions')
      .set({ actingFor: null, actingReason: null, actingSince: null })
      .where('organisationId', '=', organisationId)
      .where('personId', '=', actor.id)
      .where('id', '=', session)
      .where('actingFor', '=', onBehalfOf)
      .executeTakeFirst()
    if (stopped.numUpdatedRows === 0n) return null // another click was first
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'representation.end',
      subject: { kind: 'enrolment', id: onBehalfOf },
    })
    return onBehalfOf
  })
}
