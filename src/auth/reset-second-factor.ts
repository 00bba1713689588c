/**
 * Somebody who lost every second factor starts anew: only at the server. Whoever could do this from a page could, with one
 * mailbox more, become somebody who approves.
 */
import { recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { personIdOfEmail } from './persons.ts'
import { resetSecondFactors } from './second-factor/authenticator.ts'
import { tellOfChange } from './second-factor/tell-of-change.ts'

/** Throws `invalid-request` without a reason, `not-found` when the address is nobody's. Every session of theirs ends. */
export async function resetSecondFactor(
  deps: Deps,
  { email, reason }: { readonly email: string; readonly reason: string },
): Promise<void> {
  const { organisationId, vault, clock } = deps
  if (reason.trim().length < 3 || reason.length > 500)
    throw new DomainError('invalid-request', {
      field: 'reason',
      reason: '--reason says why, in 3 to 500 characters',
    })
  await inTransaction(deps.db, async trx => {
    const personId = await personIdOfEmail(trx, vault, organisationId, email)
    if (!personId) throw new DomainError('not-found', { field: 'email', reason: '--email is nobody’s here' })
    await resetSecondFactors(trx, organisationId, personId)
    await recordAct(
      trx,
      organisationId,
      { kind: 'system' },
      {
        at: clock.now(),
        action: 'second-factor.reset',
        subject: { kind: 'person', id: personId },
        reason: reason.trim(),
      },
    )
    await tellOfChange(trx, deps, personId, 'second-factor-removed')
  })
}
