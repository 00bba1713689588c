/**
 * Anything may die at any moment: connections are cut while they post and commit, and the whole server is killed. Who
 * does not know what became of a batch posts it again under the same keys. In the end each entry stands there once, what
 * was answered before a crash is still there after it, and every law holds.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import pg from 'pg'
import t, { type Test } from 'tap'
import type { DB } from '../../src/database.ts'
import { checkLedger, type Movement, movements, post } from '../../src/ledger/index.ts'
import { connect } from '../../src/platform/db.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { hasGone, serverPid } from '../support/postgres-owners.ts'

const WRITERS = 16
const BATCHES = 400
const SERVER_KILLS = 3

const dataDir = mkdtempSync(join(tmpdir(), 'meent-crash-'))
const start = () => startEmbeddedPostgres({ dataDir, log: () => {} })
let server = await start()
await migrate(server.url('postgres'))
let db = open()
t.teardown(async () => {
  await db.destroy()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const seen = { answered: 0, cut: 0, unheard: 0, repeated: 0, killed: 0 }
const answered: string[] = []
const batches = Array.from({ length: BATCHES }, (_, batch) => batchOf(batch))

t.test('whatever dies, each entry is written once and nothing that was answered is lost', async t => {
  const waiting = [...batches]
  const writers = Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (let batch = waiting.pop(); batch; batch = waiting.pop()) await postUntilAnswered(batch)
    }),
  )
  let working = true
  const done = writers.finally(() => {
    working = false
  })
  const cutter = (async () => {
    while (working) {
      await sleep(Math.random() * 20)
      await cutSomebody()
    }
  })()
  for (let kill = 1; kill <= SERVER_KILLS; kill += 1) {
    while (working && answered.length < (kill * BATCHES) / (SERVER_KILLS + 1)) await sleep(1)
    await killServer(t)
  }
  await done
  await cutter

  const { rows } = await pgQuery('select key from ledger.entries')
  const stored = rows.map(row => row.key).sort()
  t.strictSame(stored, batches.flatMap(batch => batch.map(each => each.key)).sort(), 'each entry once')
  t.strictSame(await checkLedger(db), [], 'every law holds')
  t.strictSame(await positions(), expectedPositions(), 'and every account holds the sum of its movements')
  for (const [what, times] of Object.entries(seen)) t.ok(times > 0, `${what}: ${times} times`)
})

function open(): Kysely<DB> {
  return connect<DB>({ url: server.url('postgres'), maxConnections: WRITERS, onError: () => {} })
}

async function postUntilAnswered(batch: readonly Movement[]): Promise<void> {
  for (;;) {
    const through = db
    try {
      const outcomes = await inTransaction(through, trx => post(trx, 1, batch))
      if (outcomes.some(each => each.outcome === 'already')) seen.repeated += 1
      // A commit whose answer got lost: to its writer it is no different from one that never was.
      else if (Math.random() < 0.1) {
        seen.unheard += 1
        continue
      }
      answered.push(batch[0]?.key ?? '')
      seen.answered += 1
      return
    } catch {
      seen.cut += 1
      await sleep(5)
    }
  }
}

/** One random session of the writers ends in the middle of whatever it does. */
async function cutSomebody(): Promise<void> {
  await pgQuery(`select pg_terminate_backend(pid) from pg_stat_activity
                  where pid <> pg_backend_pid() and query ~ 'post_movements|commit' and state <> 'idle'
                  order by random() limit 1`).catch(() => {})
}

async function killServer(t: Test): Promise<void> {
  const before = new Set(answered)
  const pid = serverPid(dataDir)
  process.kill(pid, 'SIGKILL')
  seen.killed += 1
  await hasGone(pid)
  const old = db
  server = await start()
  db = open()
  await old.destroy().catch(() => {})
  const { rows } = await pgQuery('select key from ledger.entries')
  const stored = new Set(rows.map(row => row.key))
  t.strictSame(
    [...before].filter(key => !stored.has(key)),
    [],
    `after kill ${seen.killed}: what was answered is there`,
  )
}

async function pgQuery(text: string): Promise<pg.QueryResult> {
  const client = new pg.Client(server.url('postgres'))
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Facts only: whatever order they come in, the sums are the same, funds and their shortfalls taken together. */
function batchOf(batch: number): Movement[] {
  return Array.from({ length: 1 + (batch % 7) }, (_, n) => {
    const poolId = `00000000-0000-7000-8000-00000000000${1 + ((batch + n) % 3)}`
    const about = { poolId, at: new Date('2027-03-01T12:00:00Z'), currency: 'EUR' }
    const id = `crash-${batch}-${n}`
    if ((batch + n) % 4 === 0)
      return movements.donationFailedLate({
        ...{ ...about, transactionId: id, gift: BigInt(900 + batch), costsShare: 10n, fee: 300n },
        ...{ feeBearer: 'pool', settled: true },
      })
    return movements.transferReceived({
      ...about,
      bankEntry: id,
      bankAccountId: 'b',
      amount: BigInt(100 + n),
    })
  })
}

async function positions(): Promise<Record<string, string>> {
  const { rows } = await pgQuery(`
    select a.kind || ' ' || a.subject as name, (a.balance + coalesce(s.balance, 0))::text as position
      from ledger.accounts a left join ledger.accounts s on s.id = a.shortfall_id
     where a.kind <> 'shortfall' order by 1`)
  return Object.fromEntries(rows.map(({ name, position }) => [name, position]))
}

function expectedPositions(): Record<string, string> {
  const sums = new Map<string, bigint>()
  for (const { account, amount } of batches.flat(2).flatMap(each => each.postings)) {
    const name = `${account.kind} ${account.subject}`
    sums.set(name, (sums.get(name) ?? 0n) + amount)
  }
  return Object.fromEntries([...sums].sort().map(([name, sum]) => [name, sum.toString()]))
}
