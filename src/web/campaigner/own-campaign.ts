/** Somebody's own campaign: what became of it, and what they can do next. */
import {
  type Campaign,
  type CampaignStanding,
  DECIDE_WITHIN_DAYS,
  LONGEST_ALT,
  LONGEST_UPDATE,
  type Story,
  type Update,
} from '../../campaigns/index.ts'
import { campaignBadge, campaignProgress, goalLine } from '../components/campaign.ts'
import { dayText, dayTime } from '../components/date.ts'
import {
  described,
  errorOf,
  errorSummary,
  type FormState,
  fieldId,
  hiddenFields,
  textArea,
  textField,
} from '../components/field.ts'
import { prose } from '../components/markdown.ts'
import { type ShareKit, shareKit } from '../components/share-kit.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { update } from '../public/campaign.ts'
import { text } from '../text/index.ts'
import { campaignForm } from './campaign-form.ts'

export interface OwnCampaignModel {
  readonly campaign: Campaign
  readonly story: Story
  readonly standing: CampaignStanding
  readonly updates: readonly Update[]
  readonly movesTo: { readonly name: string } | null
  readonly pools: readonly { readonly id: string; readonly name: string }[]
  /** Once it is public. */
  readonly kit: ShareKit | null
  /** Of the terms while they can change, else of an update; `picture` and `alt` of the picture. */
  readonly form: FormState
}

export function ownCampaignView(page: PageContext, model: OwnCampaignModel): Html {
  const { campaign, standing, form, kit } = model
  const t = text(page.locale)
  const isOpen = campaign.state === 'draft' || campaign.state === 'refused'
  const main = html`<div class="frame frame-narrow">!${errorSummary(t, form)}
<header class="page-head"><p class="eyebrow"><a class="quiet-link" href="${localPath(page, paths.ownCampaigns)}">${t.campaigns.own.title}</a></p>
<h1>${campaign.title}</h1><p>!${campaignBadge(page, campaign.state)}</p><p class="lead">${goalLine(page, campaign, standing.goal)}</p></header>
!${becameOfIt(page, model)}
!${form.errors.campaign ? html`<div class="warning" id="${fieldId('campaign')}"><p>${form.errors.campaign}</p></div>` : nothing}
!${isOpen ? toImprove(page, model) : preview(page, model)}
!${kit ? html`!${writeUpdate(page, model)}!${shareKit(page, kit)}` : nothing}</div>`
  return layout(page, { title: campaign.title, main, refused: Object.keys(form.errors).length > 0 })
}

function becameOfIt(page: PageContext, { campaign, standing, movesTo }: OwnCampaignModel): Html {
  const { own: t } = text(page.locale).campaigns
  if (campaign.state === 'refused')
    return html`<div class="warning"><p>${t.refused}</p><blockquote>${campaign.because}</blockquote><p>${t.refusedNext}</p></div>`
  if (campaign.state === 'submitted')
    return html`<p class="notice">${t.waits(dayText(campaign.lookBy ?? '', page.locale))}</p>`
  if (!campaign.poolId) return nothing
  const ended = movesTo ? t.ended.moves(movesTo.name) : t.ended.refund
  return html`<section class="panel">!${campaignProgress(page, { campaign, standing })}
!${campaign.endedAt ? html`<p>${ended}</p>` : nothing}
<p>${text(page.locale).campaigns.page.until}: !${dayTime(campaign.lastDay, page.locale)}</p>
<p><a href="${localPath(page, paths.campaign(campaign.slug ?? ''))}">${t.public}</a></p></section>`
}

function toImprove(page: PageContext, model: OwnCampaignModel): Html {
  const { campaign, pools, form } = model
  const { own: t } = text(page.locale).campaigns
  const submit =
    campaign.state === 'draft'
      ? html`<section class="section" aria-labelledby="submit"><h2 id="submit">${t.submitTitle}</h2><p>${t.submitWords(DECIDE_WITHIN_DAYS)}</p>
<form method="post" action="${localPath(page, paths.submissions(campaign.id))}"><button class="button" type="submit">${t.submit}</button></form></section>`
      : nothing
  return html`!${preview(page, model)}!${picture(page, model)}!${submit}
<section class="section" aria-labelledby="change"><h2 id="change">${t.change}</h2>
!${campaignForm(page, { path: paths.ownCampaign(campaign.id), submit: t.saveChange, pools, form })}</section>`
}

function preview(page: PageContext, { campaign, story }: OwnCampaignModel): Html {
  const { own: t } = text(page.locale).campaigns
  const shown =
    story.pictureAlt === null
      ? nothing
      : html`<img class="campaign-picture" src="${paths.ownPicture(campaign.id)}" alt="${story.pictureAlt}">`
  return html`<section class="section" aria-labelledby="preview"><h2 id="preview">${t.preview}</h2>!${shown}
<div class="panel" lang="${campaign.locale}">!${prose(story.story)}</div></section>`
}

function picture(page: PageContext, { campaign, story, form }: OwnCampaignModel): Html {
  const { own: t } = text(page.locale).campaigns
  const file = { name: 'picture', hint: t.pictureWords }
  return html`<section class="section" aria-labelledby="picture-title"><h2 id="picture-title">${t.picture}</h2>
!${story.pictureAlt === null ? html`<p class="empty">${t.noPicture}</p>` : nothing}
<form class="panel" method="post" enctype="multipart/form-data" action="${localPath(page, paths.ownPictures(campaign.id))}" novalidate>
<div class="field!${form.errors.picture ? html` field-wrong` : nothing}"><label for="${fieldId('picture')}">${t.pictureFile}</label>
<p class="hint" id="${fieldId('picture')}-hint">${t.pictureWords}</p>!${errorOf(form, 'picture')}
<input type="file" id="${fieldId('picture')}" name="picture" accept="image/jpeg,image/png,image/webp"!${described(form, file)}></div>
!${textField(form, { name: 'alt', label: t.alt, hint: t.altHint, maxLength: LONGEST_ALT })}
<button class="button" type="submit">${t.pictureSubmit}</button></form></section>`
}

function writeUpdate(page: PageContext, { campaign, updates, form }: OwnCampaignModel): Html {
  const { own: t, page: words } = text(page.locale).campaigns
  const field = { name: 'words', label: t.updateWords, hint: t.updateHint, maxLength: LONGEST_UPDATE }
  return html`<section class="section" aria-labelledby="update"><h2 id="update">${t.update}</h2>
<form class="panel" method="post" action="${localPath(page, paths.ownUpdates(campaign.id))}" novalidate>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textArea(form, field, 6)}<button class="button" type="submit">${t.updateSubmit}</button></form>
<h3>${words.updates}</h3>
!${updates.length === 0 ? html`<p class="empty">${words.noUpdates}</p>` : updates.map(each => update(page, campaign, each))}</section>`
}
