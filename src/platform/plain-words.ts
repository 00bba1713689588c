/**
 * What people write for everybody to read, and the nickname beside it: one paragraph of plain words, without links, markup or
 * ways to reach somebody.
 */
import type { Locale } from '../money/index.ts'
import { DomainError, type RefusalCode } from '../refusals.ts'

export const LONGEST_NICKNAME = 40

type Words = Readonly<Record<Locale, string>>

interface Written {
  readonly text: string
  readonly nickname: string | undefined
}

/** The words as they are kept. Throws `invalid-request` for their length, and `refusal` for what they hold. */
export function plainWords<Typed extends Written>(
  typed: Typed,
  { shortest, longest, refusal }: { shortest: number; longest: number; refusal: RefusalCode },
): Typed {
  const text = oneParagraph(typed.text)
  const nickname = oneParagraph(typed.nickname ?? '') || undefined
  const length = refusedLength(text, shortest, longest)
  if (length) throw new DomainError('invalid-request', { field: 'text', reason: length })
  const longName = nickname && refusedLength(nickname, 1, LONGEST_NICKNAME)
  if (longName) throw new DomainError('invalid-request', { field: 'nickname', reason: longName })
  for (const [field, words] of [
    ['text', text],
    ['nickname', nickname ?? ''],
  ] as const) {
    const reason = refusedWords(words)
    if (reason) throw new DomainError(refusal, { field, reason })
  }
  return { ...typed, text, nickname }
}

/** As people count: a letter with its accent or an emoji's parts may be several, as the database counts them. */
export const lengthOf = (text: string): number => [...text].length

/** One paragraph: line breaks become spaces; what does not show has no business in what everybody reads. */
export const oneParagraph = (typed: string): string =>
  typed
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim()

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
    nl: 'Laat het adres van een website weg: dit is alleen tekst',
    en: 'Leave out the address of a website: this is words alone',
  },
  contact: {
    nl: 'Laat e-mailadressen en lange nummers weg: iedereen kan dit lezen',
    en: 'Leave out e-mail addresses and long numbers: everybody can read this',
  },
} as const satisfies Record<string, Words>

/** Why these words are not taken; null when they are. */
export function refusedWords(text: string): Words | null {
  if (/[<>]/.test(text)) return refusals.markup
  if (MAIL.test(text) || NUMBER.test(text)) return refusals.contact
  return LINK.test(text) || SITE.test(text) ? refusals.link : null
}

/** Why a text of this length is not taken; null when it is. */
export function refusedLength(text: string, shortest: number, longest: number): Words | null {
  const length = lengthOf(text)
  if (length >= shortest && length <= longest) return null
  return {
    nl: `Gebruik ${shortest} tot ${longest} tekens; je hebt er nu ${length}`,
    en: `Use ${shortest} to ${longest} characters; you have ${length} now`,
  }
}
