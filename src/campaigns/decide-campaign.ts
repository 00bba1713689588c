/**
 * Staff approves a campaign, which founds its pool with exactly its terms, or refuses it with a reason that its starter reads.
 * Never somebody's own.
 */
import type { Transaction } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import { grantRole } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { currentBankAccount } from '../organisations/index.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { createPool, type Pool, poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { type Campaign, campaignById, lockCampaign } from './campaign.ts'
import { tellStarter } from './tell-starter.ts'

const PAYDAY_OF_MONTH = 25

export interface CampaignDecision {
  readonly campaignId: string
  readonly decision: 'approve' | 'refuse'
  /** Asked when it is refused. */
  readonly reason?: string | undefined
}

/** Throws `campaign-decided`, `own-campaign`, or `invalid-request` (without a reason, or when its last day has passed). */
export async function decideCampaign(
  deps: Deps,
  actor: PersonActor,
  { campaignId, decision, reason }: CampaignDecision,
): Promise<Campaign> {
  const { organisationId } = deps
  return inTransaction(deps.db, async trx => {
    const campaign = await lockCampaign(trx, organisationId, campaignId)
    if (campaign.state !== 'submitted') throw new DomainError('campaign-decided')
    if (campaign.starterId === actor.id) throw new DomainError('own-campaign')
    await (decision === 'approve'
      ? approve(trx, deps, actor, campaign)
      : refuse(trx, deps, actor, campaign, reason))
    return campaignById(trx, organisationId, campaignId)
  })
}

async function refuse(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  campaign: Campaign,
  because: string | undefined,
): Promise<void> {
  if (!because) throw new DomainError('invalid-request', { field: 'reason', reason: why })
  const now = deps.clock.now()
  await decided(trx, deps, campaign.id, { state: 'refused', because, decidedBy: actor.id, decidedAt: now })
  await recordAct(trx, deps.organisationId, actor, {
    at: now,
    action: 'campaign.refuse',
    subject: { kind: 'campaign', id: campaign.id },
    reason: because,
  })
  await tellStarter(trx, deps, campaign, { what: 'refused', because })
}

async function approve(
  trx: Transaction<DB>,
  deps: Deps,
  actor: PersonActor,
  campaign: Campaign,
): Promise<void> {
  const { organisationId, clock } = deps
  const now = clock.now()
  if (campaign.lastDay < localDate(now))
    throw new DomainError('invalid-request', { field: 'lastDay', reason: tooLate })
  const pool = await foundPoolOf(trx, deps, actor, campaign)
  await decided(trx, deps, campaign.id, {
    state: 'open',
    poolId: pool.id,
    decidedBy: actor.id,
    decidedAt: now,
  })
  const role = 'campaigner'
  const grant = { personId: campaign.starterId, role, poolId: pool.id, grantedBy: null } as const
  const grantId = await grantRole(trx, organisationId, grant)
  const subject = { kind: 'campaign', id: campaign.id }
  await recordAct(trx, organisationId, actor, {
    ...{ at: now, action: 'campaign.approve', subject },
    detail: { poolId: pool.id, grantId },
  })
  await tellStarter(trx, deps, campaign, { what: 'approved' })
}

/** Where gifts may have to go back whole, the costs bear what the provider takes: else there would be too little to give back. */
async function foundPoolOf(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  actor: PersonActor,
  campaign: Campaign,
): Promise<Pool> {
  const account = await currentBankAccount(trx, organisationId)
  if (!account) throw new DomainError('not-found', { field: 'bankAccount' })
  const { title, area, monthlyAmount, termMonths, currency, lastDay, ifUnreached, movesTo } = campaign
  if (movesTo) await poolById(trx, organisationId, movesTo)
  return createPool(trx, organisationId, actor, clock.now(), {
    ...{ slug: slugOf(campaign), name: title, kind: 'personal', area, currency, monthlyAmount, termMonths },
    ...{ paydayOfMonth: PAYDAY_OF_MONTH, bankAccountId: account.id, giftsUntil: lastDay },
    feeBearer: ifUnreached === 'refund' ? 'costs' : 'pool',
    givesBack: ifUnreached === 'refund',
  })
}

/** Its title, and the end of its id: two with the same title have two addresses. */
export function slugOf({ title, id }: Pick<Campaign, 'title' | 'id'>): string {
  const words = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '')
  return [words, id.slice(-6)].filter(Boolean).join('-')
}

type Decided = { decidedBy: string; decidedAt: Date } & (
  | { state: 'refused'; because: string }
  | { state: 'open'; poolId: string }
)

const decided = (trx: Transaction<DB>, { organisationId }: Deps, id: string, set: Decided) =>
  trx
    .updateTable('campaigns.campaigns')
    .set({ ...set, lookBy: null })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .execute()

const why = { nl: 'Schrijf waarom: de starter leest dit', en: 'Write why: the starter reads this' }
const tooLate = {
  nl: 'De laatste dag is voorbij: wijs de actie af, dan kan de starter een andere dag kiezen',
  en: 'The last day has passed: refuse it, so that the starter can choose another day',
}
