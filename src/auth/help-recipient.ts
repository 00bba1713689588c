/**
 * Begins to act for a recipient who cannot sign in: their page and what they could do, for half an hour at most, each act
 * recorded as done for them, and the recipient sees it.
 */
import { sql, type Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { HELP_MINUTES, stillHelps } from './helping.ts'
import { type Grant, ruleOf } from './permissions.ts'
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
    await refuseSecond(trx, organisationId, actor, helper?.grants ?? [])
    await trx
      .updateTable('auth.sessions')
      .set({ actingFor: enrolmentId, actingReason: reason, actingSince: sql<Date>`clock_timestamp()` })
      .where('organisationId', '=', organisationId)
      .where('personId', '=', actor.id)
      .where('id', '=', actor.session ?? null)
      .execute()
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

/** One recipient at a time: of two clicks at once the second finds the first. What had ended by itself is in nobody's way. */
async function refuseSecond(
  trx: Transaction<DB>,
  organisationId: number,
  { id, session }: PersonActor,
  grants: readonly Grant[],
): Promise<void> {
  const now = await trx
    .selectFrom('auth.sessions')
    .select(['actingFor', 'actingSince'])
    .where('organisationId', '=', organisationId)
    .where('personId', '=', id)
    .where('id', '=', session ?? null)
    .forUpdate()
    .executeTakeFirst()
  if (!now) throw new DomainError('not-signed-in')
  // A question of its own: joined, whoever waited for the row would read what was there before.
  const helped = await trx
    .selectFrom('enrolments.enrolments')
    .select('poolId')
    .where('organisationId', '=', organisationId)
    .where('id', '=', now.actingFor)
    .executeTakeFirst()
  const { actingSince } = now
  if (stillHelps({ actingSince, actingPoolId: helped?.poolId ?? null, grants }))
    throw new DomainError('already-helping')
}
