/**
 * One cell of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does
 * one that begins with an apostrophe: whoever takes one away has the text again.
 */
export function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@'\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
