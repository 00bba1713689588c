// Runs beside the tests: starts one Postgres for the run, and stops it and removes its folder when the run wants it no more or has died.
// A process of its own, because tap's `before` script must end before the tests begin.

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { isAlive } from '../../src/platform/embedded-postgres/processes.ts'
import { dataDirOf, placeOf, sweep, wantedMark } from './postgres-place.ts'

// Ctrl-C goes to this process too, but the tests that are ending still need the server.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const place = placeOf(Number(process.argv[2]))
const server = await start().catch(answerFailure)
if (server !== null) {
  process.send?.('ready')
  while (existsSync(wantedMark(place)) && isAlive(basename(place))) await sleep(100)
  await server.stop()
}
rmSync(place, { recursive: true, force: true })

async function start(): Promise<EmbeddedPostgres> {
  await sweep()
  mkdirSync(place, { recursive: true })
  writeFileSync(wantedMark(place), '')
  return startEmbeddedPostgres({ dataDir: dataDirOf(place), log: () => {}, durable: false })
}

function answerFailure(error: unknown): null {
  process.send?.(String(error))
  return null
}
