/** Who follows what, and the news that is written for them. */
import type { Locale } from '../money/index.ts'

export interface RetentionTables {
  'retention.follows': {
    organisationId: number
    donorId: string
    /** Null: the organisation's newsletter. */
    poolId: string | null
    since: Date
  }
  'retention.news': {
    organisationId: number
    id: string
    poolId: string | null
    locale: Locale
    title: string
    words: string
    writtenBy: string
    publishedAt: Date
    removedBy: string | null
    removedAt: Date | null
  }
  /** Of what all who should were told. */
  'retention.told': { organisationId: number; about: string; toldAt: Date }
}
