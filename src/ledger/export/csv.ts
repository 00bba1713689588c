/**
 * CSV: one line a posting, with its entry's fields on each. Amounts are decimal, debit positive; moments are UTC; texts as
 * platform/csv.ts writes them.
 */

import { csvLine, textCell } from '../../platform/csv.ts'
import type { JournalEntry } from './entry.ts'
import { decimalText, type ExportFormat } from './format.ts'
import { momentText } from './moment.ts'

const columns = [
  ...['entry_id', 'kind', 'nature', 'key', 'reverses', 'effective_at', 'recorded_at', 'ordinal'],
  ...['account_kind', 'account_subject', 'pool_id', 'currency', 'amount', 'account_version', 'balance_after'],
]

export const csv: ExportFormat = {
  head: () => csvLine(columns),
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
        csvLine([
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
