/** How rows' values are written in Stripe's JSON: whole unix seconds, and amounts as numbers that lose nothing. */
export const unixSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1000)

export function amountOf(minorUnits: bigint): number {
  const amount = Number(minorUnits)
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${minorUnits} does not fit a JSON number`)
  return amount
}
