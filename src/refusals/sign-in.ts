/** Refusals of signing in and showing a second factor. */
import type { Refusal } from './refusal.ts'

export const ofSignIn = {
  'not-signed-in': { status: 401, nl: 'Log eerst in', en: 'Sign in first' },
  'second-factor-needed': {
    status: 401,
    nl: 'Laat eerst je tweede bewijs zien',
    en: 'Show your second factor first',
  },
  'sign-in-link-spent': {
    status: 422,
    nl: 'Deze inloglink werkt niet meer',
    en: 'This sign-in link no longer works',
  },
  'sign-in-code-wrong': {
    status: 422,
    nl: 'Deze code klopt niet, of werkt niet meer',
    en: 'This code is wrong, or no longer works',
  },
  'second-factor-shut': {
    status: 429,
    nl: 'Er is te vaak een verkeerde code ingevuld. Codes van de app werken nu een tijd niet. Een herstelcode of toegangssleutel werkt wel',
    en: 'A wrong code was filled in too often. For some time codes of the app do not work. A recovery code or passkey does',
  },
  'second-factor-wrong': {
    status: 422,
    nl: 'Deze code klopt niet, of is al gebruikt',
    en: 'This code is wrong, or was used before',
  },
  'passkey-refused': {
    status: 422,
    nl: 'Deze toegangssleutel wordt niet herkend',
    en: 'This passkey is not recognised',
  },
  'authenticator-exists': {
    status: 409,
    nl: 'Je hebt al een authenticator-app ingesteld',
    en: 'You have set up an authenticator app already',
  },
  'last-second-factor': {
    status: 409,
    nl: 'Dit is je laatste tweede bewijs: stel eerst een ander in',
    en: 'This is your last second factor: set up another one first',
  },
  'municipality-unreachable': {
    status: 503,
    nl: 'Het inloggen van je gemeente is nu niet te bereiken',
    en: 'The sign-in of your municipality cannot be reached now',
  },
  'municipality-refused': {
    status: 422,
    nl: 'Je gemeente herkent je, maar wij kennen je adres niet',
    en: 'Your municipality knows you, but we do not know your address',
  },
  'fresh-sign-in-needed': {
    status: 401,
    nl: 'Bevestig eerst opnieuw dat jij het bent',
    en: 'Confirm first, once more, that it is you',
  },
} as const satisfies Record<string, Refusal>
