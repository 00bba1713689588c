/** Bank statements, camt.053: from a bank's file to booked entries that add up. */
export { type ReadCamt053, readCamt053 } from './read-camt053.ts'
export type { StatementRefusal } from './refusal.ts'
export type {
  Balance,
  BatchReference,
  BookedEntry,
  Statement,
  StatementWarning,
  TransactionDetail,
  Warning,
} from './statement.ts'
