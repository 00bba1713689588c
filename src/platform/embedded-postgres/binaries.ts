// Finds a place from which the server's account can run Postgres: the npm package itself, or else a copy of it.
// A copy is needed where the package lies under a home that only its owner may enter, and root lends the server another account.

import { createHash } from 'node:crypto'
import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { filesOf, makeLinks, type PackageFile, type PostgresPackage } from './package.ts'
import { runProgram } from './run-program.ts'

/** The folder of the programs. Trying is the only honest test: rights, missing libraries and `noexec` all show in it. */
export async function runnableBinaries(
  source: PostgresPackage,
  account: Account | null,
  copyPlaces: readonly string[] = [tmpdir(), '/var/tmp'],
): Promise<string> {
  makeLinks(source.directory)
  const failures: unknown[] = []
  for (const place of [null, ...copyPlaces]) {
    try {
      const directory = place === null ? source.directory : copyIn(place, source)
      await runProgram(join(directory, 'bin', 'postgres'), ['--version'], { account, cwd: '/' })
      return join(directory, 'bin')
    } catch (failure) {
      failures.push(failure)
    }
  }
  const message =
    'the embedded Postgres does not run on this machine: set DATABASE_URL to a Postgres 15 to 18'
  throw new AggregateError(failures, `${message} (${String(failures[0])})`)
}

/**
 * The name carries a digest of what must be in the copy, so a copy that a cleaner of temporary files has thinned out is noticed
 * and replaced, and two versions stand side by side. A copy is made beside its place and renamed: nobody sees half of one.
 */
function copyIn(place: string, source: PostgresPackage): string {
  const files = filesOf(source.directory)
  const digest = digestOf(files)
  const copy = join(place, `meent-postgres-${source.version}-${digest}-${process.getuid?.() ?? 0}`)
  if (isWhole(copy, digest)) return copy
  const fresh = mkdtempSync(`${copy}.`)
  try {
    copyFiles(source.directory, fresh, files)
    putInPlace(fresh, copy, digest)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return copy
}

function digestOf(files: readonly PackageFile[]): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12)
}

function isWhole(copy: string, digest: string): boolean {
  const found = lstatSync(copy, { throwIfNoEntry: false })
  if (found === undefined) return false
  // In a folder where everybody may write, somebody else may have taken the name: never run their programs.
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0)
    throw new Error(`${copy} was not made by this user: remove it`)
  return digestOf(filesOf(copy)) === digest
}

function copyFiles(from: string, to: string, files: readonly PackageFile[]): void {
  const folders = new Set(files.map(file => dirname(file.path)))
  // The rights are set by hand: neither the umask now nor the one at the installation may keep the account out.
  for (const folder of [...folders].sort()) {
    mkdirSync(join(to, folder), { recursive: true })
    for (let part = folder; part !== '.'; part = dirname(part)) chmodSync(join(to, part), 0o755)
  }
  for (const { path } of files) {
    copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE)
    chmodSync(join(to, path), path.startsWith('share') ? 0o644 : 0o755)
  }
  makeLinks(to)
  chmodSync(to, 0o755)
}

function putInPlace(fresh: string, copy: string, digest: string): void {
  for (let attempt = 0; !rename(fresh, copy); attempt++) {
    if (isWhole(copy, digest)) return
    if (attempt === 5) throw new Error(`${copy} cannot be replaced`)
    // A damaged copy makes way in one step; who runs from it finds the new one under the same name.
    const away = mkdtempSync(`${copy}.`)
    rename(copy, join(away, 'damaged'))
    rmSync(away, { recursive: true, force: true })
  }
}

function rename(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    return false
  }
}
