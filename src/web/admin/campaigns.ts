/** Campaigns for staff: what waits for a decision, what is to be carried out, what asks for a second look, and all others. */
import { type Campaign, goalOf, type OpenEnding, outcomeState } from '../../campaigns/index.ts'
import { badge } from '../components/badge.ts'
import { campaignBadge } from '../components/campaign.ts'
import { dayTime } from '../components/date.ts'
import { amountCell } from '../components/money.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface AdminCampaignsModel {
  /** The most urgent first. */
  readonly waiting: readonly Campaign[]
  readonly endings: readonly OpenEnding[]
  readonly reviews: readonly Campaign[]
  readonly others: readonly Campaign[]
  /** YYYY-MM-DD. */
  readonly today: string
}

export function adminCampaignsView(page: PageContext, model: AdminCampaignsModel): Html {
  const { admin: t } = text(page.locale).campaigns
  const { waiting, endings, reviews, others, today } = model
  const section = (id: string, title: string, content: Html) =>
    html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`
  const main = html`<div class="frame"><header class="page-head"><h1>${t.title}</h1><p class="lead">${t.lead}</p></header>
!${section('waiting', t.waiting, list(page, waiting, { id: 'waiting-table', caption: t.waiting, empty: t.noneWaiting, today }))}
!${section('endings', t.endings, endingsList(page, endings))}
!${reviews.length === 0 ? nothing : section('reviews', t.reviews, list(page, reviews, { id: 'reviews-table', caption: t.reviews, empty: '', today }))}
!${section('others', t.others, list(page, others, { id: 'others-table', caption: t.others, empty: t.noneOthers, today }))}</div>`
  return layout(page, { title: t.title, main })
}

const link = (page: PageContext, { id, title }: Campaign): Html =>
  html`<a href="${localPath(page, paths.adminCampaign(id))}">${title}</a>`

function list(
  page: PageContext,
  rows: readonly Campaign[],
  { id, caption, empty, today }: Readonly<Record<'id' | 'caption' | 'empty' | 'today', string>>,
): Html {
  const { locale } = page
  const { admin: t } = text(locale).campaigns
  const late = ({ lookBy }: Campaign) =>
    lookBy !== null && lookBy < today ? html` !${badge(t.late, 'bad')}` : nothing
  const waits = rows.some(({ lookBy }) => lookBy !== null)
  return table<Campaign>({
    id,
    caption: t.table(caption),
    captionHidden: true,
    empty,
    stacks: true,
    rows,
    columns: [
      { heading: t.name, cell: row => link(page, row) },
      { heading: t.state, cell: row => campaignBadge(page, row.state) },
      {
        heading: waits ? t.decideBy : t.lastDay,
        says: true,
        cell: row => html`!${dayTime(row.lookBy ?? row.lastDay, locale, 'shortDay')}!${late(row)}`,
      },
      { heading: t.goal, numeric: true, cell: row => amountCell(goalOf(row), row.currency, locale) },
    ],
  })
}

function endingsList(page: PageContext, endings: readonly OpenEnding[]): Html {
  const { admin: t } = text(page.locale).campaigns
  if (endings.length === 0) return html`<p class="empty">${t.noneEndings}</p>`
  const one = ({ campaign, outcome }: OpenEnding) =>
    html`<li>!${link(page, campaign)} <span class="explain">${t.choices[campaign.ifUnreached]}!${outcome ? html` · ${t.outcomeStates[outcomeState(outcome)]}` : nothing}</span></li>`
  return html`<ul class="tasks">!${endings.map(one)}</ul>`
}
