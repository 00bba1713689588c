/**
 * Cells of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front. So does each piece
 * of it behind a semicolon, comma, tab or line break: a program that separates by another sign than ours, as Excel does where
 * people write 1,50, makes a cell of that piece. And so does what begins with an apostrophe itself: whoever takes one away at
 * the start and behind each of those signs (`/(^|[;,\t\r\n])'/g`) has the text again. Numbers and days are written as they are.
 */

export const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

/**
 * Where what spreadsheets calculate or run begins: also behind blanks, and behind quotes, which are no text where another
 * program begins a cell; in the wide characters of East Asian keyboards too.
 */
const formula = /(?<=^|[;,\t\r\n])(?=[\s"\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|')|^(?=[\t\r\n])/gu

export function textCell(text: string): string {
  const harmless = text.replace(formula, "'")
  return /[",;\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
