/** Who is there and what they may do. */
export { endGrant, grantRole, type NewGrant } from './grants.ts'
export { type PoolOf, registerGuard } from './guard.ts'
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
  type NewPerson,
  type Person,
  personById,
  personIdOfEmail,
  personNames,
  personsWithRoles,
} from './persons.ts'
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
