/** The starter asks staff to look. From here on nothing of it changes, unless it is refused. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { localDate } from '../platform/calendar/index.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockCampaign, ownCampaign } from './campaign.ts'
import { promisedBy } from './promise.ts'

/** Answers the day that is promised. Throws `campaign-submitted`, `one-for-oneself` or `invalid-request` (its last day). */
export async function submitCampaign(deps: Deps, actor: PersonActor, campaignId: string): Promise<string> {
  const { db, organisationId, clock } = deps
  await ownCampaign(db, organisationId, actor.id, campaignId)
  await deps.limits.count('campaign', 'total', 'all')
  const now = clock.now()
  const lookBy = promisedBy(now)
  return inTransaction(db, async trx => {
    const { state, lastDay } = await lockCampaign(trx, organisationId, campaignId)
    if (state !== 'draft') throw new DomainError('campaign-submitted')
    if (lastDay <= localDate(now))
      throw new DomainError('invalid-request', { field: 'lastDay', reason: over })
    await trx
      .updateTable('campaigns.campaigns')
      .set({ state: 'submitted', lookBy })
      .where('organisationId', '=', organisationId)
      .where('id', '=', campaignId)
      .execute()
      .catch(refuseSecond)
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'campaign.submit',
      subject: { kind: 'campaign', id: campaignId },
    })
    return lookBy
  })
}

const over = {
  nl: 'De laatste dag is al voorbij: kies een latere dag',
  en: 'The last day has passed: choose a later one',
}

function refuseSecond(error: { code?: string; constraint?: string }): never {
  if (error.code === '23505' && error.constraint === 'one_for_oneself')
    throw new DomainError('one-for-oneself')
  throw error
}
