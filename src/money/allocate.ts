/**
 * Divides an amount by weights without losing or inventing a cent.
 * Everyone first gets the part that is certainly theirs; the few cents left go one each to the largest remainders.
 */
import { type Money, money } from './amount.ts'

/**
 * The shares, in the order of the weights; they sum to the amount exactly, and each is within one minor unit of its
 * exact part. Equal remainders favour the earlier weight, so the same input always gives the same answer.
 * A negative amount is divided as its positive counterpart, with the signs turned: a reversal mirrors what it reverses.
 *
 * Throws RangeError when there are no weights, or one of them is zero or negative: who gets nothing is left out by
 * the caller, knowingly.
 */
export function allocate(amount: Money, weights: readonly bigint[]): Money[] {
  if (weights.length === 0) throw new RangeError('an amount cannot be divided among nobody')
  if (weights.some(weight => weight <= 0n)) throw new RangeError('a weight must be above zero')

  const negative = amount.minor < 0n
  const shares = largestRemainder(negative ? -amount.minor : amount.minor, weights)
  return shares.map(share => money(negative ? -share : share, amount.currency))
}

function largestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n)
  const parts = weights.map((weight, position) => ({
    position,
    share: (total * weight) / weightSum,
    remainder: (total * weight) % weightSum,
  }))
  const left = total - parts.reduce((sum, part) => sum + part.share, 0n)

  // Array.sort is stable, so ties stay in the order of the weights. Fewer cents are left than there are parts.
  const byRemainder = parts.toSorted((a, b) =>
    a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1,
  )
  const favoured = new Set(byRemainder.slice(0, Number(left)).map(part => part.position))
  return parts.map(part => (favoured.has(part.position) ? part.share + 1n : part.share))
}
