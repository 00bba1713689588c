// Does it stay as fast? The same work, in turns, on a ledger and on one of a hundredth of its size: posting to a hot pool,
// the balance now, the balance at a moment of the past. The limit is the figure at the small size.

import { type Kysely, sql } from 'kysely'
import type { DB } from '../../src/database.ts'
import { bank } from '../../src/ledger/chart.ts'
import { accountsOf, balanceOf, balanceRecordedAt } from '../../src/ledger/index.ts'
import { newId } from '../../src/platform/id.ts'
import { type Bench, type Figure, inTurns, median, milliseconds, ROUNDS } from './figure.ts'
import { hotRate } from './post-hot.ts'

const SMALLER = 100
const BATCH = 1000
const READS = 200

interface Ledger {
  readonly db: Kysely<DB>
  readonly poolId: string
  readonly halfway: Date
}

export const growth: Bench = async ({ newDatabase, entries }) => {
  const batches = Math.ceil(entries / BATCH)
  const small = await filled((await newDatabase()).db, Math.ceil(batches / SMALLER))
  const large = await filled((await newDatabase()).db, batches)
  const perRound = Math.max(1, Math.round(batches / SMALLER / ROUNDS))

  const post = await inTurns(
    ROUNDS,
    () => hotRate(large.db, large.poolId, perRound),
    () => hotRate(small.db, small.poolId, perRound),
  )
  const now = await inTurns(
    ROUNDS,
    () => readNow(large),
    () => readNow(small),
  )
  const past = await inTurns(
    ROUNDS,
    () => readPast(large),
    () => readPast(small),
  )
  const bytes = await inTurns(
    1,
    () => bytesPerEntry(large),
    () => bytesPerEntry(small),
  )

  const compared = (figure: string, unit: string, { ours, limit }: typeof post): Figure => ({
    figure: `${figure}, at ${entries} entries to ${Math.round(entries / SMALLER)}`,
    value: median(ours),
    unit,
    limit: median(limit),
  })
  return [
    compared('entries posted to one pool', '1/s', post),
    compared('balance now', 'ms', now),
    compared('balance at a moment of the past', 'ms', past),
    compared('stored for an entry with two postings and all indexes', 'bytes', bytes),
  ]
}

async function filled(db: Kysely<DB>, batches: number): Promise<Ledger> {
  const started = Date.now()
  const poolId = newId()
  await hotRate(db, poolId, batches)
  return { db, poolId, halfway: new Date((started + Date.now()) / 2) }
}

const readNow = ({ db }: Ledger) => readTime(() => balanceOf(db, 1, bank('b'), 'EUR'))

async function readPast({ db, halfway }: Ledger): Promise<number> {
  const { accounts } = await accountsOf(db, 1, { kind: 'bank', limit: 1 })
  const [account] = accounts
  if (!account) throw new Error('the bank account is there since the first gift')
  return readTime(() => balanceRecordedAt(db, 1, account, halfway))
}

async function bytesPerEntry({ db }: Ledger): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select (pg_total_relation_size('ledger.entries') + pg_total_relation_size('ledger.postings'))::float8
           / (select count(*) from ledger.entries) as bytes`.execute(db)
  return rows[0]?.bytes ?? 0
}

async function readTime(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < READS; count += 1) times.push(await milliseconds(read))
  return median(times)
}
