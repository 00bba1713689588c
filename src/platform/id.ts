/** Identifiers and tokens: UUIDv7 keeps an index local in time, tokens are 128 random bits shown once. */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { v7 } from 'uuid'

/** A new id of a domain row. */
export function newId(): string {
  return v7()
}

/** An id of what must not say when it was made. */
export const newTimelessId = (): string => randomUUID()
/** Many, for what is written together. They sort by time as well, but not among themselves. */
export function newIds(count: number): string[] {
  const random = randomBytes(16 * count)
  return Array.from({ length: count }, (_, index) =>
    v7({ random: random.subarray(16 * index, 16 * (index + 1)) }),
  )
}

/** A secret for a link or a cookie; only its hash is stored. */
export function newToken(): string {
  return randomBytes(16).toString('base64url')
}

/** `bytes` random bytes as text. */
export const newSecret = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** This many letters out of these, each as likely as any other. */
export const newWord = (letters: string, length: number): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

export function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}
