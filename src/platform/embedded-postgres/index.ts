// A Postgres of our own for demonstration, development and tests: no installation, one folder, gone when nobody uses it.

import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { accountFor, refuseForeignFolder } from './account.ts'
import { runnableBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { type EmbeddedPostgres, joinServer, startedServer } from './connection.ts'
import { launchServer } from './launch.ts'
import { layoutOf } from './layout.ts'
import { postgresPackage } from './package.ts'
import { removeStalePidFile, runningServer } from './running-server.ts'
import { settle } from './settle.ts'
import { inTurn } from './turn.ts'

export type { EmbeddedPostgres } from './connection.ts'

export interface EmbeddedPostgresOptions {
  /** A folder for this alone; made when missing. */
  readonly dataDir: string
  readonly log: (message: string) => void
  /** False trades safety at a power cut for speed: only for data that is thrown away, as in tests. */
  readonly durable?: boolean
}

/** Starts the server on this folder, or joins the one that another process runs on it. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const source = postgresPackage()
  const layout = layoutOf(resolve(options.dataDir))
  mkdirSync(layout.root, { recursive: true, mode: 0o700 })
  refuseForeignFolder(layout.root)
  return inTurn(layout.turns, async () => {
    const running = await settle(layout)
    if (running !== null) return running
    const account = accountFor(layout.root, layout.cluster)
    const binaries = await runnableBinaries(source, account)
    const clusterOptions = { binaries, account, durable: options.durable ?? true }
    await ensureCluster(layout, source.version, clusterOptions)
    removeStalePidFile(layout.cluster)
    return startedServer(layout, await launchServer(layout, clusterOptions), options.log)
  })
}

/** The server that runs on this folder now, or null. What it returns must be stopped too: until then the server stays. */
export async function findEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | null> {
  const layout = layoutOf(resolve(dataDir))
  for (let attempt = 1; ; attempt++) {
    const joined = joinServer(layout)
    // A server that seems to be closing may yet be kept by somebody who came in the same moment: look again.
    if (joined !== null || runningServer(layout.cluster) === null || attempt === 20) return joined
    await sleep(10)
  }
}
