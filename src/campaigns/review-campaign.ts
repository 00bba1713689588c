/** Money for oneself: somebody who did not approve the campaign looks again, before the first payout. */
import type { Kysely } from 'kysely'
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockCampaign } from './campaign.ts'

export interface Review {
  readonly reviewedBy: string
  readonly reviewedAt: Date
  readonly reason: string
}

/** Throws `not-found`, `no-review-needed`, `campaign-reviewed` or `reviewer-approved`. */
export async function reviewCampaign(
  { db, organisationId, clock }: Deps,
  actor: PersonActor,
  { campaignId, reason }: { readonly campaignId: string; readonly reason: string },
): Promise<void> {
  await inTransaction(db, async trx => {
    const { forWhom, poolId, decidedBy, starterId } = await lockCampaign(trx, organisationId, campaignId)
    if (forWhom !== 'self' || !poolId) throw new DomainError('no-review-needed')
    if (actor.id === decidedBy || actor.id === starterId) throw new DomainError('reviewer-approved')
    const at = clock.now()
    const row = { organisationId, campaignId, reviewedBy: actor.id, reviewedAt: at, reason }
    const inserted = await trx
      .insertInto('campaigns.reviews')
      .values(row)
      .onConflict(conflict => conflict.doNothing())
      .returning('campaignId')
      .executeTakeFirst()
    if (!inserted) throw new DomainError('campaign-reviewed')
    const subject = { kind: 'campaign', id: campaignId }
    await recordAct(trx, organisationId, actor, { at, action: 'campaign.review', subject, reason })
  })
}

/** Null: nobody has looked yet. */
export async function reviewOf(
  db: Kysely<DB>,
  organisationId: number,
  campaignId: string,
): Promise<Review | null> {
  const row = await db
    .selectFrom('campaigns.reviews')
    .select(['reviewedBy', 'reviewedAt', 'reason'])
    .where('organisationId', '=', organisationId)
    .where('campaignId', '=', campaignId)
    .executeTakeFirst()
  return row ?? null
}
