/**
 * Whoever fears that somebody else is signed in as them ends every session but this one. With the second factor, where there is
 * one: else whoever reads their mail could throw them out.
 */
import { recordAct } from '../../acts/index.ts'
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { endSessions } from '../sessions.ts'
import type { Own } from './authenticator.ts'
import { refuseUnlessShown } from './fresh.ts'

export async function endOtherSessions(deps: Deps, { session, actor }: Own): Promise<void> {
  await inTransaction(deps.db, async trx => {
    await refuseUnlessShown(trx, deps, session)
    const sessions = await endSessions(trx, deps.organisationId, session.person.id, session.id)
    await recordAct(trx, deps.organisationId, actor, {
      at: deps.clock.now(),
      action: 'session.end-all',
      subject: { kind: 'person', id: session.person.id },
      detail: { sessions },
    })
  })
}
