/** What use cases are given: the composition root (compose.ts) makes one of these, tests make their own. */
import type { Kysely, Transaction } from 'kysely'
import type { Engines } from './auth/index.ts'
import type { DB } from './database.ts'
import type { PaymentProvider } from './donations/provider.ts'
import type { MailTransport } from './mail/transport.ts'
import type { ProviderKeys } from './organisations/index.ts'
import type { Clock } from './platform/clock.ts'
import type { RateLimits } from './platform/rate-limits/index.ts'
import type { Vault } from './platform/vault.ts'

export interface Deps {
  readonly db: Kysely<DB>
  readonly clock: Clock
  readonly vault: Vault
  /** Counts attempts; throws `too-many-requests`. */
  readonly limits: RateLimits
  readonly mode: 'demonstration' | 'real'
  readonly organisationId: number
  /** Proves who somebody is. */
  readonly engines: Engines
  readonly provider: PaymentProvider
  readonly providerName: 'stripe' | 'simulated'
  /** While these are not accepted, payments are on hold. */
  readonly providerKeys: ProviderKeys
  /** Hands a payment file to the bank; undefined where a person uploads it. */
  readonly bankRail: BankRail | undefined
  /** Takes letters away; undefined in the demonstration, where they stay in the outbox and are shown. */
  readonly mail: MailTransport | undefined
  /** The address that people and providers reach us at, without a trailing slash. */
  readonly publicUrl: () => string
}

export interface BankRail {
  /** Takes the file once, by its message id; throws `DomainError('bank-refused')`. */
  handOver(trx: Transaction<DB>, file: string, now: Date): Promise<void>
}
