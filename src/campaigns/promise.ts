/** The promise to whoever submits a campaign: staff decides within so many working days. */
import { addBusinessDays, type LocalDate, localDate } from '../platform/calendar/index.ts'

export const DECIDE_WITHIN_DAYS = 3

/** The last day on which staff is in time. */
export const promisedBy = (now: Date): LocalDate => addBusinessDays(localDate(now), DECIDE_WITHIN_DAYS)
