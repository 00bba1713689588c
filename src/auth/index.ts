/** Who is there and what they may do. */
export {
  type Colleague,
  colleagueById,
  colleagues,
  givenRoles,
  type HeldRole,
} from './colleagues.ts'
export { createAdministrator } from './create-administrator.ts'
export { type Disabled, disablePerson } from './disable-person.ts'
export { endRole } from './end-role.ts'
export { endSessionsOf } from './end-sessions-of.ts'
export { giveRole, type RoleToGive } from './give-role.ts'
export { endGrant, grantRole, type NewGrant } from './grants.ts'
export { type PoolOf, registerGuard } from './guard.ts'
export { helpRecipient } from './help-recipient.ts'
export { HELP_MINUTES } from './helping.ts'
export { type Invitation, invitePerson } from './invite-person.ts'
export { actorOf, anyActorOf, originOf, sessionCookie, tokenOf } from './origin.ts'
export {
  allows,
  approvingRoles,
  FRESH_MINUTES,
  type Grant,
  isStaffRole,
  judge,
  type Permission,
  permissions,
  poolsOf,
  type Role,
  roles,
  ruleOf,
  staffRoles,
} from './permissions.ts'
export {
  addPerson,
  lockPersonOfEmail,
  type NewPerson,
  type Person,
  personById,
  personIdOfEmail,
  personsWithRoles,
} from './persons.ts'
export { readEmail } from './read-email.ts'
export { hasSignIn, linkRecipient, unlinkRecipient } from './recipients.ts'
export {
  endSessions,
  type Origin,
  SESSION_HOURS,
  type Session,
  secondFactorShown,
  sessionOfToken,
  signInForDemonstration,
  signOut,
  startSession,
} from './sessions.ts'
export { stopHelping } from './stop-helping.ts'
