/**
 * What a gift did, month by month. Money in a pool is mixed: of every income that is paid, each gift that is in the pool by
 * then carries a part as large as what is left of it is of the whole.
 */

/** One month in which the pool paid incomes. */
export interface PaidMonth {
  /** YYYY-MM. */
  readonly month: string
  readonly at: Date
  /** All that the pool had just before: free, reserved and on its way, in minor units. */
  readonly pot: bigint
  readonly paid: bigint
}

export interface PartOfMonth {
  readonly month: string
  /** What the pool paid, and of that out of this gift. */
  readonly paid: bigint
  readonly part: bigint
}

export interface GiftAtWork {
  /** In the order of the months; those before the gift are left out. */
  readonly months: readonly PartOfMonth[]
  /** What the pool still has of it. `left` and all parts together are the gift, to the cent. */
  readonly left: bigint
}

/** `amount`: what reached the pool and did not go back; `since`: from when the pool could use it. Parts are rounded down. */
export function giftAtWork(
  { amount, since }: { amount: bigint; since: Date },
  months: readonly PaidMonth[],
): GiftAtWork {
  if (amount < 0n) throw new RangeError(`a gift is not below zero: ${amount}`)
  let left = amount
  const parts: PartOfMonth[] = []
  for (const { month, at, pot, paid } of months.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    if (at < since) continue
    // What the pool lacks for, others bore: a gift never gives more than there is of it.
    const whole = pot < paid ? paid : pot
    const part = whole <= 0n ? 0n : (left * paid) / whole
    left -= part
    parts.push({ month, paid, part })
  }
  return { months: parts, left }
}
