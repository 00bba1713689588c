// What a benchmark is given and what it answers.

import type { Kysely } from 'kysely'
import type { DB } from '../../src/database.ts'

export interface Figure {
  readonly figure: string
  readonly value: number
  readonly unit: string
  /** The same work done by the smallest SQL that stores the same rows, in the same run. */
  readonly limit: number
}

export type Bench = (input: { db: Kysely<DB>; ownerUrl: string; entries: number }) => Promise<Figure[]>

export function say(bench: string, { figure, value, unit, limit }: Figure): void {
  const ratio = Math.round((value / limit) * 1000) / 1000
  const line = { bench, figure, value: Math.round(value), unit, limit: Math.round(limit), ratio }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** How many a second. */
export async function rate(count: number, work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return (count * 1e9) / Number(process.hrtime.bigint() - start)
}
