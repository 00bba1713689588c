/** Pools: what money is for, and on which terms. */

export { foundPool } from './found-pool.ts'
export {
  closePool,
  createPool,
  lockPool,
  missingDocuments,
  type NewPool,
  type Pool,
  poolById,
  poolBySlug,
  pools,
} from './pool.ts'
export { recordDocument } from './record-document.ts'
export type { PoolTables } from './tables.ts'
export {
  changeTerms,
  lockTerms,
  moveToAccount,
  type PoolTerms,
  type TermChange,
  termChanges,
  termNames,
  termsOf,
  wasGivenTo,
} from './terms.ts'
