/** The day of the month on which a subscription falls due, as Stripe counts: in UTC, and the last day of a month that is too short. */
export function nextPeriodEnd(anchor: Date, periodEnd: Date): Date {
  const months =
    (periodEnd.getUTCFullYear() - anchor.getUTCFullYear()) * 12 +
    periodEnd.getUTCMonth() -
    anchor.getUTCMonth()
  return monthsLater(anchor, months + 1)
}

export function monthsLater(anchor: Date, months: number): Date {
  const later = new Date(anchor)
  later.setUTCDate(1)
  later.setUTCMonth(later.getUTCMonth() + months)
  const days = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate()
  later.setUTCDate(Math.min(anchor.getUTCDate(), days))
  return later
}
