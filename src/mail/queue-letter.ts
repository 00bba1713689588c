/** Queues a letter in the transaction of what it is about: both are there, or neither is. */
import type { Transaction } from 'kysely'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { Locale } from '../money/index.ts'
import { newId } from '../platform/id.ts'
import { requirePlainAddress } from './address.ts'
import { type Letter, plainLetter } from './letter.ts'
import { lifetimeMinutes, seal } from './outbox.ts'

export interface NewLetter {
  /** One plain address. */
  readonly to: string
  readonly locale: Locale
  /** 'sign-in', 'invitation', …: words with hyphens. A letter of kind 'sign-in' is worth nothing after 15 minutes. */
  readonly kind: string
  readonly letter: Letter
}

/**
 * Answers the letter's id. Address and words are sealed until it is sent, and removed afterwards. Refuses with
 * `invalid-request` (field `email`) what is not one plain address. It is sent within a minute, or at once after
 * `requestJob('send-mail')`: ask for that after the transaction.
 */
export async function queueLetter(
  trx: Transaction<DB>,
  deps: Pick<Deps, 'vault' | 'organisationId' | 'clock'>,
  { to, locale, kind, letter }: NewLetter,
): Promise<string> {
  const { organisationId, vault } = deps
  const content = { to: requirePlainAddress(to), letter: plainLetter(letter) }
  const id = newId()
  const now = deps.clock.now()
  await trx
    .insertInto('mail.outbox')
    .values({
      organisationId,
      id,
      kind,
      locale,
      sealed: seal(vault, { organisationId, id }, content),
      queuedAt: now,
      expiresAt: new Date(now.getTime() + lifetimeMinutes(kind) * 60_000),
      nextAttemptAt: now,
    })
    .execute()
  return id
}
