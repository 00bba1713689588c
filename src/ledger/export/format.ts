/** What a format of the export is: pure functions from what stands in the ledger to text. */
import { isCurrency, toDecimal } from '../../money/index.ts'
import type { JournalEntry, Microseconds, UsedAccount } from './entry.ts'

export interface ExportFormat {
  /** Comes first. */
  head(about: ExportAbout): string
  /** Declares an account, before all entries. */
  account?(account: UsedAccount): string
  entry(entry: JournalEntry): string
  /** Says what an account holds, after all entries. `lastRecordedAt` is that of the whole export. */
  closing?(account: UsedAccount, lastRecordedAt: Microseconds): string
}

export interface ExportAbout {
  readonly organisationId: number
  readonly currencies: readonly string[]
  /** Entries recorded later are left out; null: none is. */
  readonly until: Microseconds | null
}

/** `-1234.56`. A currency whose minor unit nobody wrote down is refused: a guess could be a hundred times too much. */
export function decimalText(minor: bigint, currency: string): string {
  if (!isCurrency(currency)) throw new RangeError(`the minor unit of ${currency} is not known`)
  return toDecimal({ minor, currency })
}
