/** Lets a recipient sign in with an e-mail address, from enrolling on or later; another address takes its place. */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import { linkRecipient, lockPersonOfEmail, recordingTaken, unlinkRecipient } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate, monthOf } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { lockPool } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { enrolmentById } from './enrolment.ts'

export interface SignInOf {
  readonly enrolmentId: string
  readonly email: string
  readonly locale?: 'nl' | 'en' | undefined
  readonly reason: string
}

/** Throws `not-found`, `email-taken`, `not-yourself`. */
export async function giveSignIn(deps: Deps, actor: PersonActor, input: SignInOf): Promise<void> {
  const subject = { kind: 'enrolment', id: input.enrolmentId }
  await recordingTaken(deps, actor, subject, () =>
    inTransaction(deps.db, async trx => {
      const { poolId } = await enrolmentById(trx, deps.organisationId, input.enrolmentId)
      // One at a time: two addresses at once would both find that there is none yet.
      await lockPool(trx, deps.organisationId, poolId)
      await giveSignInWithin(trx, deps, actor, { ...input, poolId })
    }),
  )
}

/** As part of enrolling. */
export async function giveSignInWithin(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  { enrolmentId, poolId, email, locale, reason }: SignInOf & { readonly poolId: string },
): Promise<void> {
  const { organisationId, vault, clock } = deps
  const known = await lockPersonOfEmail(trx, vault, organisationId, email)
  if (known?.id === actor.id) throw new DomainError('not-yourself', { field: 'email' })
  if (known?.enrolmentId === enrolmentId) return // as it is already
  if (known?.enrolmentId) await refuseRunning(trx, deps, known.enrolmentId)
  await unlinkRecipient(trx, deps, enrolmentId, actor.id)
  await linkRecipient(trx, deps, {
    personId: known?.id ?? null,
    enrolmentId,
    poolId,
    email,
    locale,
    givenBy: actor.id,
  })
  await recordAct(trx, organisationId, actor, {
    at: clock.now(),
    action: 'enrolment.give-sign-in',
    subject: { kind: 'enrolment', id: enrolmentId },
    reason,
  })
}

/** One address, one running term: whoever signs in sees one page, and it is theirs. */
async function refuseRunning(trx: Transaction<DB>, deps: Deps, enrolmentId: string): Promise<void> {
  const { lastMonth } = await enrolmentById(trx, deps.organisationId, enrolmentId)
  if (lastMonth >= monthOf(localDate(deps.clock.now()))) {
    throw new DomainError('email-taken', { field: 'email' })
  }
}
