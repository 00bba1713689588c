/** Recipients' terms in pools, and what a pool can promise. */
export { enrolmentChecks, enrolmentKinds } from './checks.ts'
export { type EnrolInput, enrol } from './enrol.ts'
export {
  accountEndings,
  type Enrolment,
  enrolmentById,
  enrolmentsDue,
  enrolmentsOf,
  firstMonthOf,
  promisedInPool,
} from './enrolment.ts'
export { giveSignIn, type SignInOf } from './give-sign-in.ts'
export { type PoolStanding, poolStanding } from './pool-position.ts'
export { readAccount } from './read-account.ts'
