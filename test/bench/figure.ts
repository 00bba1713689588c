// What a benchmark is given and what it answers.

import type { Kysely } from 'kysely'
import type { DB } from '../../src/database.ts'

export interface Figure {
  readonly figure: string
  readonly value: number
  readonly unit: string
  /** The same work done by the smallest SQL, in the same run; or the same figure at another size. */
  readonly limit: number
}

export interface BenchDatabase {
  readonly db: Kysely<DB>
  readonly ownerUrl: string
}

export type Bench = (input: {
  /** Migrated and empty, so that no bench finds what another left. */
  newDatabase(): Promise<BenchDatabase>
  readonly entries: number
}) => Promise<Figure[]>

export const ROUNDS = 5

/** One line; the ratio is value to limit, so more is better for a rate and less for a time. */
export function say(bench: string, { figure, value, unit, limit }: Figure): void {
  const ratio = rounded(value / limit)
  process.stdout.write(
    `${JSON.stringify({ bench, figure, value: rounded(value), unit, limit: rounded(limit), ratio })}\n`,
  )
}

const rounded = (value: number) => (value > 100 ? Math.round(value) : Math.round(value * 1000) / 1000)

export const median = (numbers: readonly number[]): number => percentile(numbers, 50)

export const percentile = (numbers: readonly number[], percent: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length * percent) / 100)] ?? 0

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** How many a second. */
export async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  return (count * 1000) / (await milliseconds(work))
}

/** Both in turns, so that whatever else the machine does falls on both. */
export async function inTurns(
  rounds: number,
  ours: (round: number) => Promise<number>,
  limit: (round: number) => Promise<number>,
): Promise<{ ours: number[]; limit: number[] }> {
  const measured = { ours: [] as number[], limit: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    measured.limit.push(await limit(round))
    measured.ours.push(await ours(round))
  }
  return measured
}
