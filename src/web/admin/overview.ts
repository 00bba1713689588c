/** The staff's first page: what needs doing now, what the pools carry, this month's cycles, who may do what. */
import type { Role } from '../../auth/index.ts'
import type { Cycle } from '../../disbursements/index.ts'
import type { Cohort } from '../../donors/index.ts'
import { type Currency, formatCount } from '../../money/index.ts'
import { dangerButton } from '../components/danger.ts'
import { dayTime, monthTime } from '../components/date.ts'
import { errorSummary, type FormState, hiddenFields, textField } from '../components/field.ts'
import { amountCell } from '../components/money.ts'
import type { PoolTerms, Standing } from '../components/pool-summary.ts'
import { type CycleStage, cycleBadge } from '../components/states.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { type Text, text } from '../text/index.ts'
import { cohortsTable } from './cohorts.ts'
import { recordsLinks } from './trail-link.ts'

export interface Task {
  readonly kind: keyof Text['overview']['tasks']
  /** What it is about, as text: "Groningen, december 2026". */
  readonly where: string
  /** Where to do it, without the locale's prefix. */
  readonly path: string
  /** YYYY-MM-DD: the last day on which it is in time. */
  readonly before: string | null
}

export interface CycleRow extends Pick<Cycle, 'id' | 'month' | 'payday'> {
  readonly poolName: string
  readonly stage: CycleStage
  readonly payouts: number
  readonly total: bigint
  readonly currency: Currency
}

export interface OverviewModel {
  readonly tasks: readonly Task[]
  readonly pools: readonly { readonly pool: PoolTerms; readonly standing: Standing }[]
  /** Newest month first; null for whoever may not read them. */
  readonly cycles: readonly CycleRow[] | null
  /** Null for whoever may not read donations of all pools. */
  readonly cohorts: readonly Cohort[] | null
  readonly maySeePeople: boolean
  readonly people: readonly { readonly name: string; readonly roles: readonly Role[] }[]
  /** Whether this person may move the demonstration clock; shown in demonstration mode only. */
  readonly mayMoveClock: boolean
  /** Approvers, while payments go on. */
  readonly mayFreeze: boolean
  /** Field: reason, of a freeze. */
  readonly form: FormState
}

export function overviewView(page: PageContext, model: OverviewModel): Html {
  const t = text(page.locale).overview
  const main = html`<div class="frame">!${errorSummary(text(page.locale), model.form)}<header class="page-head"><h1>${t.title}</h1></header>
<div class="split"><div class="split-main">
!${section('todo', t.todo, tasks(page, model.tasks))}
!${model.cycles ? section('cycles', t.cycles, cycles(page, model.cycles)) : nothing}
!${section('pools', t.pools, pools(page, model.pools))}
!${model.cohorts ? section('cohorts-title', text(page.locale).cohorts.title, cohortsTable(page, model.cohorts)) : nothing}
</div><div class="split-side">
!${page.demonstration && model.mayMoveClock ? clock(page, page.demonstration.today, model.form.formKey) : nothing}
!${model.mayFreeze ? freezeForm(page, model.form) : nothing}
!${section('people', t.people, html`!${people(page, model.people)}!${peopleLinks(page, model.maySeePeople)}`)}
!${recordsLinks(page)}
</div></div></div>`
  return layout(page, { title: t.title, main, refused: Object.keys(model.form.errors).length > 0 })
}

const section = (id: string, title: string, content: Html): Html =>
  html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`

/** What nobody can do while payments are frozen. */
const stopped: ReadonlySet<Task['kind']> = new Set([
  'approve',
  'make-file',
  'hand-over',
  'approve-retries',
  'make-file-again',
])

function tasks(page: PageContext, all: readonly Task[]): Html {
  const t = text(page.locale).overview
  if (all.length === 0) return html`<p class="empty">${t.nothing}</p>`
  return html`<ul class="tasks">!${all.map(
    ({
      kind,
      where,
      path,
      before,
    }) => html`<li class="task-${kind}"><a href="${localPath(page, path)}">${t.tasks[kind](where)}</a>!${page.frozen && stopped.has(kind) ? html` <span class="badge badge-bad">${t.stopped}</span>` : nothing}
!${before ? html`<span class="explain">${t.before} !${dayTime(before, page.locale)}</span>` : nothing}</li>`,
  )}</ul>`
}

function cycles(page: PageContext, rows: readonly CycleRow[]): Html {
  const { locale } = page
  const t = text(locale).overview
  return table<CycleRow>({
    id: 'cycles-table',
    caption: t.cyclesCaption,
    captionHidden: true,
    empty: t.noCycles,
    stacks: true,
    rows,
    columns: [
      {
        heading: t.month,
        cell: row =>
          html`<a href="${localPath(page, paths.cycle(row.id))}">!${monthTime(row.month, locale)}, ${row.poolName}</a>`,
      },
      { heading: t.payday, says: true, cell: row => dayTime(row.payday, locale, 'shortDay') },
      { heading: t.state, cell: row => cycleBadge(row.stage, locale) },
      {
        heading: t.payouts,
        numeric: true,
        says: true,
        cell: row => html`${formatCount(row.payouts, locale)}`,
      },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.total, row.currency, locale) },
    ],
  })
}

function pools(page: PageContext, rows: OverviewModel['pools']): Html {
  const { locale } = page
  const t = text(locale).overview
  return table<OverviewModel['pools'][number]>({
    id: 'pools-table',
    caption: t.poolsCaption,
    captionHidden: true,
    empty: t.noPools,
    stacks: true,
    rows,
    columns: [
      {
        heading: t.pool,
        cell: ({ pool }) => html`<a href="${localPath(page, paths.adminPool(pool.slug))}">${pool.name}</a>`,
      },
      {
        heading: t.sustains,
        numeric: true,
        says: true,
        cell: ({ standing }) => html`<strong>${formatCount(standing.sustained, locale)}</strong>`,
      },
      {
        heading: t.running,
        numeric: true,
        says: true,
        cell: ({ standing }) => html`${formatCount(standing.sustained - standing.newIncomes, locale)}`,
      },
      {
        heading: t.newIncomes,
        numeric: true,
        says: true,
        cell: ({ standing }) => html`${formatCount(standing.newIncomes, locale)}`,
      },
      {
        heading: t.missing,
        numeric: true,
        says: true,
        cell: ({ pool, standing }) => amountCell(standing.missingForNext, pool.currency, locale),
      },
    ],
  })
}

function people({ locale }: PageContext, rows: OverviewModel['people']): Html {
  const t = text(locale)
  return table<OverviewModel['people'][number]>({
    id: 'people-table',
    caption: t.overview.peopleCaption,
    captionHidden: true,
    empty: t.overview.noPeople,
    rows,
    columns: [
      { heading: t.overview.name, cell: row => html`${row.name}` },
      { heading: t.overview.roles, cell: row => html`${row.roles.map(role => t.roles[role]).join(', ')}` },
    ],
  })
}

function peopleLinks(page: PageContext, maySeePeople: boolean): Html {
  const t = text(page.locale)
  return html`<ul><li><a href="${localPath(page, paths.permissions)}">${t.people.permissions}</a></li>
!${maySeePeople ? html`<li><a href="${localPath(page, paths.people)}">${t.people.title}</a></li>` : nothing}</ul>`
}

function clock(page: PageContext, today: string, formKey: string): Html {
  const t = text(page.locale).overview.clock
  return html`<section class="aside-note" id="clock" aria-labelledby="clock-title"><h2 id="clock-title">${t.title}</h2>
<p>${t.now} <strong>!${dayTime(today, page.locale)}</strong>.</p>
<form method="post" action="${localPath(page, paths.clock)}">!${hiddenFields({ idempotencyKey: formKey })}
<p class="actions"><button class="button" type="submit" name="to" value="next-payday">${t.nextPayday}</button>
<button class="button button-quiet" type="submit" name="to" value="next-day">${t.nextDay}</button></p></form>
<p class="small">${t.words}</p></section>`
}

/** One step, with its consequences beside it: whoever needs it is in a hurry. */
function freezeForm(page: PageContext, form: FormState): Html {
  const t = text(page.locale).changes.freeze
  return html`<section class="aside-note" id="freeze" aria-labelledby="freeze-title"><h2 id="freeze-title">${t.title}</h2>
<p>${t.words}</p>
<form method="post" action="${localPath(page, paths.freezes)}" novalidate>!${textField(form, { name: 'reason', label: t.reason, maxLength: 500 })}
!${dangerButton(t.submit)}</form></section>`
}
