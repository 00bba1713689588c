/** Makes somebody a colleague: a name that others see, an address to sign in with, and the first roles. */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { giveRoleWithin, type RoleToGive } from './give-role.ts'
import { addPerson, lockPersonOfEmail, namePerson } from './persons.ts'
import { foundTaken, recordingTaken } from './taken-address.ts'
import { tellColleague } from './tell-of-access.ts'

export interface Invitation {
  /** As colleagues see it beside each act. */
  readonly name: string
  readonly email: string
  readonly locale: 'nl' | 'en'
  /** None when the first one takes two people to give. */
  readonly roles: readonly RoleToGive[]
  readonly reason: string
}

const ofOrganisation = ({ organisationId }: Pick<Deps, 'organisationId'>) => ({
  kind: 'organisation',
  id: String(organisationId),
})

/** Answers the person's id. Throws `email-taken`, and what giving a role throws; then nobody was invited. */
export async function invitePerson(deps: Deps, actor: PersonActor, invitation: Invitation): Promise<string> {
  return recordingTaken(deps, actor, ofOrganisation(deps), () =>
    inTransaction(deps.db, trx => invitePersonWithin(trx, deps, actor, invitation)),
  )
}

/** As part of something larger: proposing a role that approves. */
export async function invitePersonWithin(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  invitation: Invitation,
): Promise<string> {
  const { organisationId, clock } = deps
  const { reason } = invitation
  const personId = await accountFor(trx, deps, actor, invitation)
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'person.invite',
    subject: { kind: 'person', id: personId },
    reason,
    detail: { roles: invitation.roles.length },
  })
  for (const role of invitation.roles) await giveRoleWithin(trx, deps, actor, { ...role, personId, reason })
  await tellColleague(trx, deps, invitation)
  return personId
}

/** Who gives or receives has an account already, without a name: it becomes the colleague's. */
async function accountFor(
  trx: Transaction<DB>,
  { organisationId, vault, clock }: Deps,
  actor: PersonActor,
  { name, email, locale }: Invitation,
): Promise<string> {
  const known = await lockPersonOfEmail(trx, vault, organisationId, email)
  if (!known) return addPerson(trx, vault, organisationId, { name, email, locale })
  if (known.id === actor.id || known.name !== '') throw new DomainError('email-taken', { field: 'email' })
  // Whoever compares what they see may notice that the account is older: so this is seen too.
  await recordAct(trx, organisationId, actor, foundTaken(clock.now(), ofOrganisation({ organisationId })))
  await namePerson(trx, organisationId, known.id, name)
  return known.id
}
