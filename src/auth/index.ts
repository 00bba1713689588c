/** Who is there and what they may do. */
export { actorNames } from './actor-names.ts'
export {
  createKey,
  LONGEST_KEY_DAYS,
  type MadeKey,
  type NewKey,
  USUAL_KEY_DAYS,
} from './create-key.ts'
export { endKey } from './end-key.ts'
export { endGrant, grantRole, type NewGrant } from './grants.ts'
export { type PoolOf, registerGuard } from './guard.ts'
export { isKeySecret, KEY_PREFIX } from './key-secret.ts'
export { isKeyScope, keysOf, type ListedKey } from './keys.ts'
export { actorOf, anyActorOf, originOf, sessionCookie, tokenOf } from './origin.ts'
export {
  allows,
  approvingRoles,
  FRESH_MINUTES,
  type Grant,
  isStaffRole,
  judge,
  type KeyScope,
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
  personsWithRoles,
} from './persons.ts'
export { LONGEST_OVERLAP_DAYS, type Rotation, rotateKey, USUAL_OVERLAP_DAYS } from './rotate-key.ts'
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
