/**
 * Bank account numbers: tells whether a text is an IBAN that a SEPA payment can reach, and why not.
 * Knows no persons; how an IBAN is kept and who may see it whole is decided elsewhere.
 */
import { isSEPACountry, ValidationErrorsIBAN, validateIBAN } from 'ibantools'

export type IbanRefusal =
  | 'empty'
  | 'characters'
  | 'country-unknown'
  | 'country-outside-sepa'
  | 'format'
  | 'checksum'

export type ParsedIban =
  | { readonly ok: true; readonly iban: string; readonly country: string }
  | { readonly ok: false; readonly reason: IbanRefusal }

/**
 * Countries that joined SEPA after the library's list was made.
 * Source: European Payments Council, EPC409-09 "List of SEPA scheme countries" (2025/2026).
 */
const JOINED_LATER: ReadonlySet<string> = new Set(['AL', 'MD', 'ME', 'MK', 'RS'])

/** Answers the IBAN in capitals without spaces; people write it in groups, and some put `IBAN` in front. */
export function parseIban(text: string): ParsedIban {
  const iban = text
    .replace(/[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/^IBAN:?/i, '')
    .toUpperCase()
  if (iban === '') return refuse('empty')
  if (!/^[A-Z0-9]+$/.test(iban)) return refuse('characters')
  const { valid, errorCodes } = validateIBAN(iban)
  const country = iban.slice(0, 2)
  if (errorCodes.includes(ValidationErrorsIBAN.NoIBANCountry)) return refuse('country-unknown')
  if (!isSEPACountry(country) && !JOINED_LATER.has(country)) return refuse('country-outside-sepa')
  if (valid) return { ok: true, iban, country }
  // A number of the wrong length has a wrong checksum too: the length is what the person has to look at.
  const wrongForm =
    errorCodes.includes(ValidationErrorsIBAN.WrongBBANLength) ||
    errorCodes.includes(ValidationErrorsIBAN.WrongBBANFormat) ||
    errorCodes.includes(ValidationErrorsIBAN.ChecksumNotNumber)
  return refuse(wrongForm ? 'format' : 'checksum')
}

/** `NL•• •••• •••• ••34 56`: the country and the last four characters, enough to recognise one's own account. */
export function maskIban(iban: string): string {
  const compact = iban.replace(/\s/g, '')
  // Too short to be an account: showing six of its characters would show nearly all of it.
  if (compact.length < 15) return '••••'
  const masked = compact.slice(0, 2) + '•'.repeat(compact.length - 6) + compact.slice(-4)
  return masked.replace(/.{4}(?=.)/gu, '$& ')
}

const refuse = (reason: IbanRefusal): ParsedIban => ({ ok: false, reason })
