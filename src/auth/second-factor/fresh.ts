/** Whoever has a second factor shows it before what a reader of their mail must not do; freshly before changing one. */
import type { Transaction } from 'kysely'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../refusals.ts'
import { FRESH_MINUTES } from '../permissions.ts'
import type { Session } from '../sessions.ts'
import { secondFactorsOf } from './second-factors.ts'

/**
 * A session that was left open is not enough. Until the transaction ends nobody else changes this person's second factors: else
 * a reader of their mail could begin anew in the moment in which the first one is confirmed.
 */
export async function refuseUnlessFresh(
  trx: Transaction<DB>,
  deps: Pick<Deps, 'organisationId'>,
  session: Session,
): Promise<void> {
  await lockFactorsOf(trx, deps.organisationId, session.person.id)
  if (!(await refuseUnlessShown(trx, deps, session))) return
  const { secondFactorAt } = session
  if (secondFactorAt && Date.now() - secondFactorAt.getTime() <= FRESH_MINUTES * 60_000) return
  throw new DomainError('fresh-sign-in-needed')
}

async function lockFactorsOf(trx: Transaction<DB>, organisationId: number, personId: string): Promise<void> {
  await trx
    .selectFrom('auth.persons')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('id', '=', personId)
    .forNoKeyUpdate()
    .execute()
}

/** Once in this session, however long ago. Answers whether there is one to show. */
export async function refuseUnlessShown(
  trx: Transaction<DB>,
  { organisationId }: Pick<Deps, 'organisationId'>,
  { person, secondFactorAt }: Session,
): Promise<boolean> {
  const { authenticator, passkeys } = await secondFactorsOf(trx, organisationId, person.id)
  const hasOne = authenticator || passkeys.length > 0
  if (hasOne && !secondFactorAt) throw new DomainError('second-factor-needed')
  return hasOne
}
