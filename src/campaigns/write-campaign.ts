/** Somebody starts a campaign, and changes it until it is submitted. Nobody but they reads it until then. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { EUR, type Locale } from '../money/index.ts'
import { localDate } from '../platform/calendar/index.ts'
import { newId } from '../platform/id.ts'
import { claimKey } from '../platform/idempotency.ts'
import { withPersonalData } from '../platform/personal.ts'
import { inTransaction } from '../platform/transaction.ts'
import { poolById } from '../pools/index.ts'
import { DomainError } from '../refusals.ts'
import { campaignsOf, lockCampaign, ownCampaign } from './campaign.ts'
import { type CampaignTerms, cleaned, wrongIn } from './terms.ts'

/** Of one person, that staff did not approve. */
const MOST_DRAFTS = 5

export interface NewCampaign {
  readonly terms: CampaignTerms
  readonly locale: Locale
  readonly idempotencyKey: string
}

/** Answers its id. Throws `invalid-request` with all that is wrong, or `too-many-campaigns`. */
export async function startCampaign(
  deps: Deps,
  actor: PersonActor,
  { terms: typed, locale, idempotencyKey }: NewCampaign,
): Promise<string> {
  const { organisationId, clock, vault } = deps
  const terms = await checked(deps, typed)
  const { organiser, story, ...rest } = terms
  return inTransaction(deps.db, async trx => {
    const claim = await claimKey(trx, vault, {
      organisationId,
      operation: 'start-campaign',
      key: idempotencyKey,
      request: { ...terms, actorId: actor.id, locale },
      resourceId: newId(),
    })
    const id = claim.resourceId
    if (!claim.first) return id
    const own = await campaignsOf(trx, organisationId, actor.id)
    if (own.filter(({ poolId }) => poolId === null).length >= MOST_DRAFTS)
      throw new DomainError('too-many-campaigns')
    const now = clock.now()
    await trx
      .insertInto('campaigns.campaigns')
      .values({
        ...{ organisationId, id, starterId: actor.id, locale, currency: EUR, startedAt: now },
        ...rest,
        movesTo: rest.movesTo ?? null,
      })
      .execute()
    const words = { organisationId, campaignId: id, organiser, story, picture: null, pictureAlt: null }
    await trx.insertInto('campaigns.stories').values(words).execute()
    await recordAct(trx, organisationId, actor, {
      at: now,
      action: 'campaign.start',
      subject: { kind: 'campaign', id },
    })
    return id
  })
}

/** What was refused becomes a draft again. Throws `not-found` or `campaign-submitted`. */
export async function changeCampaign(
  deps: Deps,
  actor: PersonActor,
  { campaignId, terms: typed }: { readonly campaignId: string; readonly terms: CampaignTerms },
): Promise<void> {
  const { organisationId } = deps
  await ownCampaign(deps.db, organisationId, actor.id, campaignId)
  const { organiser, story, ...terms } = await checked(deps, typed)
  await inTransaction(deps.db, async trx => {
    const { state } = await lockCampaign(trx, organisationId, campaignId)
    if (state !== 'draft' && state !== 'refused') throw new DomainError('campaign-submitted')
    await withPersonalData(trx, () =>
      trx
        .updateTable('campaigns.stories')
        .set({ organiser, story })
        .where('organisationId', '=', organisationId)
        .where('campaignId', '=', campaignId)
        .execute(),
    )
    await trx
      .updateTable('campaigns.campaigns')
      .set({ ...terms, movesTo: terms.movesTo ?? null, state: 'draft', because: null })
      .where('organisationId', '=', organisationId)
      .where('id', '=', campaignId)
      .execute()
    await recordAct(trx, organisationId, actor, {
      at: deps.clock.now(),
      action: 'campaign.change',
      subject: { kind: 'campaign', id: campaignId },
    })
  })
}

async function checked(deps: Deps, typed: CampaignTerms): Promise<CampaignTerms> {
  const terms = cleaned(typed)
  const errors = wrongIn(terms, localDate(deps.clock.now()))
  if (errors.length > 0) throw new DomainError('invalid-request', { errors })
  if (terms.movesTo !== undefined) {
    const pool = await poolById(deps.db, deps.organisationId, terms.movesTo).catch(() => null)
    if (pool?.kind !== 'community' || pool.state !== 'open')
      throw new DomainError('invalid-request', { field: 'movesTo', reason: communityOnly })
  }
  return terms
}

const communityOnly = {
  nl: 'Kies een open pot voor een gemeenschap',
  en: 'Choose an open community pool',
}
