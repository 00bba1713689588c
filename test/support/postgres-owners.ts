// Starts such processes (postgres-owner.ts) and looks at the servers that they run.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { identityOf } from '../../src/platform/embedded-postgres/processes.ts'

export interface Owner {
  readonly child: ChildProcess
  readonly url: string
  readonly started: boolean
  end(signal: NodeJS.Signals): Promise<void>
}

export interface OwnerOptions {
  readonly uid?: number
  readonly gid?: number
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

const defaultScript = join(import.meta.dirname, 'postgres-owner.ts')

export async function startOwner(
  dataDir: string,
  options: OwnerOptions = {},
  script = defaultScript,
): Promise<Owner> {
  const child = spawn(process.execPath, [script, dataDir], { ...options, stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), exit])
  const said = typeof first[0] === 'string' ? JSON.parse(first[0]) : { failure: `it ended with ${first[0]}` }
  if (said.failure !== undefined) throw new Error(said.failure)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exit
  }
  return { child, url: said.url, started: said.started, end }
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

export function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** Waits until the process is gone and says whether it went. */
export async function hasGone(pid: number, patienceMs = 8_000): Promise<boolean> {
  for (const deadline = Date.now() + patienceMs; identityOf(pid) !== null; await sleep(20))
    if (Date.now() > deadline) return false
  return true
}
