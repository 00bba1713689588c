/** An authenticator of one's own: set up with a secret, working once a code of it was shown, with ten recovery codes. */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../../acts/index.ts'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import type { SignInChange } from '../../mail/index.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import { sessionHeaders } from '../proof/engines.ts'
import { prove } from '../proof/proving.ts'
import { endSessions, type Session } from '../sessions.ts'
import { refuseUnlessFresh } from './fresh.ts'
import { removeButNotTheLast } from './last-factor.ts'
import { claimStep } from './show-code.ts'
import { secondFactorShown } from './shown.ts'
import { tellOfChange } from './tell-of-change.ts'

/** The one who asks: their session, its token, and who acts. */
export interface Own {
  readonly session: Session
  readonly token: string
  readonly actor: PersonActor
}

/** Makes a secret, or makes it anew while no code of it was shown; answers it as an otpauth address. */
export async function beginAuthenticator(deps: Deps, { session, token }: Own): Promise<string> {
  const engine = deps.engines.at(deps.publicUrl())
  const { answer } = await inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, session)
    const headers = await sessionHeaders(engine, token)
    const begun = await prove(trx, deps, () => engine.api.enableTwoFactor({ body: {}, headers }))
    if (!begun.refused) await bindTo(trx, deps.organisationId, session)
    return begun
  })
  if (!answer || !('totpURI' in answer)) throw new DomainError('authenticator-exists')
  return answer.totpURI
}

/** Its secret is for the session that makes it: another one of this person may be somebody who reads their mail. */
async function bindTo(trx: Transaction<DB>, organisationId: number, { id, person }: Session): Promise<void> {
  await trx
    .updateTable('auth.authenticators')
    .set({ begunIn: id })
    .where('organisationId', '=', organisationId)
    .where('personId', '=', person.id)
    .execute()
}

const waitingFor = (trx: Transaction<DB>, organisationId: number, { id, person }: Session) =>
  trx
    .selectFrom('auth.authenticators')
    .select(['id', 'secret'])
    .where('organisationId', '=', organisationId)
    .where('personId', '=', person.id)
    .where('begunIn', '=', id)
    .where('verified', '=', false)

/** The secret that waits for its first code, for the session that made it; null when none does. */
export async function waitingAuthenticator(deps: Deps, { session, token }: Own): Promise<string | null> {
  const engine = deps.engines.at(deps.publicUrl())
  return inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, session)
    if (!(await waitingFor(trx, deps.organisationId, session).executeTakeFirst())) return null
    const headers = await sessionHeaders(engine, token)
    const { answer } = await prove(trx, deps, () => engine.api.getTOTPURI({ body: {}, headers }))
    return answer?.totpURI ?? null
  })
}

/** Answered once, when an authenticator begins to work. */
export interface Confirmed {
  readonly recoveryCodes: readonly string[]
  /** The session's new one. */
  readonly token: string
}

/** The first code makes it work, in the session that made its secret; all other sessions of this person end. */
export async function confirmAuthenticator(deps: Deps, own: Own, code: string): Promise<Confirmed> {
  const engine = deps.engines.at(deps.publicUrl())
  const { session, token } = own
  const confirmed = await inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, session)
    const waiting = await waitingFor(trx, deps.organisationId, session).forUpdate().executeTakeFirst()
    if (!waiting) return null
    const headers = await sessionHeaders(engine, token)
    const { refused } = await prove(trx, deps, () =>
      engine.api.verifyTOTP({ body: { code: code.replace(/\s/g, '') }, headers }),
    )
    if (refused || !(await claimStep(trx, deps.organisationId, engine, waiting, code.replace(/\s/g, ''))))
      return null
    const { answer } = await prove(trx, deps, () => engine.api.generateBackupCodes({ body: {}, headers }))
    const risen = await secondFactorShown(trx, deps.organisationId, session.id)
    await endSessions(trx, deps.organisationId, session.person.id, session.id)
    await recordChange(trx, deps, own, 'authenticator.add', 'second-factor-added')
    return { recoveryCodes: answer?.backupCodes ?? [], token: risen }
  })
  if (!confirmed) throw new DomainError('second-factor-wrong', { field: 'code' })
  return confirmed
}

/** Ten new ones; the old ones are worth nothing from then on, and all other sessions of this person end. */
export async function renewRecoveryCodes(deps: Deps, own: Own): Promise<readonly string[]> {
  const engine = deps.engines.at(deps.publicUrl())
  const { answer } = await inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, own.session)
    const headers = await sessionHeaders(engine, own.token)
    const renewed = await prove(trx, deps, () => engine.api.generateBackupCodes({ body: {}, headers }))
    if (renewed.refused) return renewed
    await endSessions(trx, deps.organisationId, own.session.person.id, own.session.id)
    await recordChange(trx, deps, own, 'recovery-codes.renew', 'second-factor-added')
    return renewed
  })
  if (!answer) throw new DomainError('not-found', { field: 'authenticator' })
  return answer.backupCodes
}

/** Never the last second factor of staff; all other sessions of this person end. */
export async function removeAuthenticator(deps: Deps, own: Own): Promise<void> {
  await inTransaction(deps.db, async trx => {
    await refuseUnlessFresh(trx, deps, own.session)
    await removeButNotTheLast(trx, deps, own.session, async () => {
      const removed = await removeOf(trx, deps.organisationId, own.session.person.id)
      if (!removed) throw new DomainError('not-found', { field: 'authenticator' })
    })
    await endSessions(trx, deps.organisationId, own.session.person.id, own.session.id)
    await recordChange(trx, deps, own, 'authenticator.remove', 'second-factor-removed')
  })
}

async function removeOf(trx: Transaction<DB>, organisationId: number, personId: string): Promise<boolean> {
  const removed = await trx
    .deleteFrom('auth.authenticators')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  await trx
    .updateTable('auth.persons')
    .set({ secondFactor: false })
    .where('organisationId', '=', organisationId)
    .where('id', '=', personId)
    .execute()
  return removed.numDeletedRows > 0n
}

/** Somebody who lost everything starts anew: for the command line, with a reason. */
export async function resetSecondFactors(
  trx: Transaction<DB>,
  organisationId: number,
  personId: string,
): Promise<void> {
  await removeOf(trx, organisationId, personId)
  await trx
    .deleteFrom('auth.passkeys')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .execute()
  await endSessions(trx, organisationId, personId)
}

/** Recorded, and told to the person: whoever did not do it has to know. */
export async function recordChange(
  trx: Transaction<DB>,
  deps: Deps,
  { session, actor }: Own,
  action: string,
  what: SignInChange,
): Promise<void> {
  await recordAct(trx, deps.organisationId, actor, {
    at: deps.clock.now(),
    action,
    subject: { kind: 'person', id: session.person.id },
  })
  await tellOfChange(trx, deps, session.person.id, what)
}
