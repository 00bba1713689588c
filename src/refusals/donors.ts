/** Refusals about donors, their letters and their data. */
import type { Refusal } from './refusal.ts'

export const ofDonors = {
  'stop-link-unknown': {
    status: 404,
    nl: 'Deze link kennen we niet. Kopieer hem nog eens, precies zoals hij onder de e-mail staat',
    en: 'We do not know this link. Copy it again, exactly as it stands under the e-mail',
  },
  'year-not-over': {
    status: 409,
    nl: 'Dit jaar is nog niet voorbij',
    en: 'This year is not over yet',
  },
  'follow-link-unknown': {
    status: 404,
    nl: 'Deze link kennen we niet, of hij is ouder dan twee weken. Vraag een nieuwe aan op de pagina van de pot',
    en: 'We do not know this link, or it is older than two weeks. Ask for another on the page of the pool',
  },
  'news-taken-down': {
    status: 409,
    nl: 'Dit nieuws is al weggehaald',
    en: 'This news was taken down already',
  },
} as const satisfies Record<string, Refusal>
