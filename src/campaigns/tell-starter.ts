/** A letter to whoever started a campaign, in the transaction of what it tells. */
import type { Transaction } from 'kysely'
import { addressOf } from '../auth/index.ts'
import type { DB } from '../database.ts'
import type { Deps } from '../deps.ts'
import { type CampaignNews, letters, queueLetter } from '../mail/index.ts'
import { organisationById } from '../organisations/index.ts'
import type { Campaign } from './campaign.ts'

export async function tellStarter(
  trx: Transaction<DB>,
  deps: Deps,
  { id, starterId, title }: Pick<Campaign, 'id' | 'starterId' | 'title'>,
  news: CampaignNews,
): Promise<void> {
  const person = await addressOf(trx, deps, starterId)
  if (!person) return
  const { locale } = person
  const { legalName } = await organisationById(trx, deps.organisationId)
  await queueLetter(trx, deps, {
    to: person.email,
    locale,
    kind: 'campaign',
    letter: letters.campaign({
      locale,
      organisation: legalName,
      url: `${deps.publicUrl()}${locale === 'en' ? '/en' : ''}/my-campaigns/${id}`,
      title,
      news,
    }),
  })
}
