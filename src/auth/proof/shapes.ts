/**
 * How better-auth's models stand in our tables: which column holds which field, what is found by a keyed hash, and what is
 * sealed. Nothing here is readable to whoever reads the tables alone.
 */
import type { Vault } from '../../platform/vault.ts'
import { emailContext, normalEmail } from '../persons.ts'

export type Row = Record<string, unknown>

export interface Sealing {
  readonly organisationId: number
  readonly vault: Vault
}

export interface Shape {
  readonly table: string
  /** Field to column; fields that are on no line are not kept. */
  readonly columns: Readonly<Record<string, string>>
  /** Fields that are found by their keyed hash: the column, and what is hashed. */
  readonly hashed?: Readonly<Record<string, { column: string; text: (value: string) => string }>>
  /** Columns that are made of fields, beyond those that are simply kept. */
  seal?(fields: Row, sealing: Sealing): Row
  /** Fields that are made of columns. */
  open?(columns: Row, sealing: Sealing): Row
}

const valueContext = (organisationId: number) => `auth.verifications/${organisationId}/value`
const otp = /^sign-in-otp-(.+)$/

/** Whose address a link or a code was sent to: both are found by it, and end together. */
function addressOf(identifier: string, value: string): string | null {
  const ofCode = otp.exec(identifier)?.[1]
  if (ofCode) return ofCode
  const email = /^\{"email":("(?:[^"\\]|\\.)*")/.exec(value)?.[1]
  return email ? String(JSON.parse(email)) : null
}

export const addressText = (email: string): string => `email/${normalEmail(email)}`

export const shapes: Readonly<Record<string, Shape>> = {
  user: {
    table: 'auth.persons',
    columns: {
      id: 'id',
      name: 'name',
      createdAt: 'createdAt',
      updatedAt: 'updatedAt',
      twoFactorEnabled: 'secondFactor',
    },
    hashed: { email: { column: 'emailFingerprint', text: addressText } },
    seal: ({ id, email }, { vault, organisationId }) =>
      typeof email === 'string' && typeof id === 'string'
        ? { emailSealed: vault.encrypt(normalEmail(email), emailContext(organisationId, id)) }
        : {},
    open: ({ id, emailSealed }, { vault, organisationId }) => ({
      email: Buffer.isBuffer(emailSealed)
        ? vault.decrypt(emailSealed, emailContext(organisationId, String(id))).toString()
        : `${id}@invalid`,
      // Nobody comes in without having shown that the address is theirs, or by an issuer that says so.
      emailVerified: true,
    }),
  },
  verification: {
    table: 'auth.verifications',
    columns: { id: 'id', expiresAt: 'expiresAt', createdAt: 'createdAt', updatedAt: 'updatedAt' },
    hashed: {
      identifier: { column: 'identifierFingerprint', text: identifier => `verification/${identifier}` },
    },
    seal: ({ identifier, value }, { vault, organisationId }) => {
      if (typeof value !== 'string') return {}
      const address = typeof identifier === 'string' ? addressOf(identifier, value) : null
      return {
        valueSealed: vault.encrypt(value, valueContext(organisationId)),
        ...(address ? { subjectFingerprint: vault.fingerprint(addressText(address)) } : {}),
      }
    },
    open: ({ valueSealed }, { vault, organisationId }) => ({
      value: vault.decrypt(valueSealed as Buffer, valueContext(organisationId)).toString(),
    }),
  },
  twoFactor: {
    table: 'auth.authenticators',
    columns: {
      id: 'id',
      userId: 'personId',
      secret: 'secret',
      backupCodes: 'recoveryCodes',
      verified: 'verified',
      failedVerificationCount: 'failedAttempts',
      lockedUntil: 'lockedUntil',
    },
  },
  passkey: {
    table: 'auth.passkeys',
    columns: {
      id: 'id',
      userId: 'personId',
      name: 'name',
      credentialID: 'credentialId',
      publicKey: 'publicKey',
      counter: 'counter',
      deviceType: 'deviceType',
      backedUp: 'backedUp',
      transports: 'transports',
      aaguid: 'aaguid',
      createdAt: 'createdAt',
    },
    open: ({ counter }) => ({ counter: Number(counter) }),
  },
  account: {
    table: 'auth.identities',
    columns: {
      id: 'id',
      userId: 'personId',
      providerId: 'issuer',
      accountId: 'subject',
      createdAt: 'createdAt',
      updatedAt: 'updatedAt',
    },
  },
}
