/** Who is there and what they may do. */
export { actorOf, anyActorOf, registerGuard, SESSION_COOKIE, tokenOf } from './guard.ts'
export { allows, type Permission, permissions, type Role, roles } from './permissions.ts'
export {
  addPerson,
  demonstrationPersons,
  type Person,
  personOfToken,
  SESSION_HOURS,
  signIn,
  signOut,
} from './sessions.ts'
