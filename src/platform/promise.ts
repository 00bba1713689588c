/** The promise to whoever writes something that staff shows: somebody looks within two working days. */
import { addBusinessDays, type LocalDate, localDate } from './calendar/index.ts'

export const LOOK_WITHIN_DAYS = 2

/** The last day on which staff is in time. Working days are those on which banks are open, as everywhere here. */
export const promisedBy = (now: Date): LocalDate => addBusinessDays(localDate(now), LOOK_WITHIN_DAYS)
