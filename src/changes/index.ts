/** What needs two people: proposed by one, approved by another, done at once. */
export {
  type Change,
  type ChangeFilter,
  type ChangeState,
  type Contents,
  changeById,
  changePositions,
  changes,
  EXPIRES_DAYS,
  type Kind,
  kinds,
  states,
} from './change.ts'
export { changeChecks } from './checks.ts'
export { approveChange, rejectChange, withdrawChange } from './decide-change.ts'
export { type InvitationToApprove, inviteToApprove } from './invite-to-approve.ts'
export { decidersOf, mayDecide, mayPropose } from './permission-of.ts'
export { type Proposal, proposeChange } from './propose-change.ts'
