/**
 * Every refusal the product knows, with its HTTP status and its words in both languages: the one place where a
 * code becomes an RFC 9457 problem. A code that is missing here does not compile.
 */
import type { Locale } from './money/index.ts'
import { ofChanges } from './refusals/changes.ts'
import { ofDonors } from './refusals/donors.ts'
import { ofMoney } from './refusals/money.ts'
import { ofPeople } from './refusals/people.ts'
import type { Refusal } from './refusals/refusal.ts'
import { ofRequests } from './refusals/requests.ts'
import { ofSignIn } from './refusals/sign-in.ts'
import { ofWishes } from './refusals/wishes.ts'

const table = { ...ofRequests, ...ofSignIn, ...ofPeople, ...ofChanges, ...ofMoney, ...ofWishes, ...ofDonors }

export type RefusalCode = keyof typeof table
export const refusals: Readonly<Record<RefusalCode, Refusal>> = table

/** The same in any language, or in each. */
type Words = string | Readonly<Record<Locale, string>>

export interface RefusalDetails {
  /** JSON pointer-like name of the input that is wrong: `amount`, `iban`. */
  readonly field?: string
  /** What is wrong with it or why, in plain words of the reader's language where that is known. */
  readonly reason?: Words
  /** Several fields at once. */
  readonly errors?: readonly { readonly field: string; readonly reason: Words }[]
  /** The amount that is missing, in minor units. */
  readonly missing?: bigint
  readonly currency?: string
  /** Seconds to wait before it makes sense to ask again. */
  readonly retryAfter?: number
}

/** Thrown by use cases: the transaction rolls back, the edge turns it into a problem. */
export class DomainError extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(`${code}${details.field ? ` (${details.field})` : ''}`)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}
