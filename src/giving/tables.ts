/** Goals that pools reached, and annual overviews. */
import type { OverviewContent } from './overview.ts'

export interface GivingTables {
  'giving.goals': {
    organisationId: number
    poolId: string
    number: number
    reachedAt: Date
    toldUntil: string | null
    toldAt: Date | null
  }
  'giving.overviews': {
    organisationId: number
    donorId: string
    year: number
    content: OverviewContent
    madeAt: Date
  }
}
