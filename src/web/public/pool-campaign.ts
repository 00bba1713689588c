/** On a pool's page: the campaign that fills it. */
import type { Campaign, CampaignStanding } from '../../campaigns/index.ts'
import { campaignProgress, goalLine } from '../components/campaign.ts'
import { type Html, html } from '../html.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface PoolCampaign {
  readonly campaign: Campaign
  readonly standing: CampaignStanding
  readonly takesGifts: boolean
  readonly movesTo: { readonly slug: string; readonly name: string } | null
}

export function poolCampaignPart(page: PageContext, { campaign, standing }: PoolCampaign): Html {
  const { page: t } = text(page.locale).campaigns
  return html`<section class="section" aria-labelledby="campaign"><h2 id="campaign">${t.ofPool}</h2>
<p>${goalLine(page, campaign, standing.goal)}</p>!${campaignProgress(page, { campaign, standing })}
<p><a href="${localPath(page, paths.campaign(campaign.slug ?? ''))}">${t.toCampaign}</a></p></section>`
}
