/** Thank-yous of recipients. Words are read under the role for personal data alone, and that role cannot see who wrote them. */
import type { Generated, GeneratedAlways } from 'kysely'
import type { Locale } from '../money/index.ts'

/** waiting: for staff. shown: everybody reads it. refused: not, or not any more. taken-away: by its writer; the words are gone. */
export const thanksStates = ['waiting', 'shown', 'refused', 'taken-away'] as const
export type ThanksState = (typeof thanksStates)[number]

/** Why one is refused: a short list, so that nobody quotes it in a reason that is kept for good. */
export const thanksReasons = ['personal-data', 'hurtful', 'advertising', 'not-a-thank-you'] as const
export type ThanksReason = (typeof thanksReasons)[number]

export interface ThanksTables {
  'thanks.thanks': {
    organisationId: number
    id: string
    enrolmentId: string
    poolId: string
    locale: Locale
    text: string | null
    nickname: string | null
    state: Generated<ThanksState>
    because: ThanksReason | null
    writtenAt: Date
    /** The first day of the month in which it was written, in Amsterdam. */
    month: GeneratedAlways<string>
    /** Whoever wrote it down for a recipient that they helped. */
    helpedBy: string | null
    /** YYYY-MM-DD. */
    lookBy: string | null
    decidedBy: string | null
    decidedAt: Date | null
  }
}
