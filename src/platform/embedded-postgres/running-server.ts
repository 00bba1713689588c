// Reads from Postgres's own postmaster.pid which server runs on a cluster, and from its command line whether it is truly ours.
// No second file of our own says so: it could disagree.

import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { commandLineOf } from './processes.ts'

export interface RunningServer {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
  /** The process that started it: see identityOf. */
  readonly starter: string
}

/**
 * What the server is told about itself, as two settings that mean nothing to Postgres. A process whose command line names this folder
 * is this cluster's server, whatever number a stale postmaster.pid holds. The inode rather than the path: a copied folder is another one.
 */
export function marksFor(cluster: string, starter: string): Record<string, string> {
  return { 'meent.cluster': directoryMark(cluster), 'meent.starter': starter }
}

export function runningServer(cluster: string): RunningServer | null {
  const lines = pidFileLines(cluster)
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!(pid > 0)) return null
  const command = commandLineOf(pid)
  const starter = /meent\.starter=(\S+)/.exec(command)?.[1]
  if (starter === undefined || !command.includes(`meent.cluster=${directoryMark(cluster)} `)) return null
  return { pid, port, ready: lines[7]?.trim() === 'ready', starter }
}

/** To be called in turn and only when no server of ours runs: a pid file that remains then is either stale or somebody else's. */
export function removeStalePidFile(cluster: string): void {
  const pid = Number(pidFileLines(cluster)[0])
  if (pid > 0 && worksIn(pid, cluster))
    throw new Error(
      `process ${pid} runs a database server on ${cluster} that was started by other means: stop it first`,
    )
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

function pidFileLines(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function directoryMark(path: string): string {
  const { dev, ino } = statSync(path)
  return `${dev}-${ino}`
}

function worksIn(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return commandLineOf(pid).includes(cluster)
  try {
    return directoryMark(`/proc/${pid}/cwd`) === directoryMark(cluster)
  } catch {
    return false
  }
}
