/** Somebody of a demonstration says that it is them: nobody there is real, and nobody has a phone. */
import { type PersonActor, recordAct } from '../../acts/index.ts'
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import type { Session } from '../sessions.ts'
import { secondFactorShown } from './shown.ts'

/** Answers the session's new token. */
export async function confirmForDemonstration(
  deps: Deps,
  actor: PersonActor,
  session: Session,
): Promise<string> {
  if (deps.mode !== 'demonstration' || session.method !== 'demonstration')
    throw new DomainError('not-in-demonstration')
  return inTransaction(deps.db, async trx => {
    const token = await secondFactorShown(trx, deps.organisationId, session.id)
    await recordAct(trx, deps.organisationId, actor, {
      at: deps.clock.now(),
      action: 'second-factor.show',
      subject: { kind: 'person', id: session.person.id },
      detail: { by: 'demonstration' },
    })
    return token
  })
}
