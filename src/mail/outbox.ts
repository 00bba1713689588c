/** What a waiting letter holds, how long it is worth sending, and when it is tried again. */
import type { Vault } from '../platform/vault.ts'
import type { Letter } from './letter.ts'

/** What is sealed of a letter: to whom, and its words. */
export interface Content {
  readonly to: string
  readonly letter: Letter
}

interface Which {
  readonly organisationId: number
  readonly id: string
}

const contextOf = ({ organisationId, id }: Which) => `mail.outbox/${organisationId}/${id}`

export const seal = (vault: Vault, which: Which, content: Content): Buffer =>
  vault.encrypt(JSON.stringify(content), contextOf(which))

/** Throws when it was altered, or its key is gone. */
export const unseal = (vault: Vault, which: Which, sealed: Buffer): Content =>
  JSON.parse(vault.decrypt(sealed, contextOf(which)).toString()) as Content

const SIGN_IN_MINUTES = 15
const DAY_MINUTES = 24 * 60
const ORDINARY_MINUTES = 30 * DAY_MINUTES

/** A link to sign in is of no use later; anything else waits for as long as a mail server could be away. */
export const lifetimeMinutes = (kind: string): number =>
  kind === 'sign-in' ? SIGN_IN_MINUTES : ORDINARY_MINUTES

/** After so many attempts, so many minutes: 1, 2, 4 … and never more than a day. */
export const waitMinutes = (attempts: number): number => Math.min(2 ** Math.max(0, attempts - 1), DAY_MINUTES)
