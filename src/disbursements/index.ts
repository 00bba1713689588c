/** Money out. */
export { approveCycle } from './approve-cycle.ts'
export { type Batch, batchesOf, cycleOfBatch, handOver, readPaymentFile } from './batch.ts'
export { blockedEnrolments } from './blocked-accounts.ts'
export { disbursementChecks, disbursementKinds } from './checks.ts'
export {
  type Cycle,
  type CycleState,
  cycleById,
  cycleState,
  cyclesOf,
  type Payout,
  type PayoutState,
  paidOut,
  payouts,
} from './cycle.ts'
export { type CycleBehind, cyclesBehind } from './cycles-behind.ts'
export { type Freeze, freezeOpen, freezePayments, freezes, liftFreeze } from './freeze.ts'
export { makePaymentFile } from './make-payment-file.ts'
export { type PaidCycle, paidByCycle } from './paid-by-cycle.ts'
export { paydayOf, submissionDeadline } from './payday.ts'
export { planCycle, planCycles } from './plan-cycles.ts'
export { proposeCycle } from './propose-cycle.ts'
export { approveRetries, type Retry, retriesOf } from './retries.ts'
export { broughtInAReturn, enrolledANewcomer, gaveTheRoleAlone } from './second-eyes.ts'
