/** Moments as text, to the microsecond and in UTC: the exact value in Postgres, whatever clock the reader lives by. */
import type { Microseconds } from './entry.ts'

/** `2027-03-01T12:00:00.000001Z` */
export function momentText(at: Microseconds): string {
  const { milliseconds, rest } = split(at)
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}

/** `2027-03-01`: the day in UTC. */
export function dayText(at: Microseconds): string {
  return momentText(at).split('T')[0] ?? ''
}

export const DAY: Microseconds = 86_400_000_000n

// Whole milliseconds at or before the moment, so that the rest is never negative, before 1970 either.
function split(at: Microseconds): { milliseconds: number; rest: bigint } {
  const rest = ((at % 1000n) + 1000n) % 1000n
  return { milliseconds: Number((at - rest) / 1000n), rest }
}
