/** Statements against the ledger. */
export { bankKinds, reconciliationChecks } from './checks.ts'
export { type ImportedStatement, importStatement, importStatementWithin } from './import-statement.ts'
export {
  type BankStanding,
  bankStandings,
  type StatementSummary,
  statementNumbers,
  statements,
  suspenseEntries,
} from './standing.ts'
