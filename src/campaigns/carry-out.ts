/**
 * Does what was chosen at the start, once two people agreed: money moves on to the named pool, or every gift goes back. Each
 * amount is a step of its own under a key of its own, so that a crash leaves what was done done and the next run does the rest.
 */
import { sql, type Transaction } from 'kysely'
import { recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { approveRefund, decideRefund, giftsToGiveBack } from '../donations/index.ts'
import { movements, poolTotals, post } from '../ledger/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { lockPool } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { type Campaign, campaignById, lockCampaign } from './campaign.ts'
import { lockOutcome, type Outcome, outcomeState, outcomesToDo } from './outcome.ts'

const GIFTS_A_RUN = 500

/** Answers how many outcomes were done in full. Safe to repeat, and to run twice at once. */
export async function carryOut(deps: Deps): Promise<number> {
  let done = 0
  for (const outcome of await outcomesToDo(deps.db, deps.organisationId)) {
    const campaign = await campaignById(deps.db, deps.organisationId, outcome.campaignId)
    if (campaign.ifUnreached === 'refund') await giveBack(deps, outcome, campaign)
    if (await inTransaction(deps.db, trx => finish(trx, deps, outcome.id))) done += 1
  }
  return done
}

/** Whether both still hold the roles with which they agreed: the refund flow asks it for each gift. */
export async function mayStillAct(
  db: Deps['db'],
  organisationId: number,
  outcomeId: string,
): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select campaigns.may_still_act(${organisationId}, ${outcomeId}) as may`.execute(db)
  return rows[0]?.may ?? false
}

/** In the name of the two who agreed: a refund for each gift, decided and approved as every refund is. */
async function giveBack(deps: Deps, outcome: Outcome, { poolId }: Campaign): Promise<void> {
  const { db, organisationId } = deps
  if (!poolId || !outcome.approvedBy || !(await mayStillAct(db, organisationId, outcome.id))) return
  const [decider, approver] = [outcome.decidedBy, outcome.approvedBy].map(
    id => ({ kind: 'person', id }) as const,
  )
  if (!decider || !approver) return
  for (const { donationId, left } of await giftsToGiveBack(db, organisationId, poolId, GIFTS_A_RUN)) {
    const step = { idempotencyKey: keyOf(outcome.id, donationId), reason: REASON }
    try {
      const { id } = await decideRefund(deps, decider, { donationId, amount: left, ...step })
      await approveRefund(deps, approver, { refundId: id, ...step })
    } catch (error) {
      // Too little at this moment, or somebody else is at this gift: it is left for the next run, and staff sees it.
      if (!(error instanceof DomainError)) throw error
    }
  }
  await approveWaiting(deps, outcome, poolId)
}

/** With spaces: no request can send such a key, so nothing that somebody else decided passes for a step of this outcome. */
const keyOf = (outcomeId: string, donationId: string): string => `outcome ${outcomeId} ${donationId}`

const REASON = 'Inzamelactie niet gehaald'

/** A crash between deciding and approving left a refund decided: nothing is left of its gift, so the list above is without it. */
async function approveWaiting(
  deps: Deps,
  { id, decidedBy, approvedBy }: Outcome,
  poolId: string,
): Promise<void> {
  const { db, organisationId } = deps
  if (!approvedBy) return
  const { rows } = await sql<{ refundId: string; donationId: string }>`
    select r.id as refund_id, r.donation_id from donations.refunds r
      join platform.idempotency_keys k on k.organisation_id = r.organisation_id and k.operation = 'decide-refund'
       and k.key = 'outcome ' || ${id} || ' ' || r.donation_id::text and k.resource_id = r.id
     where r.organisation_id = ${organisationId} and r.pool_id = ${poolId} and r.decided_by = ${decidedBy}
       and r.approved_at is null and r.withdrawn_at is null`.execute(db)
  for (const { refundId, donationId } of rows) {
    const step = { refundId, reason: REASON, idempotencyKey: keyOf(id, donationId) }
    // One that is refused holds up no other: staff sees it, and the next run tries again.
    await approveRefund(deps, { kind: 'person', id: approvedBy }, step).catch(error => {
      if (!(error instanceof DomainError)) throw error
    })
  }
}

/** Moves what there is, where that was chosen; done when nothing is on its way and nothing is left to do. */
async function finish(trx: Transaction<DB>, deps: Deps, outcomeId: string): Promise<boolean> {
  const { organisationId, clock } = deps
  const { campaignId } = await lockOutcome(trx, organisationId, outcomeId)
  const campaign = await lockCampaign(trx, organisationId, campaignId)
  const outcome = await lockOutcome(trx, organisationId, outcomeId)
  if (outcomeState(outcome) !== 'approved' || !campaign.poolId) return false
  // Everywhere in the same order, so that two of them never wait for each other.
  for (const id of [campaign.poolId, campaign.movesTo ?? campaign.poolId].sort())
    await lockPool(trx, organisationId, id)
  const totals = await poolTotals(trx, organisationId, campaign.poolId)
  if (campaign.movesTo && totals['fund-available'] > 0n)
    await moveOn(trx, deps, { outcomeId, campaign, amount: totals['fund-available'] })
  const left =
    campaign.ifUnreached === 'refund' ? await giftsToGiveBack(trx, organisationId, campaign.poolId, 1) : []
  if (totals['fund-pending'] > 0n || left.length > 0) return false
  const at = clock.now()
  await trx
    .updateTable('campaigns.outcomes')
    .set({ doneAt: at })
    .where('organisationId', '=', organisationId)
    .where('id', '=', outcomeId)
    .execute()
  if (campaign.state === 'ended')
    await trx
      .updateTable('campaigns.campaigns')
      .set({ state: 'closed' })
      .where('organisationId', '=', organisationId)
      .where('id', '=', campaignId)
      .execute()
  await recordAct(
    trx,
    organisationId,
    { kind: 'system' },
    {
      ...{ at, action: 'campaign-outcome.finish', subject: { kind: 'campaign-outcome', id: outcomeId } },
      detail: { campaignId },
    },
  )
  return true
}

async function moveOn(
  trx: Transaction<DB>,
  { organisationId, clock }: Deps,
  { outcomeId, campaign, amount }: { outcomeId: string; campaign: Campaign; amount: bigint },
): Promise<void> {
  const { poolId, movesTo, currency } = campaign
  if (!poolId || !movesTo) return
  const at = clock.now()
  const { moves } = await trx
    .selectFrom('campaigns.moves')
    .select(({ fn }) => fn.countAll<bigint>().as('moves'))
    .where('organisationId', '=', organisationId)
    .where('outcomeId', '=', outcomeId)
    .executeTakeFirstOrThrow()
  const position = Number(moves) + 1
  await trx
    .insertInto('campaigns.moves')
    .values({ organisationId, outcomeId, position, amount, movedAt: at })
    .execute()
  const pools = { fromPoolId: poolId, toPoolId: movesTo }
  const sourceId = `${outcomeId}:${position}`
  await post(trx, organisationId, [movements.fundMoved({ ...pools, sourceId, amount, currency, at })])
  await recordAct(
    trx,
    organisationId,
    { kind: 'system' },
    {
      ...{ at, action: 'campaign-outcome.move', subject: { kind: 'campaign-outcome', id: outcomeId } },
      detail: { amount: amount.toString(), poolId, movesTo },
    },
  )
}
