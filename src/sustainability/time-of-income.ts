/** How long a gift is somebody's basic income: "€ 25 is 18 hours", which says more than a percentage. */

/** A twelfth of a year of 365 days. */
const MINUTES_A_MONTH = 43_800n

export interface TimeOfIncome {
  readonly months: bigint
  readonly days: bigint
  readonly hours: bigint
  readonly minutes: bigint
}

/**
 * Both in minor units, the monthly amount above zero. Rounded down, and only as fine as anybody wants to know: months
 * with days, days with hours, or hours, or else minutes; the rest is zero.
 */
export function timeOfIncome(gift: bigint, monthlyAmount: bigint): TimeOfIncome {
  if (gift < 0n || monthlyAmount <= 0n) throw new RangeError(`${gift} of ${monthlyAmount}`)
  const minutes = (gift * MINUTES_A_MONTH) / monthlyAmount
  const none = { months: 0n, days: 0n, hours: 0n, minutes: 0n }
  if (minutes < 60n) return { ...none, minutes }
  const hours = minutes / 60n
  if (hours < 24n) return { ...none, hours }
  const months = minutes / MINUTES_A_MONTH
  const days = (minutes % MINUTES_A_MONTH) / 1440n
  return months > 0n ? { ...none, months, days } : { ...none, days, hours: hours % 24n }
}
