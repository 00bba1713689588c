/**
 * Invites somebody and proposes a role that approves, in one transaction: whoever is invited for such a role alone is never
 * left without its proposal. They can sign in at once, and do nothing before somebody else approved.
 */
import type { PersonActor } from '../acts/index.ts'
import { type Invitation, invitePersonWithin, recordingTaken } from '../auth/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import type { Contents } from './change.ts'
import { proposeChangeWithin } from './propose-change.ts'

export type InvitationToApprove = Omit<Invitation, 'roles'> &
  Pick<Contents['approving-role'], 'role' | 'poolId'>

/** Answers the person's id. Throws what inviting and proposing throw; then nobody was invited. */
export async function inviteToApprove(
  deps: Deps,
  actor: PersonActor,
  { name, email, locale, role, poolId, reason }: InvitationToApprove,
): Promise<string> {
  const subject = { kind: 'organisation', id: String(deps.organisationId) }
  return recordingTaken(deps, actor, subject, () =>
    inTransaction(deps.db, async trx => {
      const personId = await invitePersonWithin(trx, deps, actor, { name, email, locale, roles: [], reason })
      await proposeChangeWithin(trx, deps, actor, {
        ...{ kind: 'approving-role', personId, role, poolId, reason },
        ...{ lastDay: null, standInFor: null },
      })
      return personId
    }),
  )
}
