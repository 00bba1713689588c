/**
 * How many mails somebody gets, and how many of them with a code: alike for an address that anybody here has and for one that
 * nobody has, so that no limit tells who is known.
 */
import type { Deps } from '../../deps.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { DomainError } from '../../refusals.ts'
import { normalEmail, personIdOfEmail } from '../persons.ts'
import { wasHereLately } from './is-new-place.ts'

export interface Allowed {
  /** Not when too many strangers asked: whoever asked sees the same page. */
  readonly letter: boolean
  /** Not after ten in a day: they could be guessed, the link cannot. */
  readonly code: boolean
}

/** `a+shop@b` is read where `a@b` is. */
export const mailboxOf = (email: string): string => normalEmail(email).replace(/\+[^@]*(?=@)/, '')

/** Throws `too-many-requests`. */
export async function countAsking(deps: Deps, email: string, place: string | undefined): Promise<Allowed> {
  const { db, limits, vault, organisationId } = deps
  const idOf = (text: string) => vault.fingerprint(text).toString('hex')
  const mailbox = idOf(`mailbox/${mailboxOf(email)}`)
  const personId = await personIdOfEmail(db, vault, organisationId, email)
  const counted = async (id: string) => {
    await limits.count('sign-in', 'address', id)
    await limits.count('sign-in', 'letters', id)
  }
  try {
    await counted(mailbox)
  } catch (error) {
    // Whoever asks in somebody's name, from elsewhere, must not keep them out: where they were lately has a count of its own.
    const isTheirs =
      isOver(error) && personId && place
        ? await inTransaction(db, trx => wasHereLately(trx, deps, personId, place))
        : false
    if (!isTheirs) throw error
    await counted(idOf(`mailbox/${mailboxOf(email)}/${place}`))
  }
  return {
    // The same work either way; a person's own count here is never reached.
    letter: await isWithin(limits.count('sign-in', 'total', personId ? mailbox : 'all')),
    code: await isWithin(limits.count('sign-in', 'codes', mailbox)),
  }
}

const isOver = (error: unknown) => error instanceof DomainError && error.code === 'too-many-requests'

async function isWithin(count: Promise<unknown>): Promise<boolean> {
  try {
    await count
    return true
  } catch (error) {
    if (isOver(error)) return false
    throw error
  }
}
