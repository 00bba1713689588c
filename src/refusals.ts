/**
 * Every refusal the product knows, with its HTTP status and its words in both languages: the one place where a
 * code becomes an RFC 9457 problem. A code that is missing here does not compile.
 */
import type { Locale } from './money/index.ts'

interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503
  readonly nl: string
  readonly en: string
}

const table = {
  'invalid-request': {
    status: 400,
    nl: 'Niet alles is goed ingevuld',
    en: 'Not everything was filled in correctly',
  },
  'unreadable-request': {
    status: 400,
    nl: 'Dit verzoek is niet te lezen',
    en: 'This request cannot be read',
  },
  'request-too-large': { status: 413, nl: 'Dit verzoek is te groot', en: 'This request is too large' },
  'unsupported-media-type': {
    status: 415,
    nl: 'Dit soort inhoud lezen we niet',
    en: 'We do not read this type of content',
  },
  'not-signed-in': { status: 401, nl: 'Log eerst in', en: 'Sign in first' },
  'not-allowed': { status: 403, nl: 'Dit mag je niet met jouw rol', en: 'Your role does not allow this' },
  'second-factor-needed': {
    status: 401,
    nl: 'Laat eerst je tweede bewijs zien',
    en: 'Show your second factor first',
  },
  'fresh-sign-in-needed': {
    status: 401,
    nl: 'Bevestig eerst opnieuw dat jij het bent',
    en: 'Confirm first, once more, that it is you',
  },
  'cross-site-request': {
    status: 403,
    nl: 'Dit verzoek kwam van een andere website',
    en: 'This request came from another website',
  },
  'not-found': { status: 404, nl: 'Dit bestaat niet', en: 'This does not exist' },
  'idempotency-key-missing': {
    status: 400,
    nl: 'De header Idempotency-Key ontbreekt of is niet goed',
    en: 'The header Idempotency-Key is missing or malformed',
  },
  'idempotency-key-reused': {
    status: 422,
    nl: 'Deze Idempotency-Key is al gebruikt voor een ander verzoek',
    en: 'This Idempotency-Key was used for a different request',
  },
  'pool-exists': {
    status: 409,
    nl: 'Er is al een pot met dit adres',
    en: 'There is already a pool at this address',
  },
  'pool-closed': { status: 409, nl: 'Deze pot is gesloten', en: 'This pool is closed' },
  'wrong-currency': {
    status: 422,
    nl: 'Deze pot heeft een andere munt',
    en: 'This pool has another currency',
  },
  'provider-rejected': {
    status: 422,
    nl: 'De betaaldienst heeft dit geweigerd',
    en: 'The payment provider refused this',
  },
  'provider-unknown': {
    status: 503,
    nl: 'De betaaldienst antwoordt niet: probeer het zo opnieuw, er is niets afgeschreven',
    en: 'The payment provider does not answer: try again shortly, nothing was charged',
  },
  'forged-event': {
    status: 400,
    nl: 'De handtekening van deze melding klopt niet',
    en: 'The signature of this event is not valid',
  },
  'checkout-closed': {
    status: 409,
    nl: 'Deze betaling is al afgerond',
    en: 'This payment has been completed already',
  },
  'under-age': { status: 422, nl: 'Een ontvanger is 18 jaar of ouder', en: 'A recipient is 18 or older' },
  'invalid-iban': {
    status: 422,
    nl: 'Dit rekeningnummer (IBAN) klopt niet',
    en: 'This account number (IBAN) is not valid',
  },
  'month-in-the-past': {
    status: 422,
    nl: 'De eerste maand kan niet in het verleden liggen',
    en: 'The first month cannot lie in the past',
  },
  'month-too-far': {
    status: 422,
    nl: 'De eerste maand ligt te ver weg',
    en: 'The first month is too far away',
  },
  'pool-cannot-sustain': {
    status: 409,
    nl: 'Er is te weinig vrij besteedbaar geld in deze pot',
    en: 'This pool does not have enough available money',
  },
  'legal-documents-missing': {
    status: 409,
    nl: 'Van deze pot ontbreken documenten: daarom kan er niemand deelnemen',
    en: 'Documents of this pool are missing: therefore nobody can be enrolled',
  },
  'cycle-exists': {
    status: 409,
    nl: 'Voor deze pot en maand is er al een uitbetaalronde',
    en: 'This pool already has a disbursement cycle for this month',
  },
  'cycle-empty': {
    status: 409,
    nl: 'In deze maand is er niemand om uit te betalen',
    en: 'There is nobody to pay in this month',
  },
  'cycle-not-proposed': {
    status: 409,
    nl: 'Deze uitbetaalronde is nog niet voorgesteld',
    en: 'This cycle has not been proposed yet',
  },
  'cycle-already-proposed': {
    status: 409,
    nl: 'Deze uitbetaalronde is al voorgesteld',
    en: 'This cycle has been proposed already',
  },
  'cycle-already-approved': {
    status: 409,
    nl: 'Deze uitbetaalronde is al goedgekeurd',
    en: 'This cycle has been approved already',
  },
  'cycle-not-approved': {
    status: 409,
    nl: 'Deze uitbetaalronde is nog niet goedgekeurd',
    en: 'This cycle has not been approved yet',
  },
  'maker-is-approver': {
    status: 409,
    nl: 'Vierogenprincipe: iemand anders dan de voorsteller keurt goed',
    en: 'Four-eyes principle: somebody other than the proposer approves',
  },
  'payment-file-exists': {
    status: 409,
    nl: 'Het betaalbestand van deze uitbetaalronde is al gemaakt',
    en: 'The payment file of this cycle has been made already',
  },
  'bank-balance-too-low': {
    status: 409,
    nl: 'Er staat te weinig op de bankrekening voor deze uitbetaalronde',
    en: 'The bank account does not hold enough for this cycle',
  },
  'already-handed-over': {
    status: 409,
    nl: 'Dit betaalbestand is al naar de bank gestuurd',
    en: 'This payment file has been sent to the bank already',
  },
  'bank-refused': {
    status: 422,
    nl: 'De bank neemt dit betaalbestand niet aan',
    en: 'The bank does not accept this payment file',
  },
  'statement-refused': {
    status: 422,
    nl: 'Dit bankafschrift is niet te verwerken',
    en: 'This bank statement cannot be processed',
  },
  'statement-out-of-order': {
    status: 409,
    nl: 'Dit bankafschrift sluit niet aan op het vorige',
    en: 'This bank statement does not follow the previous one',
  },
  'not-in-demonstration': {
    status: 409,
    nl: 'Dit kan alleen in de demonstratie',
    en: 'This is only possible in the demonstration',
  },
  'key-too-wide': {
    status: 403,
    nl: 'Een sleutel mag nooit meer dan jij zelf mag',
    en: 'A key may never do more than you may yourself',
  },
  'key-ended': { status: 409, nl: 'Deze sleutel werkt al niet meer', en: 'This key has ended already' },
  'key-rotated': {
    status: 409,
    nl: 'Deze sleutel heeft al een opvolger',
    en: 'This key has a successor already',
  },
  'key-conflict': {
    status: 409,
    nl: 'Dit is al geboekt, met een andere inhoud',
    en: 'This has been posted already, with other content',
  },
} as const satisfies Record<string, Refusal>

export type RefusalCode = keyof typeof table
export const refusals: Readonly<Record<RefusalCode, Refusal>> = table

/** The same in any language, or in each. */
type Words = string | Readonly<Record<Locale, string>>

export interface RefusalDetails {
  /** JSON pointer-like name of the input that is wrong: `amount`, `iban`. */
  readonly field?: string
  /** What is wrong with it or why, in plain words of the reader's language where that is known. */
  readonly reason?: Words
  /** Several fields at once. */
  readonly errors?: readonly { readonly field: string; readonly reason: Words }[]
  /** The amount that is missing, in minor units. */
  readonly missing?: bigint
  readonly currency?: string
}

/** Thrown by use cases: the transaction rolls back, the edge turns it into a problem. */
export class DomainError extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(`${code}${details.field ? ` (${details.field})` : ''}`)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}
