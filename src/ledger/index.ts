/** What other slices may use of the ledger. */
export { accountById, accountsOf, fundOf, type LedgerAccount } from './accounts-of.ts'
export { balanceEffectiveAt, balanceRecordedAt } from './balance-at.ts'
export { balanceOf, inTotal, poolTotals, type Totals, trialBalances } from './balances.ts'
export * as accounts from './chart.ts'
export { type AccountKind, accountKinds } from './chart.ts'
export {
  accountChecks,
  checkLedger,
  checkNames,
  type Finding,
  journalLaws,
  miscounted,
  organisationsIn,
  portionsOf,
  walkPortion,
  walkSettings,
} from './checks.ts'
export {
  entriesById,
  entriesByKey,
  entryKinds,
  type LedgerEntry,
  type LedgerPage,
  type WholeEntry,
} from './entries.ts'
export { type ExportSummary, exportFormats, exportLedger } from './export/export-ledger.ts'
export type { Movement } from './movements/index.ts'
export * as movements from './movements/index.ts'
export { poolLedger } from './pool-ledger.ts'
export { FundsTooLow, type Posted, post } from './post.ts'
export { isRefusal, postEach } from './post-each.ts'
export { reversalOf } from './reverse.ts'
export { searchEntries } from './search-entries.ts'
export { statementOf } from './statement.ts'
export type { LedgerTables } from './tables.ts'
