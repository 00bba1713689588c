// Does it stay as fast? The same work on a ledger of a hundredth of the size and on the whole one: posting to a hot
// pool, the balance now, the balance at a moment of the past. The limit is the figure at the small size.

import { sql } from 'kysely'
import { bank } from '../../src/ledger/chart.ts'
import { balanceOf } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { type Bench, type Figure, median, milliseconds, ROUNDS } from './figure.ts'
import { hotRate } from './post-hot.ts'

const SMALLER = 100
const READS = 200

export const growth: Bench = async ({ db, entries }) => {
  const poolId = newId()
  const readNow = () => balanceOf(db, 1, bank('b'), 'EUR')
  const measure = async () => {
    const rates: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) rates.push(await hotRate(db, poolId, 20))
    return { post: median(rates), now: await readTime(readNow), bytes: await bytesPerEntry() }
  }
  async function bytesPerEntry(): Promise<number> {
    const { rows } = await sql<{ bytes: number }>`
      select (pg_total_relation_size('ledger.entries') + pg_total_relation_size('ledger.postings'))::float8
             / (select count(*) from ledger.entries) as bytes`.execute(db)
    return rows[0]?.bytes ?? 0
  }
  await hotRate(db, poolId, Math.max(1, Math.round(entries / SMALLER / 1000)))
  const small = await measure()
  await hotRate(db, poolId, Math.round((entries * (SMALLER - 1)) / SMALLER / 1000))
  const large = await measure()
  const compared = (figure: string, unit: string, key: keyof typeof small): Figure => ({
    figure: `${figure}, at ${entries} entries to ${entries / SMALLER}`,
    value: large[key],
    unit,
    limit: small[key],
  })
  return [
    compared('entries posted to one pool', '1/s', 'post'),
    compared('balance now', 'ms', 'now'),
    compared('stored for an entry with two postings and all indexes', 'bytes', 'bytes'),
  ]
}

async function readTime(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < READS; count += 1) times.push(await milliseconds(read))
  return median(times)
}
