/**
 * Cells of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one
 * that begins with an apostrophe: whoever takes one away has the text again. Numbers and days are written as they are.
 */

export const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

/** What spreadsheets calculate or run, also behind blanks, and in the wide characters of East Asian keyboards. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^['\t\r\n]/u

export function textCell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text
  return /[",;\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
