// The Postgres server for this test file: the one that TEST_DATABASE_URL names, the run's, or one of the file's own when it runs alone.

import { mkdirSync, rmSync } from 'node:fs'
import {
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres/index.ts'
import { dataDirOf, placeOf, placeOfRun, sweep } from './postgres-place.ts'

export interface TestServer {
  /** As a superuser, to a database that exists. */
  readonly adminUrl: string
  /** To be called once by everybody who asked for the server. */
  stop(): Promise<void>
}

export async function testServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined) return { adminUrl: given, stop: async () => {} }
  const ofRun = await findEmbeddedPostgres(dataDirOf(placeOfRun()))
  if (ofRun === null) return ownServer()
  // The run keeps it, and no test file may: one that hangs on after its run was killed would keep the server alive with it.
  await ofRun.stop()
  return { adminUrl: ofRun.superuserUrl, stop: async () => {} }
}

const place = placeOf(process.pid)
let own: Promise<EmbeddedPostgres> | undefined
let users = 0

/** Several databases of one file share one server; the last one to go stops it and removes its data. */
async function ownServer(): Promise<TestServer> {
  users++
  own ??= start()
  const server = await own
  const stop = async () => {
    if (--users > 0) return
    own = undefined
    await server.stop()
    rmSync(place, { recursive: true, force: true })
  }
  return { adminUrl: server.superuserUrl, stop }
}

async function start(): Promise<EmbeddedPostgres> {
  await sweep()
  mkdirSync(place, { recursive: true })
  const log = (message: string) => process.stderr.write(`${message}\n`)
  return startEmbeddedPostgres({ dataDir: dataDirOf(place), log, durable: false })
}
