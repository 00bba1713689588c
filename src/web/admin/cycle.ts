/** The month: who is paid what, what differs from last month, who looked at it, and where it is now. */
import type { Batch, Cycle, CycleState } from '../../disbursements/index.ts'
import type { Currency } from '../../money/index.ts'
import { dayTime, moment, monthText } from '../components/date.ts'
import { errorSummary, type FormState } from '../components/field.ts'
import { amountCell, amountFigure, amountText } from '../components/money.ts'
import { cycleBadge, cycleStage } from '../components/states.ts'
import { type TimelineStep, timeline } from '../components/timeline.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { type Text, text } from '../text/index.ts'
import { cycleActions } from './cycle-actions.ts'
import { type CycleLine, cycleLines, type EndedLine, endedLines } from './cycle-lines.ts'
import { trailLinks } from './trail-link.ts'

export interface CycleModel {
  readonly cycle: Pick<Cycle, 'id' | 'month' | 'payday'> & { readonly state: CycleState }
  readonly pool: { readonly slug: string; readonly name: string }
  readonly currency: Currency
  readonly lines: readonly CycleLine[]
  /** Who was paid last month and is not now. */
  readonly ended: readonly EndedLine[]
  /** Null in the pool's first cycle. */
  readonly previous: { readonly payouts: number; readonly total: bigint } | null
  /** In this order; `at` null: not yet. `by` null with an `at`: the system. */
  readonly steps: readonly {
    readonly step: keyof Text['cycle']['steps']
    readonly at: Date | null
    readonly by: string | null
  }[]
  /** The last file that was made. */
  readonly batch: Pick<Batch, 'id' | 'messageId' | 'executionDate' | 'handedOverAt'> | null
  /** The organisation's bank account in the ledger. */
  readonly bankBalance: bigint
  /** YYYY-MM-DD. */
  readonly submitBefore: string
  readonly may: {
    readonly propose: boolean
    readonly approve: boolean
    readonly makeFile: boolean
    readonly readFile: boolean
    readonly handOver: boolean
    readonly importStatement: boolean
    readonly callRecipient: boolean
    readonly openEnrolment: boolean
  }
  /** Why this viewer is no second pair of eyes here. */
  readonly noSecondEyes: 'proposed' | 'enrolled' | 'gave-the-role' | null
  /** What came back to an account that may be paid; `own`: this viewer brought in the statement that says so. */
  readonly retries: { readonly waiting: number; readonly approved: number; readonly own: boolean }
  /** Who is not paid before the account is right, with the bank's code. */
  readonly blocked: readonly { readonly enrolmentId: string; readonly reason: string }[]
  /** A refusal that belongs to no field stands under `cycle`. */
  readonly form: FormState
}

export const totalOf = (lines: readonly CycleLine[]): bigint =>
  lines.reduce((sum, { amount }) => sum + amount, 0n)

export function cycleView(page: PageContext, model: CycleModel): Html {
  const { cycle, pool, form } = model
  const t = text(page.locale)
  const isAtBank = Boolean(model.batch?.handedOverAt)
  const title = t.cycle.title(monthText(cycle.month, page.locale), pool.name)
  const main = html`<div class="frame">!${errorSummary(t, form, { cycle: 'actions' })}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.adminPool(pool.slug))}">${t.cycle.back(pool.name)}</a></p>
<h1>${title}</h1><p>!${cycleBadge(cycleStage(cycle.state, isAtBank), page.locale)}</p></header>
!${figures(page, model)}
<div class="split"><div class="split-main">
<section class="section" aria-labelledby="change"><h2 id="change">${t.cycle.againstLast}</h2>!${difference(page, model)}</section>
<section class="section" aria-labelledby="lines"><h2 id="lines">${t.cycle.lines}</h2>!${cycleLines(model.lines, model.currency, page.locale)}</section>
!${model.ended.length > 0 ? html`<section class="section" aria-labelledby="ended"><h2 id="ended">${t.cycle.ended}</h2>!${endedLines(model.ended, model.currency, page.locale)}</section>` : nothing}
</div><div class="split-side">
!${cycleActions(page, model)}
<section aria-labelledby="timeline"><h2 id="timeline">${t.cycle.timeline}</h2>!${timeline(t.cycle.timeline, steps(page, model))}
!${trailLinks(page, links(page, model))}</section>
</div></div></div>`
  return layout(page, { title, main, refused: Object.keys(form.errors).length > 0 })
}

const links = ({ locale }: PageContext, { cycle, batch }: CycleModel) => [
  { kind: 'cycle', id: cycle.id, words: text(locale).trail.linkCycle },
  ...(batch ? [{ kind: 'batch', id: batch.id, words: text(locale).trail.linkBatch }] : []),
]

function figures(
  { locale }: PageContext,
  { cycle, lines, currency, bankBalance, submitBefore }: CycleModel,
): Html {
  const t = text(locale).cycle
  const figure = (name: string, value: Html) => html`<div><dt>${name}</dt><dd>!${value}</dd></div>`
  return html`<dl class="figures">
!${figure(t.payouts, html`${lines.length}`)}
!${figure(t.total, amountFigure(totalOf(lines), currency, locale))}
!${figure(t.payday, dayTime(cycle.payday, locale, 'shortDay'))}
!${figure(t.atBankBy, dayTime(submitBefore, locale, 'shortDay'))}
!${figure(t.bank, amountFigure(bankBalance, currency, locale))}</dl>`
}

function difference({ locale }: PageContext, { lines, ended, previous, currency }: CycleModel): Html {
  const t = text(locale).cycle
  if (!previous) return html`<p>${t.firstMonth}</p>`
  const count = (change: CycleLine['change']) => lines.filter(line => line.change === change).length
  const said = [
    ...(count('new') > 0 ? [t.added(count('new'))] : []),
    ...(count('changed') > 0 ? [t.changed(count('changed'))] : []),
    ...(ended.length > 0 ? [t.left(ended.length)] : []),
  ]
  if (said.length === 0) return html`<p>${t.noChange}</p>`
  const [before, now] = [previous.total, totalOf(lines)]
  const size = amountText(now < before ? before - now : now - before, currency, locale)
  const change = now === before ? nothing : html` (${now > before ? t.more(size) : t.less(size)})`
  return html`<p>${said.join(' · ')}<span class="explain">!${amountCell(before, currency, locale)} → !${amountCell(now, currency, locale)}!${change}</span></p>`
}

function steps({ locale }: PageContext, model: CycleModel): TimelineStep[] {
  const t = text(locale).cycle
  const current = model.steps.find(({ at }) => at === null)
  return model.steps.map(each => {
    const { step, at, by } = each
    const state = at ? 'done' : each === current ? 'current' : 'later'
    const detail = at ? { detail: html`!${moment(at, locale)} ${by === null ? t.bySystem : t.by(by)}` } : {}
    return { label: t.steps[step], status: t.status[state], state, ...detail }
  })
}
