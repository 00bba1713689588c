/**
 * Encryption of personal data and of archived files: AES-256-GCM under a key derived from the installation's
 * secret. The context (which row and column) is authenticated, so that a ciphertext cannot be moved to another
 * row. Rotation: put the new secret first, the old ones after it; each ciphertext names its key, and the command `reseal`
 * seals everything under the current one.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { sha256 } from './id.ts'

const FORMAT = 1
const KEY_ID_BYTES = 4
const IV_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + KEY_ID_BYTES + IV_BYTES + TAG_BYTES

export interface Vault {
  encrypt(plain: string | Buffer, context: string): Buffer
  /** Throws when the ciphertext was altered, belongs to another context, or its key is gone. */
  decrypt(sealed: Buffer, context: string): Buffer
  /** Whether it is sealed under the current secret: what is not would be lost with the older ones. */
  isCurrent(sealed: Buffer): boolean
  /** A keyed hash: tells whether two values are the same without showing either. */
  fingerprint(value: string): Buffer
  /** The same under every secret, the current one first: what was stored before a rotation is still recognised. */
  fingerprints(value: string): readonly Buffer[]
}

/** `secrets`: the current one first, then older ones that may still be needed to decrypt. */
export function createVault(secrets: readonly string[]): Vault {
  const [current, ...older] = secrets.map(deriveKeys)
  if (!current) throw new Error('a vault needs a secret')
  if (new Set([current, ...older].map(({ id }) => id.toString('hex'))).size <= older.length)
    throw new Error('two secrets are the same, or look the same')
  const keys = new Map([current, ...older].map(each => [each.id.toString('hex'), each.encryption]))
  const newIv = ivs()
  return {
    encrypt(plain, context) {
      const iv = newIv()
      const cipher = createCipheriv('aes-256-gcm', current.encryption, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.of(FORMAT), current.id, iv, cipher.getAuthTag(), body])
    },
    decrypt(sealed, context) {
      if (sealed[0] !== FORMAT || sealed.length < HEADER_BYTES) throw new Error('not a sealed value')
      const idEnd = 1 + KEY_ID_BYTES
      const ivEnd = idEnd + IV_BYTES
      const key = keys.get(sealed.subarray(1, idEnd).toString('hex'))
      if (!key) throw new Error('sealed under a key that is not configured')
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(idEnd, ivEnd))
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(ivEnd, HEADER_BYTES))
      return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()])
    },
    isCurrent: sealed => sealed.subarray(1, 1 + KEY_ID_BYTES).equals(current.id),
    fingerprint: value => fingerprintUnder(current, value),
    fingerprints: value => [current, ...older].map(each => fingerprintUnder(each, value)),
  }
}

/** Secrets for something else that needs its own: derived, so that knowing one tells nothing of the others. */
export const deriveSecrets = (secrets: readonly string[], purpose: string): string[] =>
  secrets.map(secret => Buffer.from(hkdfSync('sha256', secret, 'meent', purpose, 32)).toString('base64url'))

const fingerprintUnder = ({ fingerprint }: { fingerprint: KeyObject }, value: string): Buffer =>
  createHmac('sha256', fingerprint).update(value).digest()

/** Keys as objects: with bare bytes Node looks at them anew each time, for longer than the work itself takes. */
function deriveKeys(secret: string): { id: Buffer; encryption: KeyObject; fingerprint: KeyObject } {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'meent', purpose, 32))
  const encryption = derive('encryption')
  return {
    id: sha256(encryption).subarray(0, KEY_ID_BYTES),
    encryption: createSecretKey(encryption),
    fingerprint: createSecretKey(derive('fingerprint')),
  }
}

/** Random bytes are drawn for many at once, and each is handed out once: asking the system costs as much as sealing. */
function ivs(): () => Buffer {
  let drawn = Buffer.alloc(0)
  let used = 0
  return () => {
    if (used + IV_BYTES > drawn.length) {
      drawn = randomBytes(IV_BYTES * 256)
      used = 0
    }
    used += IV_BYTES
    return drawn.subarray(used - IV_BYTES, used)
  }
}
