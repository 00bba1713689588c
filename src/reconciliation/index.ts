/** Statements against the ledger. */
export { type ImportedStatement, importStatement, importStatementWithin } from './import-statement.ts'
export {
  type BankStanding,
  bankStandings,
  type StatementSummary,
  statements,
  suspenseEntries,
} from './standing.ts'
