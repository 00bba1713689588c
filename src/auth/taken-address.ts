/**
 * Whoever is told that an address is taken learns that its owner is known here, in a pool that may not be theirs. So being
 * told is an act, though nothing else was done: who tries many is seen.
 */
import { type Act, type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'

export const foundTaken = (at: Date, subject: Act['subject']) => ({
  at,
  action: 'email.find-taken',
  subject,
})

/** `work` is a transaction of its own: when it refuses with `email-taken`, the act stays. `subject`: what the address was for. */
export async function recordingTaken<T>(
  { db, organisationId, clock }: Deps,
  actor: PersonActor,
  subject: Act['subject'],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'email-taken') {
      await inTransaction(db, trx => recordAct(trx, organisationId, actor, foundTaken(clock.now(), subject)))
    }
    throw error
  }
}
