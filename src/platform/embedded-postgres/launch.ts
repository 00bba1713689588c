// Starts the server on a free port and waits until it takes connections.

import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClusterOptions, directoryFor } from './cluster.ts'
import type { Layout } from './layout.ts'
import { ownIdentity } from './processes.ts'
import { marksFor, type RunningServer, runningServer } from './running-server.ts'
import { type Supervised, superviseServer } from './supervisor.ts'

const patienceMs = 60_000
const logLimit = 5_000_000

export interface Launched extends Supervised {
  readonly server: RunningServer
}

/** Somebody else may take the free port first, and the last server's children may need a moment to end: then once more. */
export async function launchServer(layout: Layout, options: ClusterOptions): Promise<Launched> {
  for (let attempt = 1; ; attempt++) {
    const logged = openLog(layout.log)
    const supervised = superviseServer(await commandFor(layout, options), {
      holders: layout.holders,
      cwd: layout.cluster,
      account: options.account,
      logFile: logged.file,
    })
    closeSync(logged.file)
    const server = await whenReady(layout.cluster, supervised).catch(failure => {
      closeSync(supervised.hold)
      throw failure
    })
    if (server !== null) return { ...supervised, server }
    closeSync(supervised.hold)
    const said = readFileSync(layout.log, 'utf8').slice(logged.length).trim()
    const passing = /could not bind|could not create any TCP|shared memory block|lock file/.test(said)
    if (!passing || attempt === 20)
      throw new Error(`the embedded Postgres did not start: ${said || 'it is too slow'}`)
    await sleep(100)
  }
}

async function commandFor(layout: Layout, { binaries, account, durable }: ClusterOptions): Promise<string[]> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(await freePort()),
    unix_socket_directories: '',
    max_connections: '100',
    // A small footprint: one machine, one application, no replicas.
    shared_buffers: '64MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '512MB',
    io_method: 'sync',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and values of failed commands stay out of the log: they may hold names and account numbers.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...marksFor(layout.cluster, ownIdentity()),
    // Said outright although they are the defaults: money that was confirmed must survive a power cut.
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return [join(binaries, 'postgres'), '-D', directoryFor(account, layout.cluster), ...flags]
}

async function whenReady(cluster: string, supervised: Supervised): Promise<RunningServer | null> {
  const deadline = Date.now() + patienceMs
  while (!supervised.hasEnded() && Date.now() < deadline) {
    const server = runningServer(cluster)
    if (server?.ready) return server
    await Promise.race([sleep(10), supervised.ended])
  }
  return null
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** The log goes on after a crash, when it is wanted most; it starts over only when it has grown large. */
function openLog(path: string): { file: number; length: number } {
  const length = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const startOver = length > logLimit
  return { file: openSync(path, startOver ? 'w' : 'a', 0o600), length: startOver ? 0 : length }
}
