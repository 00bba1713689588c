// What a user of the server holds: its address, and the promise that it keeps running until they stop using it.

import { closeSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Launched } from './launch.ts'
import type { Layout } from './layout.ts'
import { isAlive } from './processes.ts'
import { type RunningServer, runningServer } from './running-server.ts'
import { takeHold } from './supervisor.ts'

export interface EmbeddedPostgres {
  readonly dataDir: string
  /** As the superuser `postgres`, to a database of this name (which this does not create). */
  url(database: string): string
  /** The same, to the database `postgres` that always exists. */
  readonly superuserUrl: string
  /** Whether this process started the server, rather than joining one that ran already. */
  readonly started: boolean
  /** Ends the use. The last user's end stops the server; who started it waits for that, unless others still use it. */
  stop(): Promise<void>
}

const othersMs = 2_000

export function startedServer(
  layout: Layout,
  launched: Launched,
  log: (message: string) => void,
): EmbeddedPostgres {
  let stopping: Promise<void> | undefined
  launched.ended.then(code => {
    if (stopping === undefined)
      log(`the embedded Postgres ended by itself (exit code ${code}); see ${layout.log}`)
  })
  const stop = () => {
    stopping ??= release(layout, launched)
    return stopping
  }
  return { ...addressOf(layout, launched.server), started: true, stop }
}

/** Joins a running server; null when there is none, or it is on its way out. */
export function joinServer(layout: Layout): EmbeddedPostgres | null {
  const server = runningServer(layout.cluster)
  if (!server?.ready) return null
  const hold = takeHold(layout.holders)
  if (hold.kind === 'closing') return null
  // A killed supervisor stops nothing any more; the server then stays as long as the process that started it.
  if (hold.kind === 'unsupervised' && !isAlive(server.starter)) return null
  let released = hold.kind !== 'held'
  const stop = async () => {
    if (hold.kind === 'held' && !released) closeSync(hold.fd)
    released = true
  }
  return { ...addressOf(layout, server), started: false, stop }
}

function addressOf(
  layout: Layout,
  { port }: RunningServer,
): Pick<EmbeddedPostgres, 'dataDir' | 'url' | 'superuserUrl'> {
  const password = readFileSync(layout.password, 'utf8').trim()
  const url = (database: string) =>
    `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  return { dataDir: layout.root, url, superuserUrl: url('postgres') }
}

async function release(layout: Layout, launched: Launched): Promise<void> {
  closeSync(launched.hold)
  const deadline = Date.now() + othersMs
  for (;;) {
    await Promise.race([sleep(20), launched.ended])
    const server = runningServer(layout.cluster)
    if (server === null || server.pid !== launched.server.pid) return
    const hold = takeHold(layout.holders)
    if (hold.kind === 'held') {
      closeSync(hold.fd)
      // Somebody else still uses it: the supervisor stays and stops it after them.
      if (Date.now() > deadline) return
    }
    if (hold.kind === 'unsupervised') process.kill(server.pid, 'SIGINT')
    await sleep(20)
  }
}
