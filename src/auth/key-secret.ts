/**
 * The secret of a key: a prefix that scanners for leaked secrets recognise, 192 random bits, and a checksum, so that a
 * typing error is seen without asking the database.
 */
import { newSecret, sha256 } from '../platform/id.ts'

export const KEY_PREFIX = 'meent_'
const SHAPE = /^meent_([\w-]{32})([\w-]{6})$/
/** As much of it as is stored in clear, to recognise a key by: 24 of its random bits, so 168 remain a secret. */
const START_LENGTH = 10

const checksumOf = (random: string): string =>
  sha256(`${KEY_PREFIX}${random}`).toString('base64url').slice(0, 6)

export function newKeySecret(): string {
  const random = newSecret(24)
  return `${KEY_PREFIX}${random}${checksumOf(random)}`
}

/** False: mistyped, cut off or made up. True says nothing of whether there is such a key. */
export function isKeySecret(text: string): boolean {
  const [, random = '', checksum] = SHAPE.exec(text) ?? []
  return checksum !== undefined && checksum === checksumOf(random)
}

export const startOf = (secret: string): string => secret.slice(0, START_LENGTH)
