// Runs one of the Postgres programs to its end, as the server's account and with nothing of our environment that could sway it.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Account } from './account.ts'

export interface Circumstances {
  readonly account: Account | null
  /** Entered before the rights are given up, so the account need not be able to reach it by its path. */
  readonly cwd: string
}

export async function runProgram(
  program: string,
  args: string[],
  { account, cwd }: Circumstances,
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { ...account, cwd, env: cleanEnvironment() })
  return stdout
}

/** No PGPORT, PGDATA or LD_LIBRARY_PATH of the caller reaches the programs, and messages come in English. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}
