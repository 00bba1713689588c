/** The recipient's one page: what comes next and when, when it ends, what came before, and what is wrong if anything is. */
import type { Role } from '../../auth/index.ts'
import type { Payout } from '../../disbursements/index.ts'
import type { Enrolment } from '../../enrolments/index.ts'
import { monthsBetween } from '../../platform/calendar/index.ts'
import { dayOf, dayTime, monthText, monthTime } from '../components/date.ts'
import { errorSummary } from '../components/field.ts'
import { amountCell, amountFigure, amountText } from '../components/money.ts'
import { payoutBadge, payoutStage } from '../components/states.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { type OwnThanksModel, thanksSection } from './thanks.ts'

export type StatusPayout = Pick<
  Payout,
  'month' | 'amount' | 'payday' | 'state' | 'approvedAt' | 'reason' | 'outcomeAt' | 'sentAt'
>

export interface StatusModel {
  readonly pool: { readonly slug: string; readonly name: string }
  readonly enrolment: Pick<Enrolment, 'currency' | 'firstMonth' | 'lastMonth' | 'termMonths'>
  /** The first month that has not been paid; null when the term is over. */
  readonly next:
    | (Pick<Payout, 'month' | 'amount' | 'payday'> & {
        readonly stage: 'planned' | 'accrued' | 'in-file' | 'at-bank'
      })
    | null
  /** Whether that payday has passed, and the bank does not have it. */
  readonly late: boolean
  /** Payments are frozen, and the next one should be at the bank by now or soon. */
  readonly frozen: boolean
  /** What is owed and not transferred because the account sends payments back; null when nothing is held. */
  readonly held: bigint | null
  /** Newest month first. */
  readonly payouts: readonly StatusPayout[]
  /** Settled less returned. */
  readonly paid: bigint
  readonly ibanMasked: string
  /** When staff acted for this recipient: newest first. */
  readonly helped: readonly {
    readonly at: Date
    readonly role: Role | null
    readonly reason: string | null
  }[]
  readonly thanks: OwnThanksModel
}

export function statusView(page: PageContext, model: StatusModel): Html {
  const t = text(page.locale).status
  const wrong = model.payouts.filter(({ state }) => state === 'returned' || state === 'rejected')
  const { errors } = model.thanks.form
  const main = html`<div class="frame frame-narrow">!${errorSummary(text(page.locale), { errors })}
<header class="page-head"><h1>${t.title}</h1></header>
!${model.frozen ? html`<div class="warning"><p>${text(page.locale).changes.freeze.recipient}</p></div>` : nothing}
!${wrong.map(payout => trouble(page, payout, model))}
!${model.held !== null ? held(page, model.held, model) : model.next ? next(page, model.next, model) : html`<section class="panel next" aria-labelledby="next"><h2 id="next">${t.ended}</h2><p>${t.endedWords}</p></section>`}
!${facts(page, model)}
<section class="section" aria-labelledby="history"><h2 id="history">${t.history}</h2>!${history(page, model)}
<p class="small">${t.legend}</p></section>
!${model.helped.length > 0 ? helped(page, model.helped) : nothing}
!${thanksSection(page, model.thanks)}
<p>${t.unconditional}</p>
!${page.organisation ? html`<p>${t.contact} <a href="mailto:${page.organisation.contact}">${page.organisation.contact}</a></p>` : nothing}
</div>`
  return layout(page, { title: t.title, main, refused: Object.keys(errors).length > 0 })
}

function held({ locale }: PageContext, amount: bigint, { enrolment }: StatusModel): Html {
  const t = text(locale).status
  return html`<section class="panel next" aria-labelledby="next"><h2 id="next">${t.held}</h2>
<p class="next-amount">!${amountFigure(amount, enrolment.currency, locale)}</p>
<p>${t.heldWords}</p></section>`
}

function next(
  { locale }: PageContext,
  coming: NonNullable<StatusModel['next']>,
  { enrolment, late }: StatusModel,
): Html {
  const t = text(locale).status
  const number = monthsBetween(enrolment.firstMonth, coming.month) + 1
  return html`<section class="panel next" aria-labelledby="next"><h2 id="next">${t.next}</h2>
<p class="next-amount">!${amountFigure(coming.amount, enrolment.currency, locale)} <span class="next-day">${t.nextDay} !${dayTime(coming.payday, locale)}</span></p>
<p>${t.forMonth} !${monthTime(coming.month, locale)} · ${t.monthOf(number, enrolment.termMonths)}</p>
<p>!${payoutBadge(coming.stage, locale)} ${late ? t.late : t.nextStates[coming.stage]}</p></section>`
}

function trouble({ locale }: PageContext, payout: StatusPayout, { enrolment }: StatusModel): Html {
  const t = text(locale).status
  const state = payout.state === 'rejected' ? 'rejected' : 'returned'
  const words = t.wrong[state](
    amountText(payout.amount, enrolment.currency, locale),
    monthText(payout.month, locale),
  )
  return html`<section class="trouble" aria-labelledby="wrong-${payout.month}"><h2 id="wrong-${payout.month}">${t.wrong.title(monthText(payout.month, locale))}</h2>
<p>${words}!${payout.outcomeAt ? html` (!${dayOf(payout.outcomeAt, locale)})` : nothing}</p>
<dl class="facts"><div><dt>${t.wrong.why}</dt><dd>${reasonWords(payout.reason, t.reasons)}</dd></div>
<div><dt>${t.wrong.now}</dt><dd>${t.wrong.nowWords}</dd></div>
<div><dt>${t.wrong.you}</dt><dd>${t.wrong.youWords}</dd></div></dl></section>`
}

type Reasons = ReturnType<typeof text>['status']['reasons']

/** The bank's code (ISO 20022 external status reason) in words. */
export function reasonWords(code: string | null, reasons: Reasons): string {
  if (code === null) return reasons.none
  const { unknown, none: _, ...known } = reasons
  return Object.hasOwn(known, code) ? known[code as keyof typeof known] : unknown(code)
}

function facts(page: PageContext, { enrolment, pool, paid, ibanMasked }: StatusModel): Html {
  const { locale } = page
  const t = text(locale).status
  return html`<dl class="facts facts-wide">
<div><dt>${t.received}</dt><dd><strong>!${amountFigure(paid, enrolment.currency, locale)}</strong></dd></div>
<div><dt>${t.until}</dt><dd>!${monthTime(enrolment.lastMonth, locale)}</dd></div>
<div><dt>${t.account}</dt><dd><span class="iban">${ibanMasked}</span><span class="explain">${t.accountWords}</span></dd></div>
<div><dt>${t.pool}</dt><dd><a href="${localPath(page, paths.pool(pool.slug))}">${pool.name}</a></dd></div></dl>`
}

function history({ locale }: PageContext, { payouts, enrolment }: StatusModel): Html {
  const t = text(locale).status
  return table<StatusPayout>({
    id: 'payouts',
    caption: t.caption,
    captionHidden: true,
    empty: t.none,
    stacks: true,
    rows: payouts,
    columns: [
      { heading: t.month, cell: row => monthTime(row.month, locale) },
      { heading: t.state, cell: row => payoutBadge(payoutStage(row), locale) },
      { heading: t.dates, cell: row => dates(row, locale, t.on) },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.amount, enrolment.currency, locale) },
    ],
  })
}

function helped({ locale }: PageContext, rows: StatusModel['helped']): Html {
  const { helped: t, roles } = text(locale)
  return html`<section class="section" aria-labelledby="helped"><h2 id="helped">${t.title}</h2><p>${t.words}</p>!${table<
    StatusModel['helped'][number]
  >({
    id: 'helped-table',
    caption: t.caption,
    captionHidden: true,
    stacks: true,
    rows,
    columns: [
      { heading: t.date, cell: row => dayOf(row.at, locale) },
      { heading: t.role, cell: row => html`${row.role ? roles[row.role] : ''}` },
      { heading: t.why, cell: row => html`${row.reason}` },
    ],
  })}</section>`
}

type On = ReturnType<typeof text>['status']['on']

/** The last step that was made, and the steps before it: never only a colour. */
function dates(
  { state, payday, approvedAt, sentAt, outcomeAt }: StatusPayout,
  locale: PageContext['locale'],
  on: On,
): Html {
  if (state === 'planned') return html`${on.planned} !${dayTime(payday, locale, 'shortDay')}`
  const steps: [keyof On, Date | null][] = [
    ['accrued', approvedAt],
    ['sent', sentAt],
  ]
  if (state !== 'accrued' && state !== 'sent') steps.push([state, outcomeAt])
  const lines = steps.flatMap(([step, at]) =>
    at ? [html`<li>${on[step]} !${dayOf(at, locale, 'shortDay')}</li>`] : [],
  )
  return html`<ul class="dates">!${lines}</ul>`
}
