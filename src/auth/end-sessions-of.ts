/** Signs a colleague out everywhere: a lost laptop, a doubt. Their roles stay. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { colleagueById } from './colleagues.ts'
import { endSessions } from './sessions.ts'

/** Answers how many ended; one's own present session goes on. Throws `not-found`. */
export async function endSessionsOf(
  deps: Deps,
  actor: PersonActor,
  { personId, reason }: { readonly personId: string; readonly reason: string },
): Promise<number> {
  const { organisationId, clock } = deps
  return inTransaction(deps.db, async trx => {
    await colleagueById(trx, organisationId, localDate(clock.now()), personId)
    const sessions = await endSessions(trx, organisationId, personId, actor.session)
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'session.end-all',
      subject: { kind: 'person', id: personId },
      reason,
      detail: { sessions },
    })
    return sessions
  })
}
