/** Every letter that is sent, from what it is about to its words, in the reader's language. */
import type { Locale, Money } from '../money/index.ts'
import type { Letter } from './letter.ts'
import { monthlyLetters } from './monthly-letters.ts'
import { en } from './words/en.ts'
import { type LetterWords, nl } from './words/nl.ts'

const words = { nl, en } satisfies Record<Locale, LetterWords>

interface Common {
  readonly locale: Locale
  /** Its legal name. */
  readonly organisation: string
  /** Where the letter's button leads; whole. */
  readonly url: string
}

export interface SignInLetter extends Common {
  /** Six digits; null when too many were sent today. */
  readonly code: string | null
  /** How long link and code work. */
  readonly minutes: number
}

export interface InvitationLetter extends Common {
  /** What they may do, in words of their language; nothing is said of it when left out. */
  readonly roles?: readonly string[]
}

/** What changed about somebody's way in. */
export type SignInChange =
  | 'new-place'
  | 'second-factor-added'
  | 'second-factor-removed'
  | 'recovery-code-used'
  | 'second-factor-guessed'
  | 'address-replaced'

/** What became of somebody's campaign. */
export type CampaignNews =
  | { readonly what: 'approved' | 'reached' }
  | { readonly what: 'refused'; readonly because: string }
  | { readonly what: 'ended'; readonly choice: 'moves' | 'refund' }

export interface CampaignLetter extends Common {
  /** Of the campaign. */
  readonly title: string
  readonly news: CampaignNews
}

export interface SignInElsewhereLetter extends Common {
  readonly what: SignInChange
  readonly at: Date
}

/** What came of one gift, as its donor paid it. */
export interface GiftWords {
  readonly pool: string
  readonly paid: Money
  readonly gift: Money
  /** Null: nothing for costs. */
  readonly costs: Money | null
  readonly at: Date
  /** Of the donation. */
  readonly number: string
  /** Of the organisation. */
  readonly rsin: string | null
}

export interface GoalWords {
  readonly pool: string
  readonly monthly: Money
  readonly months: number
  /** Which income of the pool it is. */
  readonly number: number
}

export interface NewsWords {
  readonly organisation: string
  /** Null: the newsletter. */
  readonly pool: string | null
  readonly title: string
  readonly paragraphs: readonly string[]
}

export interface MonthOfGiftsWords {
  /** YYYY-MM. */
  readonly month: string
  readonly parts: readonly { readonly pool: string; readonly incomes: number; readonly part: Money }[]
}

export interface ThanksWords {
  readonly pool: string
  readonly text: string
}

export interface GiveAgainWords {
  readonly pool: string
  readonly gift: Money
  readonly at: Date
}

export const letters = {
  /** To somebody who asked to sign in: a link for the same browser, a code for any other. */
  signIn: ({ locale, organisation, url, code, minutes }: SignInLetter): Letter => ({
    ...(code === null
      ? words[locale].signInByLink(organisation, minutes)
      : { ...words[locale].signIn(organisation, minutes), code }),
    action: { label: words[locale].signInButton, url },
  }),
  /** To a colleague. It holds no secret: the way in is asked for, as ever. */
  invitation: ({ locale, organisation, url, roles = [] }: InvitationLetter): Letter => ({
    ...words[locale].invitation(organisation, roles),
    action: { label: words[locale].invitationButton, url },
  }),
  /** To a recipient who can sign in from now on. */
  recipientAccess: ({ locale, organisation, url }: Common): Letter => ({
    ...words[locale].recipientAccess(organisation),
    action: { label: words[locale].invitationButton, url },
  }),
  /** A notice: if it was not them, they can act at once. */
  signInElsewhere: ({ locale, organisation, url, what, at }: SignInElsewhereLetter): Letter => ({
    ...words[locale].signInElsewhere(organisation, what, at),
    action: { label: words[locale].signInElsewhereButton, url },
  }),
  ...monthlyLetters,
  /** Thanks and receipt, once the money came. */
  giftReceived: ({ locale, organisation, url, ...gift }: Common & GiftWords): Letter => ({
    ...words[locale].giftReceived(organisation, gift),
    action: { label: words[locale].giftReceivedButton, url },
  }),
  /** To whoever gave to a pool that can pay another income. */
  goalReached: ({ locale, url, ...goal }: Common & GoalWords): Letter => ({
    ...words[locale].goalReached(goal),
    action: { label: words[locale].goalReachedButton, url },
  }),
  overviewReady: ({ locale, organisation, url, year }: Common & { readonly year: number }): Letter => ({
    ...words[locale].overviewReady(organisation, year),
    action: { label: words[locale].overviewReadyButton, url },
  }),
  /** To an address that somebody typed in to follow a pool, or for the newsletter. */
  followQuestion: ({
    locale,
    organisation,
    pool,
    url,
  }: Common & { readonly pool: string | null }): Letter => ({
    ...words[locale].followQuestion(organisation, pool),
    action: { label: words[locale].followQuestionButton, url },
  }),
  /** News of a pool to whoever follows it, or the newsletter. */
  news: ({ locale, url, ...news }: Common & NewsWords): Letter => ({
    ...words[locale].news(news),
    action: { label: words[locale].newsButton, url },
  }),
  /** What a recipient who wanted to said to the donors of the pool. */
  thanksShown: ({ locale, pool, text, url }: Omit<Common, 'organisation'> & ThanksWords): Letter => ({
    ...words[locale].thanksShown({ pool, text }),
    action: { label: words[locale].newsButton, url },
  }),
  /** Of a campaign that somebody follows: that there is one, not its words, which staff may still take down. */
  campaignUpdate: ({
    locale,
    title,
    url,
  }: Omit<Common, 'organisation'> & { readonly title: string }): Letter => ({
    ...words[locale].campaignUpdate(title),
    action: { label: words[locale].newsButton, url },
  }),
  monthOfGifts: ({ locale, url, month, parts }: Common & MonthOfGiftsWords): Letter => ({
    ...words[locale].monthOfGifts({ month, parts }),
    action: { label: words[locale].monthOfGiftsButton, url },
  }),
  giveAgain: ({ locale, url, ...gift }: Common & GiveAgainWords): Letter => ({
    ...words[locale].giveAgain(gift),
    action: { label: words[locale].giveAgainButton, url },
  }),
  /** To whoever started a campaign. */
  campaign: ({ locale, url, title, news }: CampaignLetter): Letter => ({
    ...words[locale].campaign(title, news),
    action: { label: words[locale].campaignButton, url },
  }),
} as const
