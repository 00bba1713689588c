/** One kind of table: a caption, a row heading, columns with scope, and its own sideways scroll on small screens. */
import { type Html, html, nothing } from '../html.ts'

export interface Column<Row> {
  readonly heading: string
  readonly cell: (row: Row, index: number) => Html
  readonly numeric?: boolean
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
}

export function table<Row>({
  id,
  caption,
  captionHidden,
  columns,
  rows,
  foot,
  empty = '',
}: TableParts<Row>): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  const numeric = columns.map(column => (column.numeric ? html` class="numeric"` : nothing))
  return html`<div class="table-scroll" role="region" aria-labelledby="${id}-caption" tabindex="0"><table id="${id}">
<caption id="${id}-caption"!${captionHidden ? html` class="visually-hidden"` : nothing}>${caption}</caption>
<thead><tr>!${columns.map((column, at) => html`<th scope="col"!${numeric[at]}>${column.heading}</th>`)}</tr></thead>
<tbody>!${rows.map(
    (
      row,
      index,
    ) => html`<tr>!${columns.map((column, at) => cell(at, numeric[at], column.cell(row, index)))}</tr>
`,
  )}</tbody>
!${foot ? html`<tfoot><tr>!${foot.map((content, at) => cell(at, numeric[at], content))}</tr></tfoot>` : nothing}
</table></div>`
}

const cell = (at: number, attributes: Html | undefined, content: Html): Html =>
  at === 0 ? html`<th scope="row"!${attributes}>!${content}</th>` : html`<td!${attributes}>!${content}</td>`
