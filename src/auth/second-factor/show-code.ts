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
import { type Session, secondFactorShown } from '../sessions.ts'
import { tellOfChange } from './tell-of-change.ts'

const CHALLENGE_MINUTES = 10
const STEP_SECONDS = 30
/** How long better-auth locks an account after ten wrong guesses. */
const LOCK_SECONDS = 900

/** Throws `second-factor-wrong`, or `too-many-requests` after ten wrong ones: then a quarter of an hour has to pass. */
export async function showCode(
  deps: Deps,
  actor: PersonActor,
  session: Session,
  typed: string,
): Promise<{ recoveryCode: boolean }> {
  const code = typed.replace(/\s/g, '')
  const recoveryCode = !/^\d{6}$/.test(code)
  const engine = deps.engines.at(deps.publicUrl())
  const { person } = session
  const refused = await inTransaction(deps.db, async trx => {
    // One guess at a time: what counts them and what makes a code good once must not be raced.
    const authenticator = await lockAuthenticator(trx, deps.organisationId, person.id)
    if (!authenticator) return 'NONE'
    const proven = await challenge(trx, deps, engine, person.id, headers =>
      recoveryCode
        ? engine.api.verifyBackupCode({ body: { code }, headers })
        : engine.api.verifyTOTP({ body: { code }, headers }),
    )
    const isNew =
      proven.refused ||
      recoveryCode ||
      (await claimStep(trx, deps.organisationId, engine, authenticator, code))
    const failed = proven.refused?.code ?? (isNew ? null : 'CODE_USED')
    if (!failed) await secondFactorShown(trx, deps.organisationId, session.id)
    if (!failed && recoveryCode) await tellOfChange(trx, deps, person.id, 'recovery-code-used')
    await recordAct(trx, deps.organisationId, actor, {
      at: deps.clock.now(),
      action: failed ? 'second-factor.refuse' : 'second-factor.show',
      subject: { kind: 'person', id: person.id },
      detail: { by: recoveryCode ? 'recovery-code' : 'authenticator' },
    })
    return failed
  })
  if (refused === 'ACCOUNT_TEMPORARILY_LOCKED')
    throw new DomainError('too-many-requests', { field: 'code', retryAfter: LOCK_SECONDS })
  if (refused) throw new DomainError('second-factor-wrong', { field: 'code' })
  return { recoveryCode }
}

/**
 * better-auth counts wrong guesses and locks only where a sign-in is under way, not within a session: so each guess is
 * such a sign-in, of this person, which ends with it.
 */
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

async function lockAuthenticator(trx: Transaction<DB>, organisationId: number, personId: string) {
  return trx
    .selectFrom('auth.authenticators')
    .select(['id', 'secret'])
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
