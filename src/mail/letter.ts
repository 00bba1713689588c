/** A letter as whoever writes it sees it: words, and at most one code and one link. How it looks is not its concern. */

export interface Letter {
  readonly subject: string
  readonly greeting?: string
  readonly paragraphs: readonly string[]
  /** Shown large: what the reader types over. */
  readonly code?: string
  /** One link, shown as a button; `url` is whole: https://… */
  readonly action?: { readonly label: string; readonly url: string }
  /** Small print. */
  readonly after?: readonly string[]
  /** Stops letters of this kind: opened it asks, posted to it does (RFC 8058). Whole. */
  readonly stop?: string
}

// Control characters end a line or a header; the others turn the reading direction of what follows.
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu

/** One line without anything unseen, so that words that somebody typed stay where they were put. */
export const oneLine = (words: string): string => words.toWellFormed().replace(unseen, ' ').trim()

/** The same letter with each of its parts on one line. Throws when its link is not one of the web. */
export function plainLetter(letter: Letter): Letter {
  const { subject, greeting, paragraphs, code, action, after, stop } = letter
  return {
    subject: oneLine(subject),
    ...(greeting === undefined ? {} : { greeting: oneLine(greeting) }),
    paragraphs: paragraphs.map(oneLine),
    ...(code === undefined ? {} : { code: oneLine(code) }),
    ...(action === undefined
      ? {}
      : { action: { label: oneLine(action.label), url: webAddress(action.url) } }),
    ...(after === undefined ? {} : { after: after.map(oneLine) }),
    ...(stop === undefined ? {} : { stop: webAddress(stop) }),
  }
}

function webAddress(url: string): string {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('a letter links to the web only')
  return href
}
