/** Wishes, who agreed and what was reported. Words are read under the role for personal data alone. */
import type { Generated } from 'kysely'
import type { Locale } from '../money/index.ts'

/**
 * waiting: for staff. shown: everybody reads it. hidden: after reports or by staff, until staff decides. refused: never
 * shown, or not any more. taken-away: by whoever wrote it; its words are gone.
 */
export type WishState = 'waiting' | 'shown' | 'hidden' | 'refused' | 'taken-away'

/** Why a wish is reported, hidden or refused: one short list for everybody. */
export const wishReasons = ['personal-data', 'hurtful', 'advertising', 'not-a-wish'] as const
export type WishReason = (typeof wishReasons)[number]

export interface WishTables {
  'wishes.wishes': {
    organisationId: number
    id: string
    poolId: string | null
    locale: Locale
    text: string | null
    nickname: string | null
    withdrawalTokenSha256: Buffer
    state: Generated<WishState>
    because: WishReason | 'reported' | null
    agreements: Generated<number>
    writtenAt: Date
    /** YYYY-MM-DD. */
    lookBy: string | null
    decidedBy: string | null
    decidedAt: Date | null
  }
  'wishes.agreements': { organisationId: number; wishId: string; place: Buffer; agreedAt: Date }
  'wishes.reports': {
    organisationId: number
    wishId: string
    place: Buffer
    reason: WishReason
    words: string | null
    reportedAt: Date
    lookedAt: Date | null
  }
}
