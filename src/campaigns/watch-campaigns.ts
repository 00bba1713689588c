/**
 * A job sees what became of campaigns: the goal is there, or the last day passed without it. What is pending may still fail,
 * so it neither reaches a goal nor lets a campaign end that it could reach.
 */
import type { Transaction } from 'kysely'
import { type Act, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { closePool, lockPool } from '../pools/index.ts'
import { type Campaign, campaigns, lockCampaign } from './campaign.ts'
import { type CampaignStanding, campaignStanding } from './standing.ts'
import { tellStarter } from './tell-starter.ts'

const AT_ONCE = 1_000

/** Answers how many changed. Safe to repeat. */
export async function watchCampaigns(deps: Deps): Promise<number> {
  const { db, organisationId } = deps
  let changed = 0
  for (const { id } of await campaigns(db, organisationId, { states: ['open', 'reached'], limit: AT_ONCE }))
    if (await inTransaction(db, trx => watchOne(trx, deps, id))) changed += 1
  return changed
}

async function watchOne(trx: Transaction<DB>, deps: Deps, id: string): Promise<boolean> {
  const { organisationId, clock } = deps
  const campaign = await lockCampaign(trx, organisationId, id)
  if (!campaign.poolId || (campaign.state !== 'open' && campaign.state !== 'reached')) return false
  const pool = await lockPool(trx, organisationId, campaign.poolId)
  const standing = await campaignStanding(trx, organisationId, campaign)
  const isOver = campaign.lastDay < localDate(clock.now()) || pool.state === 'closed'
  const next = stepOf(campaign, standing, isOver)
  if (!next) return false
  await takeStep(trx, deps, campaign, { next, raised: standing.raised, isClosed: pool.state === 'closed' })
  return true
}

type Next = 'reached' | 'ended' | 'closed'

function stepOf(
  { state }: Campaign,
  { goal, raised, pending, spent }: CampaignStanding,
  isOver: boolean,
): Next | null {
  const isThere = raised - pending >= goal || spent > 0n
  if (state === 'open' && isThere) return 'reached'
  if (!isOver) return null
  if (isThere) return 'closed'
  return raised < goal ? 'ended' : null // what is pending decides
}

async function takeStep(
  trx: Transaction<DB>,
  deps: Deps,
  campaign: Campaign,
  { next, raised, isClosed }: { readonly next: Next; readonly raised: bigint; readonly isClosed: boolean },
): Promise<void> {
  const { organisationId, clock } = deps
  const at = clock.now()
  const system = { kind: 'system' } as const
  // First the pool: a campaign whose pool takes no gifts any more may end.
  if (next === 'ended' && !isClosed)
    await closePool(trx, organisationId, system, at, {
      poolId: campaign.poolId ?? '',
      reason: 'Niet gehaald',
    })
  await trx
    .updateTable('campaigns.campaigns')
    .set({
      state: next,
      ...(next === 'reached' ? { reachedAt: campaign.reachedAt ?? at } : {}),
      ...(next === 'ended' ? { endedAt: at, raised } : {}),
    })
    .where('organisationId', '=', organisationId)
    .where('id', '=', campaign.id)
    .execute()
  const act: Act = {
    at,
    action: next === 'reached' ? 'campaign.reach' : next === 'ended' ? 'campaign.end' : 'campaign.close',
    subject: { kind: 'campaign', id: campaign.id },
    detail: { raised: raised.toString() },
  }
  await recordAct(trx, organisationId, system, act)
  if (next === 'reached') await tellStarter(trx, deps, campaign, { what: 'reached' })
  if (next === 'ended')
    await tellStarter(trx, deps, campaign, { what: 'ended', choice: campaign.ifUnreached })
}
