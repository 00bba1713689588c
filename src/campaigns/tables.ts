/** Campaigns, their stories and updates, and what two people decide when the goal is not reached. */
import type { Generated } from 'kysely'
import type { Currency, Locale } from '../money/index.ts'

/**
 * draft: only its starter sees it. submitted: waits for staff. refused: the starter reads why, and may change it. open: takes
 * gifts. reached: the goal is there. ended: the last day passed without the goal, and what was chosen waits for two people.
 * closed: all is done.
 */
export const campaignStates = ['draft', 'submitted', 'refused', 'open', 'reached', 'ended', 'closed'] as const
export type CampaignState = (typeof campaignStates)[number]

/** What happens with the money when the goal is not reached: it moves to a community pool, or goes back to who gave. */
export const choices = ['moves', 'refund'] as const
export type IfUnreached = (typeof choices)[number]
export type ForWhom = 'self' | 'other'

export interface CampaignTables {
  'campaigns.campaigns': {
    organisationId: number
    id: string
    starterId: string
    locale: Locale
    title: string
    area: string
    forWhom: ForWhom
    otherAgreed: boolean
    monthlyAmount: bigint
    termMonths: number
    currency: Currency
    /** YYYY-MM-DD. */
    lastDay: string
    ifUnreached: IfUnreached
    movesTo: string | null
    state: Generated<CampaignState>
    startedAt: Date
    /** YYYY-MM-DD. */
    lookBy: Generated<string | null>
    decidedBy: Generated<string | null>
    decidedAt: Generated<Date | null>
    because: Generated<string | null>
    poolId: Generated<string | null>
    reachedAt: Generated<Date | null>
    endedAt: Generated<Date | null>
    raised: Generated<bigint | null>
  }
  'campaigns.stories': {
    organisationId: number
    campaignId: string
    organiser: string
    story: string
    picture: Buffer | null
    pictureAlt: string | null
  }
  'campaigns.updates': {
    organisationId: number
    id: string
    campaignId: string
    words: string | null
    writtenBy: string
    writtenAt: Date
    removedBy: Generated<string | null>
    removedAt: Generated<Date | null>
    removedBecause: Generated<string | null>
  }
  'campaigns.reviews': {
    organisationId: number
    campaignId: string
    reviewedBy: string
    reviewedAt: Date
    reason: string
  }
  'campaigns.outcomes': {
    organisationId: number
    id: string
    campaignId: string
    decidedBy: string
    decidedAt: Date
    recordedAt: Generated<Date>
    approvedBy: Generated<string | null>
    approvedAt: Generated<Date | null>
    doneAt: Generated<Date | null>
    withdrawnBy: Generated<string | null>
    withdrawnAt: Generated<Date | null>
  }
  'campaigns.moves': {
    organisationId: number
    outcomeId: string
    position: number
    amount: bigint
    movedAt: Date
  }
}
