/** What a wish and a nickname may hold: one paragraph of plain words, without links, markup or ways to reach somebody. */
import type { Locale } from '../money/index.ts'

export const SHORTEST_WISH = 10
export const LONGEST_WISH = 280
export const LONGEST_NICKNAME = 40
/** What a reporter may add. */
export const LONGEST_NOTE = 280

type Words = Readonly<Record<Locale, string>>

const LINK = /https?:|www\./i
/** What names of sites end in, as far as people here write them. In small letters: `slapen.De` is a missing space. */
const SITE =
  /[\p{L}\d-]{2,63}\.(nl|com|org|net|eu|be|de|fr|uk|io|info|biz|shop|app|dev|online|site|xyz|top|ru|cn|link|click|ly|gg|tv|frl|amsterdam)(?![\p{L}\d])/u
const MAIL = /\S@\S/u
/** Nine digits or more, however they are grouped: a telephone number or an account. */
const NUMBER = /(\d[\s().+/-]{0,3}){9,}|\b[A-Z]{2}\d{2}\s?[A-Z]{4}/u

const refusals = {
  markup: { nl: 'Laat de tekens < en > weg', en: 'Leave out the characters < and >' },
  link: {
    nl: 'Laat het adres van een website weg: een wens is alleen tekst',
    en: 'Leave out the address of a website: a wish is words alone',
  },
  contact: {
    nl: 'Laat mailadressen en lange nummers weg: iedereen kan dit lezen',
    en: 'Leave out e-mail addresses and long numbers: everybody can read this',
  },
} as const satisfies Record<string, Words>

/** Why these words are not taken; null when they are. */
export function refusedWords(text: string): Words | null {
  if (/[<>]/.test(text)) return refusals.markup
  if (MAIL.test(text) || NUMBER.test(text)) return refusals.contact
  return LINK.test(text) || SITE.test(text) ? refusals.link : null
}
