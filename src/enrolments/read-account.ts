/** Reads a recipient's name and IBAN in clear, which is an act: who looked, when and why. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Payee, payees } from '../recipients/index.ts'
import { DomainError } from '../refusals.ts'
import { enrolmentById } from './enrolment.ts'

/** Throws `not-found`, also when the person was erased. */
export async function readAccount(
  deps: Deps,
  actor: PersonActor,
  { enrolmentId, reason }: { readonly enrolmentId: string; readonly reason: string },
): Promise<Payee> {
  const { organisationId, vault, clock } = deps
  return inTransaction(deps.db, async trx => {
    const { personId } = await enrolmentById(trx, organisationId, enrolmentId)
    const payee = (await payees(trx, vault, organisationId, [personId])).get(personId)
    if (!payee) throw new DomainError('not-found', { field: 'enrolmentId' })
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'account.read',
      subject: { kind: 'enrolment', id: enrolmentId },
      reason,
    })
    return payee
  })
}
