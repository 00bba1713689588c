/** Refusals about donors, their letters and their data. */
import type { Refusal } from './refusal.ts'

export const ofDonors = {
  'stop-link-unknown': {
    status: 404,
    nl: 'Deze link kennen we niet. Kopieer hem nog eens, precies zoals hij onder de e-mail staat',
    en: 'We do not know this link. Copy it again, exactly as it stands under the e-mail',
  },
} as const satisfies Record<string, Refusal>
