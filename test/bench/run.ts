// `npm run -s bench -- NAME [--entries N]`: measures against a limit in the same run, on a durable Postgres of its own.
// Prints one JSON line a figure; a ratio says more than a number on a machine that others use as well.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { DB } from '../../src/database.ts'
import { connect } from '../../src/platform/db.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { benches } from './benches.ts'
import { type BenchDatabase, say } from './figure.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { entries: { type: 'string', default: '100000' } },
})
const wanted = positionals.length === 0 ? Object.keys(benches) : positionals
const entries = Number(values.entries)
if (wanted.some(name => !benches[name]) || !Number.isSafeInteger(entries) || entries < 1000) {
  process.stderr.write(
    `usage: npm run -s bench -- ${Object.keys(benches).join('|')} [--entries N, 1000 or more]\n`,
  )
  process.exit(2)
}

const dataDir = mkdtempSync(join(tmpdir(), 'meent-bench-'))
const server = await startEmbeddedPostgres({ dataDir, log: () => {} })
const opened: BenchDatabase[] = []
try {
  for (const name of wanted) {
    for (const figure of (await benches[name]?.({ newDatabase, entries })) ?? []) say(name, figure)
  }
} finally {
  for (const { db } of opened) await db.destroy()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function newDatabase(): Promise<BenchDatabase> {
  const name = `bench_${opened.length}`
  const owner = new pg.Client(server.url('postgres'))
  await owner.connect()
  await owner.query(`create database ${name}`)
  await owner.end()
  const ownerUrl = server.url(name)
  await migrate(ownerUrl)
  const database = { db: connect<DB>({ url: ownerUrl, onError: () => {} }), ownerUrl }
  opened.push(database)
  return database
}
