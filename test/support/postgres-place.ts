// Where the Postgres of a test run lies. The folder is named after the process that started the run, so that runs in one checkout do not
// meet, every test file finds it without being told, and what a killed run left is known by its name.

import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { identityOf, isAlive } from '../../src/platform/embedded-postgres/processes.ts'

const folder = join(import.meta.dirname, '..', '..', '.tap', 'postgres')

/** Both tap's `before` script and every test file are children of the process that runs the tests. */
export function placeOfRun(): string {
  return placeOf(process.ppid)
}

export function placeOf(pid: number): string {
  return join(folder, identityOf(pid) ?? `${pid}-gone`)
}

/** Exists as long as the run wants its server. */
export function wantedMark(place: string): string {
  return join(place, 'wanted')
}

export function dataDirOf(place: string): string {
  return join(place, 'data')
}

/** Removes what killed runs left; a server of theirs stops by itself, and its folder then goes at the next run. */
export async function sweep(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    const place = join(folder, name)
    if (isAlive(name)) continue
    const server = await findEmbeddedPostgres(dataDirOf(place))
    if (server === null) rmSync(place, { recursive: true, force: true })
    else await server.stop()
  }
}
