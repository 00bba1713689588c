/** The bank against the ledger, to the cent; what nobody recognises yet; and the way in for a statement. */
import type { BalanceReading } from '../../donations/index.ts'
import type { Currency, Locale } from '../../money/index.ts'
import type { BankStanding, StatementSummary, SuspenseEntry } from '../../reconciliation/index.ts'
import { badge } from '../components/badge.ts'
import { dayTime, moment } from '../components/date.ts'
import { errorSummary, type FormState, hiddenFields, textArea } from '../components/field.ts'
import { amountCell, amountText } from '../components/money.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'
import { providerBalances } from './provider-balances.ts'

export interface ReconciliationModel {
  readonly currency: Currency
  readonly balances: readonly BalanceReading[]
  readonly accounts: readonly BankStanding[]
  readonly suspense: readonly SuspenseEntry[]
  /** Newest first. */
  readonly statements: readonly StatementSummary[]
  readonly mayImport: boolean
  readonly mayProposeAccount: boolean
  /** Field: statement, the file's text. */
  readonly form: FormState
}

export function reconciliationView(page: PageContext, model: ReconciliationModel): Html {
  const t = text(page.locale)
  const { form, currency } = model
  const words = t.reconciliation
  const section = (id: string, title: string, content: Html) =>
    html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`
  const main = html`<div class="frame">!${errorSummary(t, form)}
<header class="page-head"><h1>${words.title}</h1><p class="lead">${words.lead}</p></header>
!${section('bank', words.bank, html`!${accounts(model.accounts, page.locale)}!${model.mayProposeAccount ? html`<p><a href="${localPath(page, paths.ownAccount)}">${t.changes.proposeLink}</a></p>` : nothing}`)}
!${section('provider', t.providerBalance.title, providerBalances(model.balances, page.locale))}
!${section('suspense', words.suspense, html`<p>${words.suspenseWords}</p>!${suspense(page, model.suspense)}`)}
!${section('statements', words.statements, statements(model.statements, currency, page.locale))}
!${model.mayImport ? importForm(page, form) : nothing}</div>`
  return layout(page, { title: words.title, main, refused: Object.keys(form.errors).length > 0 })
}

function accounts(rows: readonly BankStanding[], locale: Locale): Html {
  const t = text(locale).reconciliation
  const verdict = ({ ledger, lastStatement, currency }: BankStanding): Html => {
    if (!lastStatement) return badge(t.noStatement)
    const difference = ledger - lastStatement.closing
    return difference === 0n
      ? badge(t.equal, 'good')
      : badge(`${t.differs} ${amountText(difference, currency, locale)}`, 'bad')
  }
  return table<BankStanding>({
    id: 'bank-table',
    caption: t.bankCaption,
    captionHidden: true,
    empty: t.noAccounts,
    rows,
    columns: [
      {
        heading: t.account,
        cell: row => html`<span class="iban">${row.iban.replace(/.{4}(?=.)/g, '$& ')}</span>`,
      },
      {
        heading: t.date,
        cell: row =>
          row.lastStatement ? dayTime(row.lastStatement.closingDate, locale, 'shortDay') : html`–`,
      },
      {
        heading: t.onStatement,
        numeric: true,
        cell: row =>
          row.lastStatement ? amountCell(row.lastStatement.closing, row.currency, locale) : html`–`,
      },
      { heading: t.inLedger, numeric: true, cell: row => amountCell(row.ledger, row.currency, locale) },
      { heading: t.difference, cell: verdict },
    ],
  })
}

function suspense(page: PageContext, rows: readonly SuspenseEntry[]): Html {
  const { locale } = page
  const { reconciliation: t, suspense: words } = text(locale)
  return table<SuspenseEntry>({
    id: 'suspense-table',
    caption: t.suspenseCaption,
    captionHidden: true,
    empty: t.noSuspense,
    rows,
    columns: [
      {
        heading: t.reference,
        cell: row =>
          html`<a href="${localPath(page, paths.suspense(row.entryKey))}"><code>${row.reference}</code></a>`,
      },
      { heading: words.why, cell: row => html`${words.reasons[row.reason ?? 'nothing-known']}` },
      { heading: t.booked, cell: row => dayTime(row.bookedOn, locale, 'shortDay') },
      { heading: t.amount, numeric: true, cell: row => amountCell(row.amount, row.currency, locale) },
    ],
  })
}

function statements(rows: readonly StatementSummary[], currency: Currency, locale: Locale): Html {
  const t = text(locale).reconciliation
  return table<StatementSummary>({
    id: 'statements-table',
    caption: t.statementsCaption,
    captionHidden: true,
    empty: t.noStatements,
    rows,
    columns: [
      { heading: t.statement, cell: row => html`<code>${row.statementId}</code>` },
      { heading: t.date, cell: row => dayTime(row.closingDate, locale, 'shortDay') },
      { heading: t.opening, numeric: true, cell: row => amountCell(row.opening, currency, locale) },
      { heading: t.closing, numeric: true, cell: row => amountCell(row.closing, currency, locale) },
      { heading: t.importedAt, cell: row => moment(row.importedAt, locale) },
    ],
  })
}

function importForm(page: PageContext, form: FormState): Html {
  const t = text(page.locale).reconciliation
  return html`<section class="section" id="import" aria-labelledby="import-title"><h2 id="import-title">${t.import}</h2>
!${page.demonstration ? html`<p>${t.importAutomatic}</p>` : nothing}
<form method="post" action="${localPath(page, paths.statements)}" novalidate>!${hiddenFields({ idempotencyKey: form.formKey })}
!${textArea(form, { name: 'statement', label: t.importLabel, hint: t.importHint }, 8)}
<button class="button" type="submit">${t.importSubmit}</button></form></section>`
}
