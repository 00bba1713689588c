// Brings what an earlier process left behind to an end before a start: joins a server that is in use, waits for one that is being
// stopped, stops one whose user and supervisor were both killed. Called in turn, so nobody is starting one meanwhile.

import { closeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedPostgres, joinServer } from './connection.ts'
import type { Layout } from './layout.ts'
import { isAlive } from './processes.ts'
import { runningServer } from './running-server.ts'
import { takeHold } from './supervisor.ts'

const patienceMs = 60_000

/** A server that was joined, or null when none runs any more. */
export async function settle(layout: Layout): Promise<EmbeddedPostgres | null> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const joined = joinServer(layout)
    if (joined !== null) return joined
    const server = runningServer(layout.cluster)
    if (server === null) return null
    if (Date.now() > deadline)
      throw new Error(`the database server ${server.pid} on ${layout.cluster} does not stop`)
    const hold = takeHold(layout.holders)
    if (hold.kind === 'held') closeSync(hold.fd)
    // Nobody watches it and nobody who could use it is alive. INT is the fast stop: it finishes cleanly, without waiting for clients.
    if (hold.kind === 'unsupervised' && !isAlive(server.starter)) process.kill(server.pid, 'SIGINT')
    await sleep(50)
  }
}
