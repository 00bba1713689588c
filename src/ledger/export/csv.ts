/**
 * CSV (RFC 4180): one line a posting, with its entry's fields on each. Amounts are decimal, debit positive; moments are
 * UTC. A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that begins with
 * an apostrophe: whoever takes one away has the text again.
 */
import type { JournalEntry } from './entry.ts'
import { decimalText, type ExportFormat } from './format.ts'
import { momentText } from './moment.ts'

const columns = [
  ...['entry_id', 'kind', 'nature', 'key', 'reverses', 'effective_at', 'recorded_at', 'ordinal'],
  ...['account_kind', 'account_subject', 'pool_id', 'currency', 'amount', 'account_version', 'balance_after'],
]

export const csv: ExportFormat = {
  head: () => line(columns),
  entry(entry: JournalEntry) {
    const ofEntry = [
      `${entry.id}`,
      textCell(entry.kind),
      entry.nature,
      textCell(entry.key),
      entry.reverses === null ? '' : `${entry.reverses}`,
      momentText(entry.effectiveAt),
      momentText(entry.recordedAt),
    ]
    return entry.postings
      .map(({ account, amount, accountVersion, balanceAfter }, index) =>
        line([
          ...ofEntry,
          `${index + 1}`,
          account.kind,
          textCell(account.subject),
          account.poolId ?? '',
          account.currency,
          decimalText(amount, account.currency),
          `${accountVersion}`,
          decimalText(balanceAfter, account.currency),
        ]),
      )
      .join('')
  },
}

const line = (cells: readonly string[]) => `${cells.join(',')}\r\n`

function textCell(text: string): string {
  const harmless = /^[=+\-@'\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
