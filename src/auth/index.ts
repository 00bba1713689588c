/** Who is there and what they may do. */

export { actorNames } from './actor-names.ts'
export {
  type Colleague,
  colleagueById,
  colleagueRoles,
  colleagues,
  givenRoles,
  type HeldRole,
  lockColleague,
} from './colleagues.ts'
export { createAdministrator } from './create-administrator.ts'
export {
  createKey,
  LONGEST_KEY_DAYS,
  type MadeKey,
  type NewKey,
  USUAL_KEY_DAYS,
} from './create-key.ts'
export { type Disabled, disablePerson } from './disable-person.ts'
export { endKey } from './end-key.ts'
export { endRole } from './end-role.ts'
export { endSessionsOf } from './end-sessions-of.ts'
export { forgetSessions } from './forget-sessions.ts'
export { giveRole, type RoleToGive, refuseForOnePool, refuseTooLong } from './give-role.ts'
export { endGrant, grantRole, type NewGrant } from './grants.ts'
export { type PoolOf, registerGuard } from './guard.ts'
export { helpRecipient } from './help-recipient.ts'
export { HELP_MINUTES } from './helping.ts'
export { wasDisabledSince } from './independence.ts'
export { type Invitation, invitePerson, invitePersonWithin } from './invite-person.ts'
export { isKeySecret, KEY_PREFIX } from './key-secret.ts'
export { isKeyScope, keysOf, type ListedKey } from './keys.ts'
export {
  actorOf,
  anyActorOf,
  isFromHere,
  networkAround,
  originOf,
  placeOf,
  sessionCookie,
  tokenOf,
} from './origin.ts'
export { endOwnSession, type OwnSession, ownSessions } from './own-sessions.ts'
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
  poolRoles,
  poolsOf,
  type Role,
  roles,
  ruleOf,
  staffRoles,
} from './permissions.ts'
export {
  addPerson,
  addressOfPerson,
  type HeldGrant,
  lockPersonOfEmail,
  type NewPerson,
  normalEmail,
  type Person,
  personById,
  personIdOfEmail,
  personNames,
  personsWithRoles,
} from './persons.ts'
export { MAIL_MINUTES } from './proof/engine.ts'
export { createEngines, type Engines } from './proof/engines.ts'
export { OIDC_CALLBACK, type OidcSettings } from './proof/municipality.ts'
export { readEmail } from './read-email.ts'
export { hasSignIn, linkRecipient, unlinkRecipient } from './recipients.ts'
export { resealAddresses, resealAuthenticators } from './reseal.ts'
export { resetSecondFactor } from './reset-second-factor.ts'
export { LONGEST_OVERLAP_DAYS, type Rotation, rotateKey, USUAL_OVERLAP_DAYS } from './rotate-key.ts'
export {
  beginAuthenticator,
  confirmAuthenticator,
  type Own,
  removeAuthenticator,
  renewRecoveryCodes,
  waitingAuthenticator,
} from './second-factor/authenticator.ts'
export { confirmForDemonstration } from './second-factor/demonstration.ts'
export { endOtherSessions } from './second-factor/end-other-sessions.ts'
export {
  addPasskey,
  type Browser,
  type PasskeyShown,
  passkeyToMake,
  passkeyToShow,
  removePasskey,
  showPasskey,
} from './second-factor/passkeys.ts'
export { type SecondFactors, secondFactorsOf } from './second-factor/second-factors.ts'
export { showCode } from './second-factor/show-code.ts'
export {
  endSessions,
  grantsOf,
  type Origin,
  SESSION_HOURS,
  type Session,
  sessionOfToken,
  signInForDemonstration,
  signOut,
  startSession,
} from './sessions.ts'
export { askToSignIn } from './sign-in/ask-to-sign-in.ts'
export { isBoundCode } from './sign-in/bound-code.ts'
export { mailboxOf } from './sign-in/count-asking.ts'
export { addressOfLink, type Entered, signInByCode, signInByLink } from './sign-in/enter.ts'
export { leaveForMunicipality, returnFromMunicipality } from './sign-in/municipality.ts'
export { stopHelping } from './stop-helping.ts'
export { recordingTaken } from './taken-address.ts'
