/** Refusals about what needs two people, and about payments that wait. */
import type { Refusal } from './refusal.ts'

export const ofChanges = {
  'change-open': {
    status: 409,
    nl: 'Hierover ligt al een voorstel: dat wordt eerst goedgekeurd, afgewezen of ingetrokken',
    en: 'There is an open proposal about this already: it is approved, rejected or withdrawn first',
  },
  'change-without-effect': {
    status: 422,
    nl: 'Hiermee verandert er niets',
    en: 'This would change nothing',
  },
  'change-decided': {
    status: 409,
    nl: 'Over dit voorstel is al besloten',
    en: 'This proposal has been decided already',
  },
  'change-outdated': {
    status: 409,
    nl: 'Wie dit voorstelde, of over wie het gaat, werkt hier niet meer zo: stel het opnieuw voor',
    en: 'Whoever proposed this, or whom it is about, no longer works here as they did: propose it again',
  },
  'change-expired': {
    status: 409,
    nl: 'Dit voorstel is verlopen: doe het opnieuw',
    en: 'This proposal has expired: make it anew',
  },
  'payments-frozen': {
    status: 409,
    nl: 'De uitbetalingen staan stil',
    en: 'Payments are frozen',
  },
  'payments-not-frozen': {
    status: 409,
    nl: 'De uitbetalingen staan niet stil',
    en: 'Payments are not frozen',
  },
  'payments-on-hold': {
    status: 503,
    nl: 'Geven kan nu even niet: we kijken eerst iets na bij onze betaaldienst. Er is niets afgeschreven. Probeer het later opnieuw',
    en: 'Giving is not possible right now: we are checking something with our payment provider. Nothing was charged. Try again later',
  },
} as const satisfies Record<string, Refusal>
