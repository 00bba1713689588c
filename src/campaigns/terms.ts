/** What a campaign may ask, and what its words may be: every field that is wrong, with its reason. */
import { formatMoney, type Locale } from '../money/index.ts'
import { addDays, isLocalDate, type LocalDate } from '../platform/calendar/index.ts'
import { oneParagraph, refusedLength } from '../platform/plain-words.ts'
import type { ForWhom, IfUnreached } from './tables.ts'

/** In minor units. The most that staff can look after, and the most that somebody may raise for themselves. */
export const SMALLEST_MONTH = 10_000n
export const LARGEST_MONTH = 300_000n
export const LARGEST_FOR_ONESELF = 1_800_000n
export const LONGEST_TERM = 24
export const LONGEST_TITLE = 60
export const LONGEST_STORY = 8_000
export const SHORTEST_STORY = 100
export const LONGEST_UPDATE = 4_000
export const LONGEST_ALT = 200
/** Long enough to be read and given to, short enough to be remembered. */
export const FEWEST_DAYS = 14
export const MOST_DAYS = 366

export interface CampaignTerms {
  readonly title: string
  readonly organiser: string
  readonly area: string
  readonly forWhom: ForWhom
  readonly otherAgreed: boolean
  readonly monthlyAmount: bigint
  readonly termMonths: number
  /** YYYY-MM-DD. */
  readonly lastDay: string
  readonly ifUnreached: IfUnreached
  readonly movesTo: string | undefined
  readonly story: string
}

export const goalOf = ({ monthlyAmount, termMonths }: Pick<CampaignTerms, 'monthlyAmount' | 'termMonths'>) =>
  monthlyAmount * BigInt(termMonths)

type Words = Readonly<Record<Locale, string>>
export interface Wrong {
  readonly field: string
  readonly reason: Words
}

/** Lines stay; what does not show goes. */
export const paragraphs = (typed: string): string =>
  typed
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim()

export const cleaned = (typed: CampaignTerms): CampaignTerms => ({
  ...typed,
  title: oneParagraph(typed.title),
  organiser: oneParagraph(typed.organiser),
  area: oneParagraph(typed.area),
  story: paragraphs(typed.story),
  otherAgreed: typed.forWhom === 'other' && typed.otherAgreed,
  movesTo: typed.ifUnreached === 'moves' ? typed.movesTo : undefined,
})

const markup = { nl: 'Laat de tekens < en > weg', en: 'Leave out the characters < and >' }

/** One line of so many characters, without markup. */
export function refusedLine(text: string, shortest: number, longest: number): Words | null {
  return /[<>]/.test(text) ? markup : refusedLength(text, shortest, longest)
}

export function wrongIn(terms: CampaignTerms, today: LocalDate): Wrong[] {
  const { title, organiser, area, story } = terms
  return [
    { field: 'title', reason: refusedLine(title, 5, LONGEST_TITLE) },
    { field: 'organiser', reason: refusedLine(organiser, 2, 60) },
    { field: 'area', reason: refusedLine(area, 2, 80) },
    { field: 'otherAgreed', reason: agreement(terms) },
    { field: 'monthlyAmount', reason: amount(terms) },
    { field: 'termMonths', reason: term(terms) },
    { field: 'lastDay', reason: lastDay(terms, today) },
    { field: 'movesTo', reason: whereTo(terms) },
    { field: 'story', reason: refusedLength(story, SHORTEST_STORY, LONGEST_STORY) },
  ].flatMap(({ field, reason }) => (reason ? [{ field, reason }] : []))
}

const agreement = ({ forWhom, otherAgreed }: CampaignTerms): Words | null =>
  forWhom === 'self' || otherAgreed
    ? null
    : {
        nl: 'Dit kan alleen als die ander het weet en het goed vindt',
        en: 'This is only possible when the other person knows and agrees',
      }

const euros = (minor: bigint, locale: Locale) => formatMoney({ minor, currency: 'EUR' }, locale)

function amount(terms: CampaignTerms): Words | null {
  const { monthlyAmount, forWhom } = terms
  if (monthlyAmount < SMALLEST_MONTH || monthlyAmount > LARGEST_MONTH) {
    const words = (locale: Locale) => [euros(SMALLEST_MONTH, locale), euros(LARGEST_MONTH, locale)] as const
    return {
      nl: `Kies ${words('nl').join(' tot ')} per maand`,
      en: `Choose ${words('en').join(' to ')} a month`,
    }
  }
  if (forWhom === 'other' || goalOf(terms) <= LARGEST_FOR_ONESELF) return null
  return {
    nl: `Voor jezelf haal je samen hoogstens ${euros(LARGEST_FOR_ONESELF, 'nl')} op`,
    en: `For yourself you can raise ${euros(LARGEST_FOR_ONESELF, 'en')} in all at most`,
  }
}

const term = ({ termMonths }: CampaignTerms): Words | null =>
  Number.isInteger(termMonths) && termMonths >= 1 && termMonths <= LONGEST_TERM
    ? null
    : { nl: `Kies 1 tot ${LONGEST_TERM} maanden`, en: `Choose 1 to ${LONGEST_TERM} months` }

function lastDay({ lastDay }: CampaignTerms, today: LocalDate): Words | null {
  const [first, last] = [addDays(today, FEWEST_DAYS), addDays(today, MOST_DAYS)]
  if (isLocalDate(lastDay) && lastDay >= first && lastDay <= last) return null
  return {
    nl: `Kies een dag van ${first} tot en met ${last}`,
    en: `Choose a day from ${first} up to ${last}`,
  }
}

const whereTo = ({ ifUnreached, movesTo }: CampaignTerms): Words | null =>
  ifUnreached === 'refund' || movesTo
    ? null
    : { nl: 'Kies naar welke pot het geld gaat', en: 'Choose the pool that the money moves to' }
