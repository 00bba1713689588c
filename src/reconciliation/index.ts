/** Statements against the ledger. */
export { bankKinds, reconciliationChecks } from './checks.ts'
export { type ImportedStatement, importStatement, importStatementWithin } from './import-statement.ts'
export { resolveSuspense, type SuspenseResolution } from './resolve-suspense.ts'
export {
  type BankStanding,
  bankStandings,
  type StatementSummary,
  type SuspenseEntry,
  statementNumbers,
  statements,
  suspenseEntries,
  suspenseEntry,
} from './standing.ts'
export { type SuspenseReason, suspenseReasons } from './tables.ts'
