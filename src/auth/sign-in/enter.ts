/** Coming in by the link or the code of one mail: either is good once, and with it the other is over. */
import type { Transaction } from 'kysely'
import { recordAct } from '../../acts/index.ts'
import type { DB } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { localDate } from '../../platform/calendar/index.ts'
import { sha256 } from '../../platform/id.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError, type RefusalCode } from '../../refusals.ts'
import { grantRole } from '../grants.ts'
import { isStaffRole } from '../permissions.ts'
import { normalEmail, type Person, personById, personIdOfEmail } from '../persons.ts'
import { type Proven, prove } from '../proof/proving.ts'
import { tellOfChange } from '../second-factor/tell-of-change.ts'
import { type Origin, startSession } from '../sessions.ts'
import type { Method } from '../tables.ts'
import { isNewPlace } from './is-new-place.ts'

export interface Entered {
  /** Shown once, for the cookie. */
  readonly token: string
  readonly person: Person
}

export async function signInByLink(deps: Deps, token: string, origin: Origin): Promise<Entered> {
  const { api } = deps.engines.at(deps.publicUrl())
  const way = { method: 'email', origin, refusal: 'sign-in-link-spent' } as const
  return enter(deps, way, trx =>
    prove(trx, deps, () => api.magicLinkVerify({ query: { token }, headers: new Headers() })),
  )
}

export async function signInByCode(
  deps: Deps,
  { email, code }: { email: string; code: string },
  origin: Origin,
): Promise<Entered> {
  const { api } = deps.engines.at(deps.publicUrl())
  const way = { method: 'email', origin, refusal: 'sign-in-code-wrong' } as const
  return enter(deps, way, async trx => {
    const proven = await prove(trx, deps, () =>
      api.signInEmailOTP({ body: { email: normalEmail(email), otp: code }, headers: new Headers() }),
    )
    if (proven.refused) await recordWrongCode(trx, deps, email, origin)
    return proven
  })
}

/**
 * An act, which names the person whose address it is, if it is anybody's. The same work either way: how long it takes must not
 * tell who is known here.
 */
async function recordWrongCode(
  trx: Transaction<DB>,
  { organisationId, vault, clock }: Deps,
  email: string,
  { requestId, place }: Origin,
): Promise<void> {
  const personId = await personIdOfEmail(trx, vault, organisationId, email)
  const actor = { kind: 'public', origin: requestId, place } as const
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'session.refuse',
    subject: personId
      ? { kind: 'person', id: personId }
      : { kind: 'organisation', id: String(organisationId) },
  })
}

interface Way {
  readonly method: Method
  readonly origin: Origin
  readonly refusal: RefusalCode
}

/** What was refused is committed too: a wrong guess counts. */
export async function enter(
  deps: Deps,
  { method, origin, refusal }: Way,
  proof: (trx: Transaction<DB>) => Promise<Proven<unknown>>,
): Promise<Entered> {
  const entered = await inTransaction(deps.db, async trx => {
    const proven = await proof(trx)
    if (proven.refused || proven.personId === null) return null
    const { personId } = proven
    await forgetMails(trx, deps, personId)
    await makeDonorOf(trx, deps, personId)
    const person = await personById(trx, deps.organisationId, localDate(deps.clock.now()), personId)
    if (!person) return null
    const isElsewhere =
      person.roles.some(isStaffRole) && (await isNewPlace(trx, deps, personId, origin.place))
    const token = await startSession(trx, deps, { personId, method, secondFactor: false, origin })
    if (isElsewhere) await tellOfChange(trx, deps, personId, 'new-place')
    return { token, person }
  })
  if (!entered) throw new DomainError(refusal, { field: refusal === 'sign-in-code-wrong' ? 'code' : 'token' })
  return entered
}

/** The links and the code that still wait in somebody's mail. */
async function forgetMails(trx: Transaction<DB>, { organisationId }: Deps, personId: string): Promise<void> {
  const person = await trx
    .selectFrom('auth.persons')
    .select('emailFingerprint')
    .where('organisationId', '=', organisationId)
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  if (!person.emailFingerprint) return
  await trx
    .deleteFrom('auth.verifications')
    .where('organisationId', '=', organisationId)
    .where('subjectFingerprint', '=', person.emailFingerprint)
    .execute()
}

/** Whoever comes in and has no role yet, gives: it is the one role that nobody has to be given. */
async function makeDonorOf(trx: Transaction<DB>, { organisationId }: Deps, personId: string): Promise<void> {
  const known = await trx
    .selectFrom('auth.grants')
    .select('id')
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (!known) await grantRole(trx, organisationId, { personId, role: 'donor', grantedBy: null })
}

/** To whom a link was sent, so that the page can say who would be signed in; null when it is spent or was never there. */
export async function addressOfLink(deps: Deps, token: string): Promise<string | null> {
  const { $context } = deps.engines.at(deps.publicUrl())
  const stored = sha256(token).toString('base64url')
  const { answer } = await inTransaction(deps.db, trx =>
    prove(trx, deps, async () => (await $context).internalAdapter.findVerificationValue(stored)),
  )
  if (!answer || answer.expiresAt < new Date()) return null
  const { email } = JSON.parse(answer.value) as { email?: unknown }
  return typeof email === 'string' ? email : null
}
