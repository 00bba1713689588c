// A shell of one megabyte that is the server's parent, and stops it when nobody uses it any more.
// It listens on a named pipe that every user of the server keeps open for writing: the kernel closes it when a user ends, however it
// ends, and the last one's end is the end of the file. So no signal handler, timer or pid is needed.

import { execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs'
import { type Account, giveTo } from './account.ts'
import { cleanEnvironment } from './run-program.ts'

/**
 * Started in the cluster's folder with the pipe as its input. At the end of the file it takes the pipe's name away, so that nobody else can
 * come, and looks again: who came in between has written a line, and then the name returns. Signal INT is Postgres's fast stop; it is
 * repeated because a server that has only just started does not listen to it yet. After half a minute QUIT, which leaves the rest to recovery.
 */
const script = `
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
(
  trap '' INT HUP
  while :; do
    while read -r _ <&3; do :; done
    mv -f ../holders ../holders.closing
    read -r _ <&3 || break
    mv -f ../holders.closing ../holders
  done
  rm -f ../holders.closing
  exec 3<&-
  seconds=0
  while kill -s "$([ "$seconds" -lt 30 ] && echo INT || echo QUIT)" "$server" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
  done
) &
watcher=$!
exec 3<&-
trap '' INT HUP
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`

export interface SupervisorOptions {
  readonly holders: string
  readonly cwd: string
  readonly account: Account | null
  readonly logFile: number
}

export interface Supervised {
  /** Keeps the server running until it is closed. */
  readonly hold: number
  /** The server's exit code; resolves when the server is gone (or the supervisor was killed). */
  readonly ended: Promise<number | null>
  hasEnded(): boolean
}

export function superviseServer(command: string[], options: SupervisorOptions): Supervised {
  rmSync(options.holders, { force: true })
  execFileSync('mkfifo', ['-m', '600', options.holders])
  giveTo(options.account, options.holders)
  // Opening for writing without waiting needs a reader, so the reading end comes first.
  const reader = openSync(options.holders, constants.O_RDONLY | constants.O_NONBLOCK)
  const hold = openSync(options.holders, constants.O_WRONLY | constants.O_NONBLOCK)
  try {
    const child = spawn('/bin/sh', ['-c', script, 'meent-postgres', ...command], {
      ...options.account,
      cwd: options.cwd,
      env: cleanEnvironment(),
      // A session of its own: Ctrl-C in the terminal must not reach the server before the service has shut down.
      detached: true,
      stdio: [reader, options.logFile, options.logFile],
    })
    let over = false
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('exit', code => resolve(code))
      child.once('error', reject)
    }).finally(() => {
      over = true
    })
    child.unref()
    return { hold, ended, hasEnded: () => over }
  } finally {
    closeSync(reader)
  }
}

export type Hold = { kind: 'held'; fd: number } | { kind: 'closing' } | { kind: 'unsupervised' }

/** Joins those who use a running server; says so when it is being stopped, or when its supervisor was killed. */
export function takeHold(holders: string): Hold {
  let fd: number | undefined
  try {
    fd = openSync(holders, constants.O_WRONLY | constants.O_NONBLOCK)
    writeSync(fd, '\n')
    return { kind: 'held', fd }
  } catch (error) {
    if (fd !== undefined) closeSync(fd)
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EPIPE') return { kind: 'closing' }
    if (code === 'ENXIO') return { kind: 'unsupervised' }
    throw error
  }
}
