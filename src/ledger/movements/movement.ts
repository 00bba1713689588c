/** The shape of a movement and the few words that build one. */
import type { AccountReference } from '../chart.ts'
import type { Nature } from '../tables.ts'

export interface Movement {
  /** Which movement it is: the name of its function in kebab-case. */
  readonly kind: string
  readonly nature: Nature
  /** Idempotency key, unique within the organisation: the opaque id of what happened, `:step` behind it. */
  readonly key: string
  readonly effectiveAt: Date
  readonly currency: string
  /** The entry that this one reverses. */
  readonly reverses?: bigint
  readonly postings: readonly MovementPosting[]
}

export interface MovementPosting {
  readonly account: AccountReference
  /** Minor units; debit positive, credit negative. */
  readonly amount: bigint
}

/** What every movement says about itself. */
export interface Occasion {
  readonly at: Date
  readonly currency: string
}

export const debit = (account: AccountReference, amount: bigint): MovementPosting => ({ account, amount })
export const credit = (account: AccountReference, amount: bigint): MovementPosting => ({
  account,
  amount: -amount,
})

export function fact(
  kind: string,
  key: string,
  occasion: Occasion,
  postings: readonly MovementPosting[],
): Movement {
  return movement('fact', kind, key, occasion, postings)
}
export function decision(
  kind: string,
  key: string,
  occasion: Occasion,
  postings: readonly MovementPosting[],
): Movement {
  return movement('decision', kind, key, occasion, postings)
}

function movement(
  nature: Nature,
  kind: string,
  key: string,
  { at, currency }: Occasion,
  postings: readonly MovementPosting[],
): Movement {
  return {
    kind,
    nature,
    key,
    effectiveAt: at,
    currency,
    postings: postings.filter(posting => posting.amount !== 0n),
  }
}
