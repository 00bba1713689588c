/** Amounts in pages. Columns show cents always, so that they stand below each other; running text only when needed. */
import { type Currency, formatMoney, type Locale } from '../../money/index.ts'
import { type Html, html } from '../html.ts'

/** As text, for sentences and for texts with a parameter. */
export const amountText = (minor: bigint, currency: Currency, locale: Locale): string =>
  formatMoney({ minor, currency }, locale)

/** For a column of a table or a receipt: never breaks, cents always. */
export const amountCell = (minor: bigint, currency: Currency, locale: Locale): Html =>
  html`<span class="amount">${formatMoney({ minor, currency }, locale, 'always')}</span>`

/** A large figure. */
export const amountFigure = (minor: bigint, currency: Currency, locale: Locale): Html =>
  html`<span class="amount">${formatMoney({ minor, currency }, locale)}</span>`
