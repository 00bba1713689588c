/** Refusals about wishes. */
import type { Refusal } from './refusal.ts'

export const ofWishes = {
  'wish-words-refused': {
    status: 422,
    nl: 'Deze woorden kunnen we zo niet plaatsen',
    en: 'We cannot publish these words as they are',
  },
  'too-many-wishes': {
    status: 429,
    nl: 'Er komen nu meer wensen binnen dan we kunnen lezen',
    en: 'More wishes are coming in than we can read',
  },
  'wish-decided': {
    status: 409,
    nl: 'Over deze wens is al beslist',
    en: 'This wish has been decided on already',
  },
  'wish-taken-away': {
    status: 409,
    nl: 'Wie deze wens schreef, heeft hem weggehaald',
    en: 'Whoever wrote this wish has taken it away',
  },
} as const satisfies Record<string, Refusal>
