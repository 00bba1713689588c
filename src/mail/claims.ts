/**
 * Whose turn a letter is. Claiming moves its next attempt ahead, past the longest that a delivery may take, so that no two
 * senders have the same letter, and a sender that died gives it back by itself.
 */
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { waitMinutes } from './outbox.ts'

type Parts = Pick<Deps, 'db' | 'clock' | 'organisationId'>

/** A delivery is broken off before the claim on it ends. */
export const DELIVERY_MS = 60_000
const CLAIM_MINUTES = 2

export interface Claimed {
  readonly id: string
  readonly locale: Locale
  readonly sealed: Buffer
  readonly queuedAt: Date
  /** This one included; also says whose claim it is. */
  readonly attempts: number
}

const after = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000)

/** The letter that waits longest, now the caller's; undefined when none is due. */
export async function claimNext({ db, clock, organisationId }: Parts): Promise<Claimed | undefined> {
  const now = clock.now()
  return inTransaction(db, async trx => {
    const due = await trx
      .selectFrom('mail.outbox')
      .select(['id', 'locale', 'sealed', 'queuedAt', 'attempts'])
      .where('organisationId', '=', organisationId)
      .where('sealed', 'is not', null)
      .where('nextAttemptAt', '<=', now)
      .where('expiresAt', '>', now)
      .orderBy('nextAttemptAt')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!due?.sealed) return undefined
    const attempts = due.attempts + 1
    await trx
      .updateTable('mail.outbox')
      .set({ attempts, nextAttemptAt: after(now, Math.max(CLAIM_MINUTES, waitMinutes(attempts))) })
      .where('organisationId', '=', organisationId)
      .where('id', '=', due.id)
      .execute()
    return { ...due, sealed: due.sealed, attempts }
  })
}

/** What nobody holds and is too old goes unsent; answers how many. */
export async function dropExpired({ db, clock, organisationId }: Parts): Promise<number> {
  const now = clock.now()
  const { numUpdatedRows } = await db
    .updateTable('mail.outbox')
    .set({ sealed: null, failedAt: now, error: 'expired' })
    .where('organisationId', '=', organisationId)
    .where('sealed', 'is not', null)
    .where('nextAttemptAt', '<=', now)
    .where('expiresAt', '<=', now)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Only of whoever still has the claim; anybody else's word comes too late. */
const own = ({ db, organisationId }: Parts, { id, attempts }: Claimed) =>
  db
    .updateTable('mail.outbox')
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('sealed', 'is not', null)

/** The server took it: its address and words go, whoever has the claim by now. */
export async function markSent(parts: Parts, { id }: Claimed): Promise<void> {
  await parts.db
    .updateTable('mail.outbox')
    .set({ sealed: null, sentAt: parts.clock.now(), error: null })
    .where('organisationId', '=', parts.organisationId)
    .where('id', '=', id)
    .where('sealed', 'is not', null)
    .execute()
}

export async function markFailed(parts: Parts, claimed: Claimed, error: string): Promise<void> {
  await own(parts, claimed).set({ sealed: null, failedAt: parts.clock.now(), error }).execute()
}

export async function tryLater(parts: Parts, claimed: Claimed, error: string): Promise<void> {
  const nextAttemptAt = after(parts.clock.now(), waitMinutes(claimed.attempts))
  await own(parts, claimed).set({ nextAttemptAt, error }).execute()
}
