// Campaigns for the deep paths: drafts, some that wait, some that run with an update, and one that ended without its goal.

import { randomUUID } from 'node:crypto'
import {
  decideCampaign,
  decideOutcome,
  startCampaign,
  submitCampaign,
  watchCampaigns,
  writeUpdate,
} from '../../src/campaigns/index.ts'
import type { Deps } from '../../src/deps.ts'
import { addDays, localDate } from '../../src/platform/calendar/index.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { closePool } from '../../src/pools/index.ts'

type Person = { readonly kind: 'person'; readonly id: string }

export interface Cast {
  readonly starter: Person
  readonly operator: Person
  /** For whoever starts it, instead of for somebody else. */
  readonly forOneself?: boolean
  /** What stands in all that is told. */
  readonly mark?: string
}

const key = () => ({ idempotencyKey: randomUUID() })

export async function campaignAt(
  deps: Deps,
  { starter, operator, forOneself = false, mark = 'Een jaar rust' }: Cast,
  at: 'draft' | 'submitted' | 'open' | 'ended',
): Promise<string> {
  const campaignId = await startCampaign(deps, starter, {
    ...{ locale: 'nl', ...key() },
    terms: {
      ...{ title: `${mark} erbij`, organiser: mark, area: mark, story: `${mark}. `.repeat(20).slice(0, 900) },
      ...{
        forWhom: forOneself ? 'self' : 'other',
        otherAgreed: !forOneself,
        monthlyAmount: 100_000n,
        termMonths: 12,
      },
      ...{ lastDay: addDays(localDate(deps.clock.now()), 300), ifUnreached: 'refund', movesTo: undefined },
    },
  })
  if (at === 'draft') return campaignId
  await submitCampaign(deps, starter, campaignId)
  if (at === 'submitted') return campaignId
  const { poolId } = await decideCampaign(deps, operator, { campaignId, decision: 'approve' })
  await writeUpdate(deps, starter, { campaignId, words: `${mark}: dank aan iedereen`, ...key() })
  if (at === 'open' || !poolId) return campaignId
  await inTransaction(deps.db, trx =>
    closePool(trx, deps.organisationId, { kind: 'system' }, deps.clock.now(), { poolId, reason: 'Voorbij' }),
  )
  await watchCampaigns(deps)
  await decideOutcome(deps, operator, { campaignId, reason: 'Zoals beloofd', ...key() })
  return campaignId
}
