/** What is refused of any request, whatever it asks. */
import type { Refusal } from './refusal.ts'

export const ofRequests = {
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
  'not-allowed': { status: 403, nl: 'Dit mag je niet met jouw rol', en: 'Your role does not allow this' },
  'cross-site-request': {
    status: 403,
    nl: 'Dit verzoek kwam van een andere website',
    en: 'This request came from another website',
  },
  'too-many-requests': {
    status: 429,
    nl: 'Dit gaat te snel achter elkaar',
    en: 'Too many requests in a short time',
  },
  'temporarily-unavailable': {
    status: 503,
    nl: 'Dit lukt nu even niet: probeer het zo opnieuw',
    en: 'This is not possible just now: try again shortly',
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
  'not-in-demonstration': {
    status: 409,
    nl: 'Dit kan alleen in de demonstratie',
    en: 'This is only possible in the demonstration',
  },
} as const satisfies Record<string, Refusal>
