/** Refusals about thank-yous. */
import type { Refusal } from './refusal.ts'

export const ofThanks = {
  'thanks-words-refused': {
    status: 422,
    nl: 'Deze woorden kunnen we zo niet plaatsen',
    en: 'We cannot publish these words as they are',
  },
  'thanks-waiting': {
    status: 409,
    nl: 'Er wacht nog een bedankje van je. Als wij dat hebben gelezen, kun je er weer een schrijven',
    en: 'A thank-you of yours is still waiting. Once we have read it, you can write another',
  },
  'thanks-this-month': {
    status: 409,
    nl: 'Je schreef deze maand al een bedankje. Volgende maand kan het weer',
    en: 'You wrote a thank-you this month. You can write another next month',
  },
  'thanks-decided': {
    status: 409,
    nl: 'Over dit bedankje is al beslist',
    en: 'This thank-you has been decided on already',
  },
  'thanks-of-helper': {
    status: 409,
    nl: 'Je schreef dit bedankje zelf op voor de ontvanger. Een collega leest het en beslist',
    en: 'You wrote this thank-you down for the recipient yourself. A colleague reads it and decides',
  },
  'thanks-taken-away': {
    status: 409,
    nl: 'Wie dit bedankje schreef, heeft het weggehaald',
    en: 'Whoever wrote this thank-you has taken it away',
  },
} as const satisfies Record<string, Refusal>
