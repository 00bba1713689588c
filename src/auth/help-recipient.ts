/**
 * Begins to act for a recipient who cannot sign in: their page and what they could do, for half an hour at most, each act
 * recorded as done for them, and the recipient sees it.
 */
import { sql } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { HELP_MINUTES } from './helping.ts'
import { ruleOf } from './permissions.ts'
import { personById } from './persons.ts'

/** Throws `not-found`, `not-allowed` outside the helper's pools, `not-yourself`, `already-helping`. */
export async function helpRecipient(
  deps: Deps,
  actor: PersonActor,
  { enrolmentId, reason }: { readonly enrolmentId: string; readonly reason: string },
): Promise<void> {
  const { organisationId, clock } = deps
  await inTransaction(deps.db, async trx => {
    if (actor.onBehalfOf) throw new DomainError('already-helping')
    const enrolment = await trx
      .selectFrom('enrolments.enrolments')
      .select('poolId')
      .where('organisationId', '=', organisationId)
      .where('id', '=', enrolmentId)
      .executeTakeFirst()
    if (!enrolment) throw new DomainError('not-found', { field: 'enrolmentId' })
    const helper = await personById(trx, organisationId, localDate(clock.now()), actor.id)
    const { who } = ruleOf('recipients.help')
    const grant = helper?.grants.find(
      ({ role, poolId }) =>
        who !== 'anyone' && who.includes(role) && (poolId === null || poolId === enrolment.poolId),
    )
    if (!grant) throw new DomainError('not-allowed')
    if (helper?.enrolmentId === enrolmentId) throw new DomainError('not-yourself', { field: 'enrolmentId' })
    const begun = await trx
      .updateTable('auth.sessions')
      .set({ actingFor: enrolmentId, actingReason: reason, actingSince: sql<Date>`clock_timestamp()` })
      .where('organisationId', '=', organisationId)
      .where('personId', '=', actor.id)
      .where('id', '=', actor.session ?? null)
      .executeTakeFirst()
    if (begun.numUpdatedRows === 0n) throw new DomainError('not-signed-in')
    await recordAct(
      trx,
      organisationId,
      { ...actor, onBehalfOf: enrolmentId },
      {
        at: clock.now(),
        action: 'representation.start',
        subject: { kind: 'enrolment', id: enrolmentId },
        reason,
        detail: { role: grant.role, minutes: HELP_MINUTES },
      },
    )
  })
}
