/** Reads a colleague's e-mail address in clear, which is an act: who looked, when and why. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { colleagueById } from './colleagues.ts'
import { emailContext } from './persons.ts'

/** Null: this person has none. Throws `not-found`. */
export async function readEmail(
  deps: Deps,
  actor: PersonActor,
  { personId, reason }: { readonly personId: string; readonly reason: string },
): Promise<string | null> {
  const { organisationId, clock, vault } = deps
  return inTransaction(deps.db, async trx => {
    await colleagueById(trx, organisationId, localDate(clock.now()), personId)
    const { emailSealed } = await trx
      .selectFrom('auth.persons')
      .select('emailSealed')
      .where('organisationId', '=', organisationId)
      .where('id', '=', personId)
      .executeTakeFirstOrThrow()
    await recordAct(trx, organisationId, actor, {
      at: clock.now(),
      action: 'email.read',
      subject: { kind: 'person', id: personId },
      reason,
    })
    return emailSealed && vault.decrypt(emailSealed, emailContext(organisationId, personId)).toString()
  })
}
