/**
 * Of an amount that goes back, what comes out of the costs: in the proportion in which it was given, a part of a cent to
 * the costs. So it is the same in whatever order things are learnt, and no fund gives back more than it was given.
 * `donations.costs_part` in the database is the same.
 */
export function costsPart(
  amount: bigint,
  { amount: gift, costsShare }: { readonly amount: bigint; readonly costsShare: bigint },
): bigint {
  const total = gift + costsShare
  return (amount * costsShare + total - 1n) / total
}
