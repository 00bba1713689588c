// Makes the database cluster on the first start. Called in turn only, so what an interrupted attempt left may be thrown away.

import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, giveTo, giveTreeTo } from './account.ts'
import type { Layout } from './layout.ts'
import { runProgram } from './run-program.ts'

export interface ClusterOptions {
  readonly binaries: string
  readonly account: Account | null
  readonly durable: boolean
}

export async function ensureCluster(layout: Layout, version: string, options: ClusterOptions): Promise<void> {
  giveTo(options.account, layout.root)
  if (!existsSync(layout.cluster)) return makeCluster(layout, options)
  giveTreeTo(options.account, layout.cluster)
  // Copying or unpacking a folder may have opened it to others, which Postgres would refuse.
  chmodSync(layout.cluster, 0o700)
  const found = readFileSync(join(layout.cluster, 'PG_VERSION'), 'utf8').trim()
  const wanted = version.split('.')[0]
  if (found !== wanted)
    throw new Error(
      `${layout.cluster} was written by Postgres ${found}; this one is ${wanted} and cannot read it`,
    )
}

async function makeCluster(layout: Layout, { binaries, account, durable }: ClusterOptions): Promise<void> {
  rmSync(layout.unfinished, { recursive: true, force: true })
  rmSync(layout.password, { force: true })
  mkdirSync(layout.unfinished, { mode: 0o700 })
  writeFileSync(layout.password, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  giveTo(account, layout.unfinished)
  giveTo(account, layout.password)
  const args = [
    `--pgdata=${directoryFor(account, layout.unfinished)}`,
    // initdb stays in the folder that it starts in, so this reaches the file whatever lies above.
    '--pwfile=../password',
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order of texts on every machine, whatever its operating system thinks of languages.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ]
  await runProgram(join(binaries, 'initdb'), args, { account, cwd: layout.unfinished })
  renameSync(layout.unfinished, layout.cluster)
}

/**
 * How a program that starts in a directory is to name it. An account that root lends may be unable to reach it by its path
 * (under a home of mode 0700), but it is in there already: on Linux that has a name which needs no path.
 */
export function directoryFor(account: Account | null, directory: string): string {
  return account !== null && process.platform === 'linux' ? '/proc/self/cwd' : directory
}
