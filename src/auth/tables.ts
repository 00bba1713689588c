/** Persons who can sign in, what they may do, how they show who they are, and keys of programs. */
import type { Generated } from 'kysely'
import type { Role } from './permissions.ts'

interface OfOrganisation {
  organisationId: number
  id: string
}

export type Method = 'email' | 'passkey' | 'oidc' | 'demonstration'

export interface AuthTables {
  'auth.persons': OfOrganisation & {
    name: Generated<string>
    enrolmentId: string | null
    emailSealed: Buffer | null
    emailFingerprint: Buffer | null
    secondFactor: Generated<boolean>
    locale: Generated<'nl' | 'en'>
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  'auth.grants': OfOrganisation & {
    personId: string
    role: Role
    poolId: string | null
    lastDay: string | null
    standInFor: string | null
    grantedBy: string | null
    grantedAt: Generated<Date>
    changeId: string | null
    endedBy: string | null
    endedAt: Date | null
  }
  'auth.sessions': OfOrganisation & {
    tokenSha256: Buffer
    personId: string
    method: Generated<Method>
    secondFactorAt: Date | null
    actingFor: string | null
    actingReason: string | null
    actingSince: Date | null
    device: string | null
    wrongCodes: Generated<number>
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
    expiresAt: Date
  }
  'auth.verifications': OfOrganisation & {
    subjectFingerprint: Buffer | null
    identifierFingerprint: Buffer
    valueSealed: Buffer
    expiresAt: Date
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  'auth.authenticators': OfOrganisation & {
    personId: string
    secret: string
    recoveryCodes: string
    verified: Generated<boolean>
    failedAttempts: Generated<number>
    lockedUntil: Date | null
    lastStep: bigint | null
    begunIn: string | null
    timesShut: Generated<number>
    createdAt: Generated<Date>
  }
  'auth.passkeys': OfOrganisation & {
    personId: string
    name: string
    credentialId: string
    publicKey: string
    counter: bigint
    deviceType: string
    backedUp: boolean
    transports: string | null
    aaguid: string | null
    createdAt: Generated<Date>
  }
  'auth.identities': OfOrganisation & {
    personId: string
    issuer: string
    subject: string
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  'auth.keys': OfOrganisation & {
    keySha256: Buffer
    start: string
    name: string
    scopes: string[]
    poolId: string | null
    createdBy: string
    createdAt: Generated<Date>
    expiresAt: Date
    replaces: string | null
    usedAt: Date | null
    endedBy: string | null
    endedAt: Date | null
  }
}
