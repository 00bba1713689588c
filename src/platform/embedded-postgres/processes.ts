// Tells whether a process seen earlier is still the same one. A pid alone does not: the kernel hands it out again.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** `<pid>-<when it started>`, usable as a file name; null when there is no such process (any more). */
export function identityOf(pid: number): string | null {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedElsewhere(pid)
  return started === null ? null : `${pid}-${started}`
}

export function isAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10)
  return pid > 0 && identityOf(pid) === identity
}

export function ownIdentity(): string {
  const identity = identityOf(process.pid)
  if (identity === null) throw new Error('this process cannot see itself in the process table')
  return identity
}

/** The whole command line as one text, arguments separated by spaces; empty when the process is gone. */
export function commandLineOf(pid: number): string {
  try {
    if (process.platform !== 'linux') return ps(pid, 'command=')
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function startedOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, ticks] = [fields[0], fields[19]]
    // A zombie runs no more: it only waits for its parent to notice.
    if (state === 'Z' || state === 'X' || ticks === undefined) return null
    // Ticks count from the boot, so they mean something only together with it.
    return `${ticks}-${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)}`
  } catch {
    return null
  }
}

function startedElsewhere(pid: number): string | null {
  try {
    const [state, ...started] = ps(pid, 'state=,lstart=').split(/\s+/)
    return state === undefined || state.startsWith('Z') ? null : started.join('-').replaceAll(':', '')
  } catch {
    return null
  }
}

function ps(pid: number, columns: string): string {
  const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' }
  return execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], { encoding: 'utf8', env }).trim()
}
