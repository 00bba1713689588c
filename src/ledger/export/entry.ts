/**
 * An entry as it leaves this service: everything about it that somebody else needs to check it, and nothing that only
 * means something in our database.
 */
import type { AccountKind } from '../chart.ts'
import type { Nature } from '../tables.ts'

/** Microseconds since 1970-01-01T00:00:00Z. Postgres keeps six decimals of a second, a `Date` only three. */
export type Microseconds = bigint

export interface JournalEntry {
  readonly organisationId: number
  readonly id: bigint
  readonly kind: string
  readonly nature: Nature
  readonly key: string
  /** The id of the entry that this one undoes. */
  readonly reverses: bigint | null
  readonly effectiveAt: Microseconds
  readonly recordedAt: Microseconds
  /** In their order within the entry. */
  readonly postings: readonly JournalPosting[]
}

export interface JournalPosting {
  readonly account: JournalAccount
  /** Minor units; debit positive, credit negative. So is the balance. */
  readonly amount: bigint
  /** How many postings the account had with this one, and what it then held. */
  readonly accountVersion: bigint
  readonly balanceAfter: bigint
}

/** Kind, subject and currency name an account within its organisation. */
export interface JournalAccount {
  readonly kind: AccountKind
  readonly side: 'debit' | 'credit' | 'either'
  readonly subject: string
  readonly poolId: string | null
  readonly currency: string
}

/** An account with its first posting's moment, and what it held at the end of what is exported. */
export interface UsedAccount extends JournalAccount {
  readonly firstRecordedAt: Microseconds
  readonly balance: bigint
}
