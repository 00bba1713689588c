/**
 * The reference that a donor puts with a transfer: a structured creditor reference (ISO 11649), `RF`, two check digits
 * and nine digits by chance. It tells nothing of who gives, and one mistyped digit or two that changed places are seen.
 */

export const DIGITS = 9

/** R and F count as 27 and 15, and stand behind the digits: ISO 7064, modulo 97. */
export function referenceWith(digits: string): string {
  const check = 98n - (BigInt(`${digits}271500`) % 97n)
  return `RF${check.toString().padStart(2, '0')}${digits}`
}

const isSound = (reference: string): boolean => referenceWith(reference.slice(4)) === reference

/** In groups of four, as people read it out. */
export const inGroups = (text: string): string => text.replace(/.{4}(?=.)/g, '$& ')

export interface Found {
  /** With check digits that are right; each once. */
  readonly references: readonly string[]
  /** Something looks like a reference of ours, and its check digits are wrong. */
  readonly broken: boolean
}

/**
 * Reads references out of what a bank shows with a payment: with spaces, line breaks, dots or dashes in them, in small
 * letters, and with any words around. All of ours are equally long, so digits that follow one do not hide it.
 */
export function referencesIn(remittance: string): Found {
  const text = remittance.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const looksLike = [...text.matchAll(/RF\d{11}/g)].map(([found]) => found)
  const references = [...new Set(looksLike.filter(isSound))]
  return { references, broken: references.length < new Set(looksLike).size }
}
