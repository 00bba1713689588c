/** A pool for staff: what it carries, where its money is, who takes part, and the form that enrols somebody. */
import type { Enrolment } from '../../enrolments/index.ts'
import type { Sustainability } from '../../sustainability/index.ts'
import { monthTime } from '../components/date.ts'
import { explanation } from '../components/explanation.ts'
import { errorSummary, type FormState } from '../components/field.ts'
import { shortReference } from '../components/journal-entry.ts'
import { amountCell } from '../components/money.ts'
import { type PoolTerms, sustained, towardsNext } from '../components/pool-summary.ts'
import { table } from '../components/table.ts'
import { type Whereabouts, whereabouts } from '../components/whereabouts.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { enrolForm } from './enrol-form.ts'
import { trailLinks } from './trail-link.ts'

export interface EnrolmentRow
  extends Pick<Enrolment, 'id' | 'monthlyAmount' | 'firstMonth' | 'lastMonth' | 'termMonths'> {
  /** Null where this person's role does not show it. */
  readonly ibanMasked: string | null
  readonly paidMonths: number
}

export interface AdminPoolModel {
  readonly pool: PoolTerms & { readonly id: string }
  readonly sustainability: Sustainability
  readonly whereabouts: Whereabouts
  readonly enrolments: readonly EnrolmentRow[]
  readonly mayEnrol: boolean
  readonly mayProposeTerms: boolean
  /** Whether each enrolment leads to its page. */
  readonly mayOpen: boolean
  /** YYYY-MM: the months in which a term can begin. */
  readonly startMonths: readonly string[]
  /** Fields: name, birthDate, iban, firstMonth, livesInArea, checkedHow; `poolId` for what is wrong with the pool. */
  readonly form: FormState
}

export function adminPoolView(page: PageContext, model: AdminPoolModel): Html {
  const { pool, sustainability, form } = model
  const { locale } = page
  const t = text(locale)
  const main = html`<div class="frame">!${errorSummary(t, form, { poolId: 'position' })}
<header class="page-head"><p class="eyebrow"><a href="${localPath(page, paths.pool(pool.slug))}">${t.adminPool.public}</a></p><h1>${t.adminPool.title(pool.name)}</h1></header>
<div class="split"><div class="split-main">
<section class="panel" aria-labelledby="position"><h2 id="position">${t.adminPool.position}</h2>
!${sustained(pool, sustainability, locale)}!${towardsNext('progress', pool, sustainability, locale)}
!${model.mayProposeTerms ? html`<p><a href="${localPath(page, paths.poolTerms(pool.slug))}">${t.changes.termsLink}</a></p>` : nothing}</section>
!${mayOpen(page, 'donations.read', pool.id) ? html`<p><a href="${localPath(page, paths.adminDonations(pool.slug))}">${t.donations.link}</a><br><a href="${localPath(page, paths.adminMonthly(pool.slug))}">${t.monthly.admin.link}</a></p>` : nothing}
<section class="section" aria-labelledby="enrolments"><h2 id="enrolments">${t.adminPool.enrolments}</h2>!${enrolments(page, model)}</section>
<section class="section" aria-labelledby="where"><h2 id="where">${t.pool.where}</h2>!${whereabouts('whereabouts', model.whereabouts, pool.currency, locale)}</section>
<section class="section" aria-labelledby="why"><h2 id="why">${t.pool.why.title}</h2>!${explanation(sustainability, locale)}</section>
</div><div class="split-side">!${model.mayEnrol && pool.state === 'open' ? enrolForm(page, model) : nothing}!${trailLinks(page, [{ kind: 'pool', id: pool.id, words: t.trail.linkPool }])}</div></div></div>`
  return layout(page, {
    title: t.adminPool.title(pool.name),
    main,
    refused: Object.keys(form.errors).length > 0,
  })
}

function enrolments(page: PageContext, { enrolments: rows, pool, mayOpen }: AdminPoolModel): Html {
  const { locale } = page
  const { adminPool: t, enrolment } = text(locale)
  return table<EnrolmentRow>({
    id: 'enrolments-table',
    caption: t.enrolmentsCaption,
    captionHidden: true,
    empty: t.noEnrolments,
    rows,
    columns: [
      {
        heading: t.reference,
        cell: row => {
          const reference = shortReference(row.id)
          const code = html`<code>${reference}</code>`
          return mayOpen
            ? html`<a href="${localPath(page, paths.adminEnrolment(row.id))}" aria-label="${enrolment.open(reference)}">!${code}</a>`
            : code
        },
      },
      { heading: t.account, cell: row => html`<span class="iban">${row.ibanMasked ?? '••••'}</span>` },
      { heading: t.from, cell: row => monthTime(row.firstMonth, locale) },
      { heading: t.until, cell: row => monthTime(row.lastMonth, locale) },
      { heading: t.paid, numeric: true, cell: row => html`${t.paidOf(row.paidMonths, row.termMonths)}` },
      {
        heading: t.perMonth,
        numeric: true,
        cell: row => amountCell(row.monthlyAmount, pool.currency, locale),
      },
    ],
  })
}
