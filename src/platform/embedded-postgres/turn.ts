// One process at a time: starting a server looks at what another left behind and acts on it, which two must not do at once.
// Node has no file locks, so each one shows itself with a file named after the process; a dead one's file counts for nothing.

import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, ownIdentity } from './processes.ts'

const patienceMs = 60_000

export async function inTurn<T>(directory: string, task: () => Promise<T>): Promise<T> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const own = `${ownIdentity()}.${randomBytes(4).toString('hex')}`
  const deadline = Date.now() + patienceMs
  for (;;) {
    // Show oneself first and look afterwards: of two that do so, at least one sees the other and steps back.
    writeFileSync(join(directory, own), '', { flag: 'wx', mode: 0o600 })
    try {
      const other = anotherIn(directory, own)
      if (other === null) return await task()
      if (Date.now() > deadline)
        throw new Error(`process ${other} is still starting or stopping the database`)
    } finally {
      rmSync(join(directory, own), { force: true })
    }
    await sleep(20 + Math.random() * 60)
  }
}

/** The process that has the turn or wants it too; files of the dead are swept on the way. */
function anotherIn(directory: string, own: string): string | null {
  for (const name of readdirSync(directory)) {
    if (name === own) continue
    const identity = name.slice(0, name.lastIndexOf('.'))
    if (isAlive(identity)) return identity
    rmSync(join(directory, name), { force: true })
  }
  return null
}
