/**
 * One kind of table: a caption, a row heading, columns with scope, and its own sideways scroll on small screens. The
 * roles say again what the elements say: browsers forget it when a stylesheet lays rows out differently.
 */
import { type Html, html, nothing } from '../html.ts'

export interface Column<Row> {
  readonly heading: string
  readonly cell: (row: Row, index: number) => Html
  readonly numeric?: boolean
  /** Says its heading in each cell where a stack hides the headings: a date or a yes alone means nothing there. */
  readonly says?: boolean
}

export interface TableParts<Row> {
  /** Unique on the page. */
  readonly id: string
  readonly caption: string
  /** The heading above the table says the same already. */
  readonly captionHidden?: boolean
  /** The first column holds the row's heading. */
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  readonly rows: readonly Row[]
  /** Totals: one cell a column, the first one is their heading. */
  readonly foot?: readonly Html[]
  readonly empty?: string
  /** On small screens each row becomes two lines, of two cells each. */
  readonly stacks?: boolean
}

export function table<Row>(parts: TableParts<Row>): Html {
  const { id, caption, captionHidden, columns, rows, foot, empty = '', stacks } = parts
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  const numeric = columns.map(column => (column.numeric ? html` class="numeric"` : nothing))
  const head = columns.map(
    (column, at) => html`<th scope="col" role="columnheader"!${numeric[at]}>${column.heading}</th>`,
  )
  const said = (at: number, content: Html) =>
    stacks && columns[at]?.says
      ? html`<span class="cell-heading" aria-hidden="true">${columns[at].heading}: </span>!${content}`
      : content
  const line = (cells: readonly Html[]) =>
    html`<tr role="row">!${cells.map((content, at) => cell(at, numeric[at], content))}</tr>
`
  return html`<div class="table-scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">
<table id="${id}" role="table"!${stacks ? html` class="stack"` : nothing}>
<caption id="${id}-caption"!${captionHidden ? html` class="visually-hidden"` : nothing}>${caption}</caption>
<thead role="rowgroup"><tr role="row">!${head}</tr></thead>
<tbody role="rowgroup">!${rows.map((row, index) => line(columns.map((column, at) => said(at, column.cell(row, index)))))}</tbody>
!${foot ? html`<tfoot role="rowgroup">!${line(foot)}</tfoot>` : nothing}
</table></div>`
}

const cell = (at: number, attributes: Html | undefined, content: Html): Html =>
  at === 0
    ? html`<th scope="row" role="rowheader"!${attributes}>!${content}</th>`
    : html`<td role="cell"!${attributes}>!${content}</td>`
