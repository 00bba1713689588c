/** Showing the second factor by an authenticator's code, or by a recovery code: each is good once. */
import { createOTP } from '@better-auth/utils/otp'
import { generateRandomString, symmetricDecrypt } from 'better-auth/crypto'
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../../acts/index.ts'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import type { Engine } from '../proof/engine.ts'
import { signedCookie } from '../proof/engines.ts'
import { type Proven, prove } from '../proof/proving.ts'
import type { Session } from '../sessions.ts'
import { countWrong, openDoor, secondsShut } from './door.ts'
import { mayTryHere } from './may-try-here.ts'
import { hashOfRecoveryCode, hashOldRecoveryCodes } from './recovery-codes.ts'
import { secondFactorShown } from './shown.ts'
import { tellOfChange } from './tell-of-change.ts'

const CHALLENGE_MINUTES = 10
const STEP_SECONDS = 30

/**
 * Answers the session's new token. Throws `second-factor-wrong`; `second-factor-shut` while the door of six digits is shut; and
 * `not-signed-in` when too many wrong ones ended the session.
 */
export async function showCode(
  deps: Deps,
  actor: PersonActor,
  session: Session,
  typed: string,
): Promise<string> {
  const code = typed.replace(/\s/g, '')
  const by = /^\d{6}$/.test(code) ? 'authenticator' : 'recovery-code'
  const { organisationId } = deps
  const shown = await inTransaction(deps.db, async (trx): Promise<Shown> => {
    // One guess at a time: what counts them and what makes a code good once must not be raced.
    const authenticator = await lockAuthenticator(trx, organisationId, session.person.id)
    if (!authenticator) return { refused: 'again' }
    const isShut = by === 'authenticator' && secondsShut(session, authenticator) > 0
    const shutFor = isShut && !(await mayTryHere(trx, deps, actor)) ? secondsShut(session, authenticator) : 0
    const isRight = shutFor === 0 && (await isGood(trx, deps, authenticator, { code, by }))
    await recordAct(trx, organisationId, actor, {
      at: deps.clock.now(),
      action: isRight ? 'second-factor.show' : 'second-factor.refuse',
      subject: { kind: 'person', id: session.person.id },
      detail: { by },
    })
    if (shutFor > 0) return { refused: 'shut', shutFor }
    if (isRight) return { token: await letIn(trx, deps, session, { isShut, by }) }
    if (by === 'recovery-code' || isShut) return { refused: 'again' }
    return { refused: await countWrong(trx, deps, { session, actor, door: authenticator }) }
  })
  if (shown.token !== undefined) return shown.token
  if (shown.refused === 'ended') throw new DomainError('not-signed-in')
  if (shown.shutFor !== undefined)
    throw new DomainError('second-factor-shut', { field: 'code', retryAfter: shown.shutFor })
  throw new DomainError('second-factor-wrong', { field: 'code' })
}

type Shown = { token: string } | { token?: undefined; refused: 'again' | 'shut' | 'ended'; shutFor?: number }

type By = 'authenticator' | 'recovery-code'

async function letIn(
  trx: Transaction<DB>,
  deps: Deps,
  session: Session,
  { isShut, by }: { isShut: boolean; by: By },
): Promise<string> {
  if (by === 'recovery-code') await tellOfChange(trx, deps, session.person.id, 'recovery-code-used')
  // A door that was passed while it was shut stays shut, for whoever shut it.
  const atDoor = session.secondFactorAt === null && !isShut
  if (by === 'recovery-code' || atDoor) await openDoor(trx, deps, session.person.id)
  return secondFactorShown(trx, deps.organisationId, session.id)
}

/** A right one is spent with it. */
async function isGood(
  trx: Transaction<DB>,
  deps: Deps,
  authenticator: Authenticator,
  { code, by }: { code: string; by: By },
): Promise<boolean> {
  const { organisationId } = deps
  const engine = deps.engines.at(deps.publicUrl())
  const { secretConfig: key } = await engine.$context
  if (by === 'recovery-code')
    await hashOldRecoveryCodes(trx, organisationId, authenticator, data => symmetricDecrypt({ key, data }))
  const { refused } = await challenge(trx, deps, engine, authenticator.personId, headers =>
    by === 'recovery-code'
      ? engine.api.verifyBackupCode({ body: { code: hashOfRecoveryCode(code) }, headers })
      : engine.api.verifyTOTP({ body: { code }, headers }),
  )
  if (refused) return false
  return by === 'recovery-code' || claimStep(trx, organisationId, engine, authenticator, code)
}

/** better-auth checks these where a sign-in is under way: so each guess is such a sign-in, of this person, which ends with it. */
async function challenge<T>(
  trx: Transaction<DB>,
  deps: Deps,
  engine: Engine,
  personId: string,
  call: (headers: Headers) => Promise<T>,
): Promise<Proven<T>> {
  return prove(trx, deps, async () => {
    const { internalAdapter, createAuthCookie, secret } = await engine.$context
    const identifier = `2fa-${generateRandomString(20)}`
    const expiresAt = new Date(Date.now() + CHALLENGE_MINUTES * 60_000)
    await internalAdapter.createVerificationValue({ identifier, value: personId, expiresAt })
    await internalAdapter.createVerificationValue({
      identifier: `2fa-attempts-${identifier}`,
      value: '0',
      expiresAt,
    })
    const cookie = await signedCookie(createAuthCookie('two_factor').name, identifier, secret)
    return call(new Headers({ cookie }))
  })
}

type Authenticator = NonNullable<Awaited<ReturnType<typeof lockAuthenticator>>>

async function lockAuthenticator(trx: Transaction<DB>, organisationId: number, personId: string) {
  return trx
    .selectFrom('auth.authenticators')
    .select(['id', 'personId', 'secret', 'recoveryCodes', 'failedAttempts', 'lockedUntil', 'timesShut'])
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .where('verified', '=', true)
    .forUpdate()
    .executeTakeFirst()
}

/** A code is good for a minute and a half, but only once: false when this one, or a later one, was used before. */
export async function claimStep(
  trx: Transaction<DB>,
  organisationId: number,
  engine: Engine,
  { id, secret }: { id: string; secret: string },
  code: string,
): Promise<boolean> {
  const otp = createOTP(await symmetricDecrypt({ key: (await engine.$context).secretConfig, data: secret }))
  const now = Math.floor(Date.now() / 1000 / STEP_SECONDS)
  for (const step of [now + 1, now, now - 1]) {
    if ((await otp.hotp(step)) !== code) continue
    const claimed = await trx
      .updateTable('auth.authenticators')
      .set({ lastStep: BigInt(step) })
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .where(eb => eb.or([eb('lastStep', 'is', null), eb('lastStep', '<', BigInt(step))]))
      .executeTakeFirst()
    return claimed.numUpdatedRows === 1n
  }
  return false
}
