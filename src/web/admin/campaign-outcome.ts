/** The money of a campaign that ended without its goal: what was chosen, who agreed to carry it out, and how far it is. */
import { outcomeState } from '../../campaigns/index.ts'
import { badge, type Tone } from '../components/badge.ts'
import { afterAsking } from '../components/danger.ts'
import { hiddenFields, textField } from '../components/field.ts'
import { amountText } from '../components/money.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import type { AdminCampaignModel } from './campaign.ts'

const tones: Record<ReturnType<typeof outcomeState>, Tone> = {
  decided: 'busy',
  approved: 'busy',
  done: 'good',
  withdrawn: 'calm',
}

export function outcomePart(page: PageContext, model: AdminCampaignModel): Html {
  const { campaign, standing, outcomes, movesTo } = model
  const { admin: t } = text(page.locale).campaigns
  if (!campaign.endedAt) return nothing
  const amount = amountText(standing.raised, campaign.currency, page.locale)
  const [newest] = outcomes
  const state = newest && outcomeState(newest)
  const isOver = state === undefined || state === 'withdrawn' || (state === 'done' && standing.raised > 0n)
  const words = movesTo ? t.outcomeWords.moves(amount, movesTo.name) : t.outcomeWords.refund(amount)
  const shown = outcomes.map(
    each =>
      html`<li>!${badge(t.outcomeStates[outcomeState(each)], tones[outcomeState(each)])} ${by(model, each)}</li>`,
  )
  return html`<section class="aside-note" aria-labelledby="outcome"><h2 id="outcome">${t.outcome}</h2>
!${state === 'done' ? nothing : html`<p>${words}</p>`}
!${shown.length > 0 ? html`<ul class="plain-list">!${shown}</ul>` : nothing}
!${model.isStalled ? html`<p class="warning">${t.stalled}</p>` : nothing}
!${(state === 'done' || state === 'approved') && standing.raised > 0n ? html`<p class="small">${t.left(amount)}</p>` : nothing}
!${isOver ? decideForm(page, model) : steps(page, model)}</section>`
}

const by = (
  { names }: AdminCampaignModel,
  { decidedBy, approvedBy }: AdminCampaignModel['outcomes'][number],
): string => [decidedBy, approvedBy].flatMap(id => (id ? (names.get(id) ?? '') : [])).join(' + ')

function decideForm(page: PageContext, { campaign, form, viewerId }: AdminCampaignModel): Html {
  const { admin: t } = text(page.locale).campaigns
  if (!mayOpen(page, 'campaign-outcomes.decide', null)) return nothing
  if (viewerId === campaign.starterId) return html`<p>${t.own}</p>`
  return html`<form method="post" action="${localPath(page, paths.campaignOutcomes(campaign.id))}" novalidate>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textField(form, { name: 'reason-outcome', label: t.reason, hint: t.reasonHint, maxLength: 500 })}
<button class="button" type="submit">${t.decideOutcome}</button></form>`
}

function steps(page: PageContext, { campaign, outcomes, form, viewerId }: AdminCampaignModel): Html {
  const { admin: t } = text(page.locale).campaigns
  const [newest] = outcomes
  if (!newest || outcomeState(newest) === 'done') return nothing
  const mayApprove =
    newest.approvedAt === null &&
    ![newest.decidedBy, campaign.starterId].includes(viewerId) &&
    mayOpen(page, 'campaign-outcomes.approve', null)
  const approve = mayApprove
    ? afterAsking(localPath(page, paths.outcomeApprovals(newest.id)), {
        ask: t.approveOutcome,
        label: `${t.approveOutcome}: ${campaign.title}`,
        words: t.approveWordsOutcome,
        submit: t.approveOutcome,
      })
    : nothing
  const withdraw = mayOpen(page, 'campaign-outcomes.withdraw', null)
    ? afterAsking(localPath(page, paths.outcomeWithdrawals(newest.id)), {
        ask: t.withdrawOutcome,
        label: `${t.withdrawOutcome}: ${campaign.title}`,
        words: t.withdrawWords,
        submit: t.withdrawOutcome,
        fields: textField(form, {
          name: 'reason-withdraw',
          label: t.reason,
          hint: t.reasonHint,
          maxLength: 500,
        }),
        isOpen: form.errors['reason-withdraw'] !== undefined,
      })
    : nothing
  return html`!${approve}!${withdraw}`
}
