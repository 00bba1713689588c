/** How far a campaign is, by the ledger alone. */
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../database.ts'
import { paidOut } from '../disbursements/index.ts'
import { inTotal, poolTotals } from '../ledger/index.ts'
import type { Campaign } from './campaign.ts'
import { goalOf } from './terms.ts'

export interface CampaignStanding {
  readonly goal: bigint
  /** All that came in and is still there, on its way, or paid to the recipient. */
  readonly raised: bigint
  /** Of that, what the provider has not settled yet: it can still fail. */
  readonly pending: bigint
  /** Of the goal, whole parts of a thousand; never above. */
  readonly perMille: number
  /** Set aside for, or paid to, the recipient. */
  readonly spent: bigint
}

export async function campaignStanding(
  db: Kysely<DB> | Transaction<DB>,
  organisationId: number,
  campaign: Pick<Campaign, 'poolId' | 'monthlyAmount' | 'termMonths'>,
): Promise<CampaignStanding> {
  const goal = goalOf(campaign)
  if (!campaign.poolId) return { goal, raised: 0n, pending: 0n, perMille: 0, spent: 0n }
  const totals = await poolTotals(db, organisationId, campaign.poolId)
  const { funds, promised, shortfall } = inTotal(totals)
  const spent = promised + (await paidOut(db, organisationId, campaign.poolId))
  const all = funds + spent - shortfall - totals['fund-disputed']
  const raised = all > 0n ? all : 0n
  const share = (raised * 1000n) / goal
  return {
    ...{ goal, raised, spent, pending: totals['fund-pending'] },
    perMille: Number(share > 1000n ? 1000n : share),
  }
}
