/** The rows of what waits to be sent, for kysely. */
import type { Generated } from 'kysely'
import type { Locale } from '../money/index.ts'

export interface MailTables {
  'mail.outbox': {
    organisationId: number
    id: string
    kind: string
    locale: Locale
    sealed: Buffer | null
    queuedAt: Date
    expiresAt: Date
    attempts: Generated<number>
    nextAttemptAt: Date
    sentAt: Date | null
    failedAt: Date | null
    error: string | null
  }
}
