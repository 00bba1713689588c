/** The starter gives the campaign a picture, with words for who cannot see it. Another takes its place. */
import { type PersonActor, recordAct } from '../acts/index.ts'
import type { Deps } from '../deps.ts'
import { withPersonalData } from '../platform/personal.ts'
import { oneParagraph } from '../platform/plain-words.ts'
import { inTransaction } from '../platform/transaction.ts'
import { DomainError } from '../refusals.ts'
import { lockCampaign, ownCampaign } from './campaign.ts'
import { madeAnew } from './picture.ts'
import { LONGEST_ALT, refusedLine } from './terms.ts'

export interface NewPicture {
  readonly campaignId: string
  /** As it was sent. */
  readonly bytes: Buffer
  readonly alt: string
}

/** Throws `picture-refused`, `campaign-submitted` or `invalid-request` (its words). */
export async function setPicture(
  deps: Deps,
  actor: PersonActor,
  { campaignId, bytes, alt: typed }: NewPicture,
): Promise<void> {
  const { organisationId } = deps
  await ownCampaign(deps.db, organisationId, actor.id, campaignId)
  const pictureAlt = oneParagraph(typed)
  const wrong = refusedLine(pictureAlt, 3, LONGEST_ALT)
  if (wrong) throw new DomainError('invalid-request', { field: 'alt', reason: wrong })
  const picture = await madeAnew(bytes)
  await inTransaction(deps.db, async trx => {
    const { state } = await lockCampaign(trx, organisationId, campaignId)
    if (state !== 'draft' && state !== 'refused') throw new DomainError('campaign-submitted')
    await withPersonalData(trx, () =>
      trx
        .updateTable('campaigns.stories')
        .set({ picture, pictureAlt })
        .where('organisationId', '=', organisationId)
        .where('campaignId', '=', campaignId)
        .execute(),
    )
    await recordAct(trx, organisationId, actor, {
      at: deps.clock.now(),
      action: 'campaign.set-picture',
      subject: { kind: 'campaign', id: campaignId },
    })
  })
}
