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
import { say } from './figure.ts'

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
try {
  for (const name of wanted) {
    // Each bench has a database of its own, so that none finds what another left.
    const ownerUrl = await newDatabase(`bench_${name.replace('-', '_')}`)
    const db = connect<DB>({ url: ownerUrl, onError: () => {} })
    for (const figure of (await benches[name]?.({ db, ownerUrl, entries })) ?? []) say(name, figure)
    await db.destroy()
  }
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function newDatabase(name: string): Promise<string> {
  const owner = new pg.Client(server.url('postgres'))
  await owner.connect()
  await owner.query(`create database ${name}`)
  await owner.end()
  await migrate(server.url(name))
  return server.url(name)
}
