/** Ids that look like Stripe's test-mode ones, so that nothing downstream learns to expect another shape. */
import { randomBytes } from 'node:crypto'

const LENGTHS = {
  cs_test: 58,
  pi: 24,
  ch: 24,
  py: 24,
  txn: 24,
  po: 24,
  re: 24,
  du: 24,
  evt: 24,
  sub: 24,
  si: 14,
  in: 24,
  inpay: 24,
  price: 24,
  pm: 24,
  mandate: 24,
  bps: 24,
  req: 14,
} as const

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function newId(prefix: keyof typeof LENGTHS): string {
  // 248 is the largest multiple of 62 that fits a byte: higher ones would favour the first letters.
  let id = ''
  while (id.length < LENGTHS[prefix]) {
    for (const byte of randomBytes(LENGTHS[prefix])) {
      if (byte < 248 && id.length < LENGTHS[prefix]) id += ALPHABET[byte % ALPHABET.length]
    }
  }
  return `${prefix}_${id}`
}
