/** Words that people type: how long they are, and one paragraph of them. */
import type { Locale } from '../money/index.ts'

/** As people count: a letter with its accent or an emoji's parts may be several, as the database counts them. */
export const lengthOf = (text: string): number => [...text].length

/** One paragraph: line breaks become spaces; what does not show has no business in what everybody reads. */
export const oneParagraph = (typed: string): string =>
  typed
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim()

/** Why a text of this length is not taken; null when it is. */
export function refusedLength(
  text: string,
  shortest: number,
  longest: number,
): Readonly<Record<Locale, string>> | null {
  const length = lengthOf(text)
  if (length >= shortest && length <= longest) return null
  return {
    nl: `Gebruik ${shortest} tot ${longest} tekens; je hebt er nu ${length}`,
    en: `Use ${shortest} to ${longest} characters; you have ${length} now`,
  }
}
