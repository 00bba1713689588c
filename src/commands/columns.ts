/** Columns that stand under each other, and amounts as people read them. */
import { formatMoney, isCurrency } from '../money/index.ts'
import { say } from './command.ts'

/** A heading that begins with `>` has its column at the right, as amounts stand. */
export function sayColumns(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const names = headings.map(heading => heading.replace(/^>/, ''))
  const widths = names.map((name, index) =>
    Math.max(name.length, ...rows.map(row => (row[index] ?? '').length)),
  )
  for (const row of [names, ...rows]) {
    const cells = widths.map((width, index) => {
      const cell = row[index] ?? ''
      return headings[index]?.startsWith('>') ? cell.padStart(width) : cell.padEnd(width)
    })
    say(cells.join('  ').trimEnd())
  }
}

/** A currency that we do not know the minor unit of is shown in minor units, and says so. */
export const amount = (minor: bigint, currency: string): string =>
  isCurrency(currency) ? formatMoney({ minor, currency }, 'en', 'always') : `${minor} minor ${currency}`
